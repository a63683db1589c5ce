//! Reading the replies of `/research`.

use serde_json::Value;

use crate::{
    error::Error,
    json, markers,
    provider::{
        Call, Content, Frame, Update,
        failure::{failed, said},
        reply::Told,
    },
    report::{Cost, Report},
    source::Source,
    task::Status,
};

use super::{INFO, stream};

pub(super) fn updates(frame: Frame<'_>) -> Result<Vec<Update>, Error> {
    match (frame.call, frame.content) {
        (Call::Create | Call::Stream, Content::Message(message)) => stream::updates(message),
        _ => frame.read(&INFO, &[(Call::Create, task), (Call::Poll, task)]),
    }
}

/// A task as it stands. A submission may already be answered by a finished one.
fn task(value: &Value, told: &mut Told) -> Result<(), Error> {
    let word = told.begin(&INFO, value, "request_id")?;
    told.cost(cost(value));
    match word {
        "completed" => return told.completed(&INFO, value, report),
        "failed" => told.failed(failed(&INFO, "research", said(value).as_deref())),
        "cancelled" | "canceled" => told.cancelled(None),
        "pending" | "queued" => told.status(Status::Queued),
        // `in_progress`, `processing`, `running`, and whatever may come.
        _ => told.status(Status::Running),
    }
    Ok(())
}

fn report(value: &Value, report: &mut Report) -> Option<()> {
    content(value.get("content")?, report)?;
    report.sources = sources(value);
    report.citations = markers::cite(&report.markdown, &report.sources);
    Some(())
}

/// What a task cost, where that was asked for and is known.
fn cost(value: &Value) -> Option<Cost> {
    let amount = json::decimal(value.get("usage")?, "credits")?;
    Some(Cost { amount, unit: "credits".to_owned(), ..Cost::default() })
}

/// A report's content: text, or the value that was asked for with a schema.
pub(super) fn content(content: &Value, report: &mut Report) -> Option<()> {
    match content {
        Value::String(text) => text.clone_into(&mut report.markdown),
        Value::Object(_) | Value::Array(_) => report.structured = Some(content.clone()),
        _ => return None,
    }
    Some(())
}

/// The sources in their order, which the numbers in the text follow.
pub(super) fn sources(value: &Value) -> Vec<Source> {
    let mut sources = Vec::new();
    for entry in json::list(value, "sources") {
        let mut source = source(entry);
        source.id = sources.len() as u32 + 1;
        sources.push(source);
    }
    sources
}

/// A source without a number.
pub(super) fn source(value: &Value) -> Source {
    let url = json::text(value, "url").or(value.as_str()).unwrap_or_default();
    Source::new(url, json::text(value, "title").unwrap_or(url))
}
