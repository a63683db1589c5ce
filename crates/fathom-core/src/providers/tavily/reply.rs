//! Reading the replies of `/research`.

use serde_json::Value;

use crate::{
    error::{Error, ErrorKind},
    json, markers,
    provider::{
        Call, Content, Ended, Frame, Job, Update,
        failure::{malformed, parse, said, shortened},
    },
    report::{Cost, Report},
    source::Source,
    task::Status,
};

use super::{INFO, stream};

pub(super) fn updates(frame: Frame<'_>) -> Result<Vec<Update>, Error> {
    match (frame.call, frame.content) {
        (Call::Create | Call::Stream, Content::Message(message)) => stream::updates(message),
        (Call::Create | Call::Poll, Content::Body(_, body)) => task(&parse(&INFO, body)?),
        _ => Err(malformed(&INFO, "something other than was asked for")),
    }
}

/// A task as it stands. A submission may already be answered by a finished one.
fn task(value: &Value) -> Result<Vec<Update>, Error> {
    let id =
        json::text(value, "request_id").ok_or_else(|| malformed(&INFO, "a task without an id"))?;
    let word = json::text(value, "status").unwrap_or_default();
    let state = match word {
        "completed" => Update::Ended(Ended::Completed(report(value)?)),
        "failed" => Update::Ended(Ended::Failed(reason(value))),
        "cancelled" | "canceled" => Update::Ended(Ended::Cancelled(None)),
        "pending" | "queued" => Update::Status(Status::Queued),
        // `in_progress`, `processing`, `running`, and whatever may come.
        _ => Update::Status(Status::Running),
    };
    let mut updates = vec![Update::Job(Job(id.to_owned()))];
    updates.extend((!word.is_empty()).then(|| Update::Word(word.to_owned())));
    updates.extend(cost(value).map(Update::Cost));
    updates.push(state);
    Ok(updates)
}

fn report(value: &Value) -> Result<Report, Error> {
    let Some(mut report) = value.get("content").and_then(content) else {
        return Err(malformed(&INFO, "a completed task without its report"));
    };
    report.sources = sources(value);
    report.citations = markers::cite(&report.markdown, &report.sources);
    report.cost = cost(value);
    Ok(report)
}

/// What a task cost, where that was asked for and is known.
fn cost(value: &Value) -> Option<Cost> {
    let amount = json::decimal(value.get("usage")?, "credits")?;
    Some(Cost { amount, unit: "credits".to_owned(), ..Cost::default() })
}

/// A report's content: text, or the value that was asked for with a schema.
pub(super) fn content(content: &Value) -> Option<Report> {
    match content {
        Value::String(text) => Some(Report { markdown: text.clone(), ..Report::default() }),
        Value::Object(_) | Value::Array(_) => {
            Some(Report { structured: Some(content.clone()), ..Report::default() })
        }
        _ => None,
    }
}

/// The sources in their order, which the numbers in the text follow.
pub(super) fn sources(value: &Value) -> Vec<Source> {
    let numbered = json::list(value, "sources").iter().zip(1..);
    numbered.map(|(source, id)| Source { id, ..self::source(source) }).collect()
}

/// A source without a number.
pub(super) fn source(value: &Value) -> Source {
    let url = json::text(value, "url").or(value.as_str()).unwrap_or_default();
    let title = json::text(value, "title").unwrap_or(url);
    Source {
        title: title.to_owned(),
        url: (!url.is_empty()).then(|| url.to_owned()),
        ..Source::default()
    }
}

fn reason(value: &Value) -> Error {
    let message = match said(value) {
        Some(reason) => ["The research failed at Tavily: ", &shortened(&reason)].concat(),
        None => "The research failed, and Tavily gave no reason.".to_owned(),
    };
    Error::new(ErrorKind::Failed, message).with_provider("tavily")
}
