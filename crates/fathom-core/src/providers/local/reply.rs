//! Reading the replies of `/api/v1`.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    error::{Error, ErrorKind},
    event::{Event, Record},
    http::Head,
    json::{self, Broken, Fit},
    number::{self, digits},
    provider::{Call, Content, Ended, Frame, Job, Listed, Update},
    sse::Message,
    task::Status,
};

use super::wire::{ErrorBody, RunPage, RunView};

/// Reads a whole reply: its body, or the error it carries.
///
/// # Errors
/// What the server answered, or [`ErrorKind::Malformed`] when that makes no sense.
pub fn read<T: DeserializeOwned>(head: &Head, body: &[u8]) -> Result<T, Error> {
    serde_json::from_value(answer(head, body)?).map_err(|_| other(head))
}

/// The same for what the core itself reads.
fn fit<T: Fit + Default>(head: &Head, body: &[u8]) -> Result<T, Error> {
    json::fit(&answer(head, body)?).ok_or_else(|| other(head))
}

fn answer(head: &Head, body: &[u8]) -> Result<Value, Error> {
    if !head.is_success() {
        return Err(failure(head, body));
    }
    json::strict(body).map_err(|broken| senseless(broken).with_status(head.status))
}

fn other(head: &Head) -> Error {
    malformed("a reply of another form than was asked for").with_status(head.status)
}

pub(super) fn updates(frame: Frame<'_>) -> Result<Vec<Update>, Error> {
    match (frame.call, frame.content) {
        (Call::Stream, Content::Message(message)) => event(message),
        (Call::Stream, Content::Body(head, _)) if head.status == 204 => Ok(vec![Update::Settled]),
        (Call::Create | Call::Poll | Call::Cancel, Content::Body(head, body)) => {
            run(fit::<RunView>(head, body)?)
        }
        (Call::List, Content::Body(head, body)) => Ok(vec![listed(fit(head, body)?)]),
        _ => Err(malformed("something other than was asked for")),
    }
}

pub(super) fn failure(head: &Head, body: &[u8]) -> Error {
    let error = match json::read::<ErrorBody>(body) {
        Some(body) => body.error,
        None => stranger(head),
    };
    let wait = error.retry_after().max(head.retry_after());
    let error = error.with_status(head.status).with_provider("local").with_retry_after(wait);
    match head.request_id() {
        Some(id) if error.request_id().is_none() => error.with_request_id(id),
        _ => error,
    }
}

/// The error of a reply that is not from a Fathom server but from something in between.
fn stranger(head: &Head) -> Error {
    match ErrorKind::from_status(head.status) {
        ErrorKind::NotFound | ErrorKind::InvalidTask | ErrorKind::Unsupported => {
            malformed("a page that is not from a Fathom server; check the address")
        }
        kind => {
            let status = number::text(head.status.into());
            let message = ["The server, or a proxy before it, answered with status ", &status, "."];
            Error::new(kind, message.concat())
        }
    }
}

fn run(view: RunView) -> Result<Vec<Update>, Error> {
    if view.id.is_empty() {
        return Err(malformed("a run without an id"));
    }
    let state = match (view.status, view.report) {
        (Status::Completed, Some(report)) => Update::Ended(Ended::Completed(report)),
        (Status::Completed, None) => return Err(malformed("a completed run without a report")),
        (Status::Cancelled, report) => Update::Ended(Ended::Cancelled(report)),
        (Status::Failed, _) => Update::Ended(Ended::Failed(view.error.unwrap_or_else(unexplained))),
        (status, _) => Update::Status(status),
    };
    Ok(vec![Update::Job(Job(view.id)), state])
}

fn event(message: &Message) -> Result<Vec<Update>, Error> {
    let value = json::strict(message.data.as_bytes()).map_err(senseless)?;
    // A newer server may have changed what an event holds. That must not stop the ones after it.
    let Some(record) = json::fit::<Record>(&value) else { return Ok(vec![unknown(message)]) };
    let ended = matches!(record.event, Event::RunEnded { .. });
    let Record { id, at_ms, event } = record;
    let mut updates = vec![Update::Event { number: Some(id), at_ms: Some(at_ms), event }];
    if ended {
        updates.push(Update::Settled);
    }
    Ok(updates)
}

fn unknown(message: &Message) -> Update {
    let number = message.id.as_deref().and_then(|id| digits(id, 19));
    Update::Event { number, at_ms: None, event: Event::Unknown }
}

fn listed(page: RunPage) -> Update {
    let mut jobs = Vec::new();
    for run in page.runs {
        let (job, question) = (Job(run.id), Some(run.question));
        jobs.push(Listed { job, token: None, question, created_ms: None });
    }
    Update::Listed { jobs, next: page.next_cursor }
}

fn senseless(broken: Broken) -> Error {
    malformed(&["a reply that ", &broken.said()].concat())
}

fn malformed(what: &str) -> Error {
    Error::new(ErrorKind::Malformed, ["The server sent ", what, "."].concat())
        .with_provider("local")
}

fn unexplained() -> Error {
    Error::new(ErrorKind::Failed, "The run failed, and the server gave no reason.")
}
