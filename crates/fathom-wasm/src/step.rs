//! What a run wants, as JavaScript reads it.
//!
//! `{"do": "tell", "notice"}`, `{"do": "send", "request", "limit"}`, `{"do": "read", "limit"}`,
//! `{"do": "wait", "wait"}` or `{"do": "done", "outcome"}`; times are in milliseconds. A notice and
//! an outcome say by their `type` what else is in them. The report crosses once, in the outcome.

use fathom_core::{Error, Notice, Outcome, Report, json::Object, run::Step};

use crate::wish::{millis, request};
use crate::write::error;

pub(crate) fn written(step: &Step) -> String {
    match step {
        Step::Tell(told) => wish("tell").json("notice", &notice(told)).end(),
        Step::Send { request: asked, limit } => {
            wish("send").json("request", &request(asked)).value("limit", &millis(*limit)).end()
        }
        Step::Read { limit } => wish("read").value("limit", &millis(*limit)).end(),
        Step::Wait(wait) => wish("wait").value("wait", &millis(*wait)).end(),
        Step::Done => done(None),
    }
}

/// The end; a run that has handed out its outcome before is paused.
pub(crate) fn done(outcome: Option<Outcome>) -> String {
    let outcome = match outcome {
        Some(Outcome::Completed(report)) => reported("completed", Some(&report)),
        Some(Outcome::Cancelled(report)) => reported("cancelled", report.as_ref()),
        Some(Outcome::Failed(error)) => failed("failed", Some(&error)),
        Some(Outcome::Paused(error)) => failed("paused", error.as_ref()),
        Some(Outcome::SubmitUnknown(error)) => failed("submit-unknown", Some(&error)),
        None => failed("paused", None),
    };
    wish("done").json("outcome", &outcome).end()
}

fn wish(name: &str) -> Object {
    named("do", name)
}

fn kind(name: &str) -> Object {
    named("type", name)
}

fn named(field: &str, name: &str) -> Object {
    let mut object = Object::new();
    object.text(field, name);
    object
}

fn notice(notice: &Notice) -> String {
    match notice {
        Notice::Checkpoint(checkpoint) => kind("checkpoint").value("checkpoint", checkpoint).end(),
        Notice::Event(record) => kind("event").value("record", record).end(),
        Notice::Status(status) => kind("status").text("status", status.as_str()).end(),
        Notice::Word(word) => kind("word").text("word", word).end(),
        Notice::Cost(cost) => kind("cost").value("cost", cost).end(),
        Notice::Trouble { error: met, wait } => {
            kind("trouble").json("error", &error(met)).value("wait", &millis(*wait)).end()
        }
        _ => kind("unknown").end(),
    }
}

fn reported(name: &str, report: Option<&Report>) -> String {
    let mut object = kind(name);
    if let Some(report) = report {
        object.value("report", report);
    }
    object.end()
}

fn failed(name: &str, why: Option<&Error>) -> String {
    let mut object = kind(name);
    if let Some(why) = why {
        object.json("error", &error(why));
    }
    object.end()
}
