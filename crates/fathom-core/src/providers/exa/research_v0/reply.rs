//! Reading the replies of `/research/v0/tasks`.

use serde_json::Value;

use crate::{
    error::Error,
    json,
    pages::Pages,
    provider::{
        Call, Content, Frame, Job, Listed, Update,
        failure::failed,
        reply::{Told, owned},
    },
    report::Report,
    sse::Message,
    task::Status,
};

use super::INFO;
use crate::providers::exa::{
    grounding::{add_all, cite},
    plain::{entries, next},
    research_v1,
    wire::research_v0::status,
};

/// Words for the end that the vendor's Python client of that time knows beside its own.
const DONE: [&str; 4] = [status::COMPLETED, "complete", "finished", "done"];

pub(super) fn updates(frame: Frame<'_>) -> Result<Vec<Update>, Error> {
    match (frame.call, frame.content) {
        (Call::Stream, Content::Message(message)) => Ok(event(message)),
        _ => frame.read(
            &INFO,
            &[
                (Call::Create, task),
                (Call::Poll, task),
                // A server without streams answers with the task itself.
                (Call::Stream, task),
                (Call::List, tasks),
            ],
        ),
    }
}

/// The events of this stream are not documented. Those that hold a task are read as one, and those of
/// the next version as there.
fn event(message: &Message) -> Vec<Update> {
    let data = json::parse(message.data.as_bytes()).unwrap_or_default();
    let mut told = Told::default();
    if json::text(&data, "status").is_some() && task(&data, &mut told).is_ok() {
        return told.updates;
    }
    research_v1::event::message(message)
}

/// What a task object says; the answer to a submission is only its id.
fn task(value: &Value, told: &mut Told) -> Result<(), Error> {
    let word = told.begin(&INFO, value, "id")?;
    told.asked(value, "instructions", "schema");
    match word.to_ascii_lowercase().as_str() {
        word if DONE.contains(&word) => return told.completed(&INFO, value, report),
        status::FAILED => told.failed(failed(&INFO, "research", json::text(value, "error"))),
        // `running`, whatever may come, and the answer to a submission.
        _ => told.status(Status::Running),
    }
    Ok(())
}

/// A page of the list. It names no times, so a job whose handle was lost cannot be told from an older
/// one that asked the same.
fn tasks(value: &Value, told: &mut Told) -> Result<(), Error> {
    told.listed(entries(&INFO, value)?, listed, next(value));
    Ok(())
}

fn report(value: &Value, report: &mut Report) -> Option<()> {
    report.structured = Some(value.get("data").filter(|data| !data.is_null())?.clone());
    let mut pages = Pages::default();
    if let Some(Value::Object(fields)) = value.get("citations") {
        for (field, list) in fields {
            let sources = add_all(&mut pages, list.as_array().map_or(&[], Vec::as_slice));
            cite(&mut report.citations, Some(field), sources, None);
        }
    }
    report.sources = pages.into_list();
    Some(())
}

fn listed(entry: &Value) -> Option<Listed> {
    Some(Listed {
        job: Job(owned(entry, "id")?),
        token: None,
        question: owned(entry, "instructions"),
        created_ms: None,
    })
}
