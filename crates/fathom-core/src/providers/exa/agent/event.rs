//! The events of a run. Only five names are documented (list of events, read 2026-11-21); the others
//! are what the vendor's own clients read. Unknown ones are passed over.

use serde_json::Value;

use crate::{
    event::Event,
    json,
    number::digits,
    provider::{
        Ended, Job, Update,
        failure::shortened,
        reply::{Told, owned},
    },
    source::Source,
    sse::Message,
    task::Status,
};

use super::reply;
use crate::providers::exa::wire::agent::event as name;

/// What an event of a stream says. One that makes no sense is passed over, so that it does not stop
/// those after it.
pub(super) fn message(message: &Message) -> Vec<Update> {
    let data = json::parse(message.data.as_bytes()).unwrap_or_default();
    let mut told = Told::default();
    updates(&message.event, message.id.as_deref(), &data, &mut told);
    told.updates
}

/// What an entry of the list of events says.
pub(super) fn entry(entry: &Value, told: &mut Told) {
    let data = entry.get("data").unwrap_or(&Value::Null);
    updates(json::text(entry, "event").unwrap_or_default(), json::text(entry, "id"), data, told);
}

fn updates(event: &str, id: Option<&str>, data: &Value, told: &mut Told) {
    let number = id.and_then(|id| digits(id, 19));
    match event {
        name::CREATED => {
            if let Some(job) = owned(data, "id") {
                told.push(Update::Job(Job(job.clone())));
                told.event(number, Event::RunSubmitted { job });
                told.status(Status::Queued);
            }
        }
        name::STARTED => {
            if let Some(job) = owned(data, "id") {
                told.push(Update::Job(Job(job)));
            }
            told.event(number, Event::RunStarted);
            told.status(Status::Running);
        }
        name::COMPLETED => ended(number, Status::Completed, data, told),
        name::FAILED => ended(number, Status::Failed, data, told),
        name::CANCELLED => ended(number, Status::Cancelled, data, told),
        _ => {
            if let Some(event) = step(event, data) {
                told.event(number, event);
            }
        }
    }
}

/// The end carries the run. One that does not, or that contradicts itself, has the run asked for.
fn ended(number: Option<u64>, status: Status, data: &Value, told: &mut Told) {
    told.event(number, Event::RunEnded { status });
    let mut run = Told::default();
    // What makes no sense of itself is the run that is asked for.
    let _ = reply::run(data, &mut run);
    let said = match run.updates.last() {
        Some(Update::Ended(Ended::Completed(_))) => Some(Status::Completed),
        Some(Update::Ended(Ended::Failed(_))) => Some(Status::Failed),
        Some(Update::Ended(Ended::Cancelled(_))) => Some(Status::Cancelled),
        _ => None,
    };
    if said == Some(status) {
        told.updates.append(&mut run.updates);
    } else {
        told.push(Update::Settled);
    }
}

/// What happens in between, as previews tell it.
fn step(event: &str, data: &Value) -> Option<Event> {
    match event {
        name::SEARCH_TRACE => {
            json::text(data, "text").map(|text| Event::NoteMade { text: shortened(text) })
        }
        name::ITEM_ADDED => query(data).map(|query| Event::SearchStarted { query }),
        name::ITEM_DONE => {
            let query = query(data)?;
            let found = data.get("item")?.get("metadata")?;
            let passages = json::whole(found, "sourceCount").unwrap_or_default();
            let passages = u32::try_from(passages).unwrap_or(u32::MAX);
            Some(Event::SearchEnded { query, passages, new: 0 })
        }
        name::SOURCE_ADDED => {
            let source = data.get("source")?;
            let url = json::text(source, "url")?;
            let source = Source::new(url, json::text(source, "title").unwrap_or(url));
            Some(Event::SourceFound { source })
        }
        _ => None,
    }
}

/// The words that a call of a tool searches: its arguments are JSON as text.
fn query(data: &Value) -> Option<String> {
    let arguments = json::text(data.get("item")?, "arguments")?;
    let arguments = json::parse(arguments.as_bytes()).ok()?;
    json::text(&arguments, "query").map(shortened)
}
