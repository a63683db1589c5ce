//! The events of a run. Only five names are documented (list of events, read 2026-11-21); the others
//! are what the vendor's own clients read. Unknown ones are passed over.

use serde_json::Value;

use crate::{
    event::Event,
    json,
    provider::{Ended, Job, Update, failure::shortened},
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
    updates(&message.event, message.id.as_deref(), &data)
}

/// What an entry of the list of events says.
pub(super) fn entry(entry: &Value) -> Vec<Update> {
    let data = entry.get("data").unwrap_or(&Value::Null);
    updates(json::text(entry, "event").unwrap_or_default(), json::text(entry, "id"), data)
}

fn updates(event: &str, id: Option<&str>, data: &Value) -> Vec<Update> {
    let number = id.and_then(|id| id.parse().ok());
    let happened = |event| Update::Event { number, at_ms: None, event };
    let job = || json::text(data, "id").map(str::to_owned);
    match event {
        name::CREATED => {
            let Some(job) = job() else { return Vec::new() };
            let event = happened(Event::RunSubmitted { job: job.clone() });
            vec![Update::Job(Job(job)), event, Update::Status(Status::Queued)]
        }
        name::STARTED => {
            let job = job().map(|job| Update::Job(Job(job)));
            let started = [happened(Event::RunStarted), Update::Status(Status::Running)];
            job.into_iter().chain(started).collect()
        }
        name::COMPLETED => ended(happened, Status::Completed, data),
        name::FAILED => ended(happened, Status::Failed, data),
        name::CANCELLED => ended(happened, Status::Cancelled, data),
        _ => step(event, data).map(happened).into_iter().collect(),
    }
}

/// The end carries the run. One that does not, or that contradicts itself, has the run asked for.
fn ended(happened: impl Fn(Event) -> Update, status: Status, data: &Value) -> Vec<Update> {
    let mut updates = vec![happened(Event::RunEnded { status })];
    let run = reply::run(data).unwrap_or_default();
    if let Some(Update::Ended(ended)) = run.last()
        && is(ended, status)
    {
        updates.extend(run);
    } else {
        updates.push(Update::Settled);
    }
    updates
}

fn is(ended: &Ended, status: Status) -> bool {
    matches!(
        (ended, status),
        (Ended::Completed(_), Status::Completed)
            | (Ended::Failed(_), Status::Failed)
            | (Ended::Cancelled(_), Status::Cancelled)
    )
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
            let url = json::text(source, "url")?.to_owned();
            let title = json::text(source, "title").unwrap_or(&url).to_owned();
            Some(Event::SourceFound {
                source: Source { title, url: Some(url), ..Source::default() },
            })
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
