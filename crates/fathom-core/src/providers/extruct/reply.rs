//! Reading the replies of `/v1/deep_research_tasks`.

use serde_json::Value;

use crate::{
    error::Error,
    event::{Count, Event},
    http, json,
    provider::{
        Call, Frame, Job, Listed, Update,
        failure::{failed, malformed, shortened},
        reply::{Told, owned},
    },
    report::{Cost, CostPart},
    task::Status,
};

use super::{INFO, report, request};

/// What a task counts: the field, and what it is called here.
const COUNTS: [(&str, &str); 3] =
    [("iterations", "analysis steps"), ("agents", "research agents"), ("sources", "sources")];

pub(super) fn updates(frame: Frame<'_>) -> Result<Vec<Update>, Error> {
    frame.read(&INFO, &[(Call::Create, task), (Call::Poll, task), (Call::List, tasks)])
}

fn task(value: &Value, told: &mut Told) -> Result<(), Error> {
    let word = told.begin(&INFO, value, "id")?;
    told.asked(value, "brief", "output_schema");
    progress(value, told);
    told.cost(cost(value, word == "failed"));
    match word {
        "created" => told.status(Status::Queued),
        "done" => return told.completed(&INFO, value, report::read),
        "failed" => told.failed(reason(value)),
        // `in_progress`, and whatever may come.
        _ => told.status(Status::Running),
    }
    Ok(())
}

/// What the task costs: a credit for each agent that has finished, and nothing where it failed.
fn cost(value: &Value, refunded: bool) -> Option<Cost> {
    let agents = json::decimal(value, "agents")?;
    let part =
        CostPart { name: "research agents".to_owned(), count: Some(agents), amount: Some(agents) };
    Some(Cost { amount: agents, unit: "credits".to_owned(), parts: vec![part], refunded })
}

/// The counters. They only grow, so their sum says whether there is anything new, and numbers the
/// event: one that has been told is not told again.
fn progress(value: &Value, told: &mut Told) {
    let (mut counts, mut sum) = (Vec::new(), 0_u64);
    for (field, what) in COUNTS {
        if let Some(count) = json::whole(value, field) {
            counts.push(Count { what: what.to_owned(), count });
            sum = sum.saturating_add(count);
        }
    }
    if sum > 0 {
        told.event(Some(sum), Event::ProgressMade { counts });
    }
}

fn reason(value: &Value) -> Error {
    let reason = json::text(value, "failure_reason").unwrap_or("no reason was given");
    let mut reason = shortened(reason);
    if !reason.ends_with(&['.', '!', '?', '\u{2026}'][..]) {
        reason.push('.');
    }
    failed(&INFO, "research", Some(&reason)).noting("Extruct refunds failed tasks.")
}

/// A page of the list: a bare array, without a word on what follows.
fn tasks(value: &Value, told: &mut Told) -> Result<(), Error> {
    let Value::Array(entries) = value else {
        return Err(malformed(&INFO, "something that is no list of tasks"));
    };
    told.listed(entries, listed, request::next(entries.len()));
    Ok(())
}

fn listed(entry: &Value) -> Option<Listed> {
    Some(Listed {
        job: Job(owned(entry, "id")?),
        token: None,
        question: owned(entry, "brief"),
        created_ms: json::text(entry, "created_at").and_then(http::millis),
    })
}
