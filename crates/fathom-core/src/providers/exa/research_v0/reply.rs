//! Reading the replies of `/research/v0/tasks`.

use serde_json::Value;

use crate::{
    error::Error,
    json,
    provider::{
        Call, Content, Ended, Frame, Job, Listed, Update,
        failure::{malformed, parse},
    },
    report::{Citation, Report},
    sse::Message,
    task::Status,
};

use super::INFO;
use crate::providers::exa::{
    grounding::Sources,
    research_v1::{self, reply::failed},
    wire::research_v0::status,
};

/// Words for the end that the vendor's Python client of that time knows beside its own.
const DONE: [&str; 4] = [status::COMPLETED, "complete", "finished", "done"];

pub(super) fn updates(frame: Frame<'_>) -> Result<Vec<Update>, Error> {
    match (frame.call, frame.content) {
        (Call::Stream, Content::Message(message)) => Ok(event(message)),
        // A server without streams answers with the task itself.
        (Call::Create | Call::Poll | Call::Stream, Content::Body(_, body)) => {
            task(&parse(&INFO, body)?)
        }
        (Call::List, Content::Body(_, body)) => Ok(vec![listed(&parse(&INFO, body)?)?]),
        _ => Err(malformed(&INFO, "something other than was asked for")),
    }
}

/// The events of this stream are not documented. Those that hold a task are read as one, and those of
/// the next version as there.
fn event(message: &Message) -> Vec<Update> {
    let data = json::parse(message.data.as_bytes()).unwrap_or_default();
    if json::text(&data, "status").is_some()
        && let Ok(updates) = task(&data)
    {
        return updates;
    }
    research_v1::event::message(message)
}

/// What a task object says; the answer to a submission is only its id.
fn task(value: &Value) -> Result<Vec<Update>, Error> {
    let id = json::text(value, "id").ok_or_else(|| malformed(&INFO, "a task without an id"))?;
    let mut updates = vec![Update::Job(Job(id.to_owned()))];
    if let Some(question) = json::text(value, "instructions") {
        let output_schema = value.get("schema").filter(|schema| schema.is_object()).cloned();
        updates.push(Update::Asked { question: question.to_owned(), output_schema });
    }
    let word = json::text(value, "status").unwrap_or_default();
    updates.extend((!word.is_empty()).then(|| Update::Word(word.to_owned())));
    updates.push(match word.to_ascii_lowercase().as_str() {
        word if DONE.contains(&word) => {
            let report = report(value)
                .ok_or_else(|| malformed(&INFO, "a completed task without its data"))?;
            Update::Ended(Ended::Completed(report))
        }
        status::FAILED => Update::Ended(Ended::Failed(failed(&INFO, json::text(value, "error")))),
        // `running`, whatever may come, and the answer to a submission.
        _ => Update::Status(Status::Running),
    });
    Ok(updates)
}

fn report(value: &Value) -> Option<Report> {
    let data = value.get("data").filter(|data| !data.is_null())?.clone();
    let mut sources = Sources::default();
    let fields = value.get("citations").and_then(Value::as_object).into_iter().flatten();
    let citations = fields.filter_map(|(field, pages)| {
        let mut ids: Vec<u32> = Vec::new();
        for page in pages.as_array().into_iter().flatten() {
            ids.extend(sources.add(page).filter(|id| !ids.contains(id)));
        }
        let field = Some(field.clone());
        (!ids.is_empty()).then(|| Citation { field, sources: ids, ..Citation::default() })
    });
    let citations = citations.collect();
    Some(Report {
        structured: Some(data),
        sources: sources.into_list(),
        citations,
        ..Report::default()
    })
}

/// A page of the list. It names no times, so a job whose handle was lost cannot be told from an older
/// one that asked the same.
fn listed(value: &Value) -> Result<Update, Error> {
    let Some(entries) = value.get("data").and_then(Value::as_array) else {
        return Err(malformed(&INFO, "something that is no list of tasks"));
    };
    let jobs = entries.iter().filter_map(|entry| {
        Some(Listed {
            job: Job(json::text(entry, "id")?.to_owned()),
            token: None,
            question: json::text(entry, "instructions").map(str::to_owned),
            created_ms: None,
        })
    });
    let more = value.get("hasMore") != Some(&Value::Bool(false));
    let next = json::text(value, "nextCursor").filter(|_| more).map(str::to_owned);
    Ok(Update::Listed { jobs: jobs.collect(), next })
}
