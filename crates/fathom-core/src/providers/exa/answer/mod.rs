//! `POST /answer`, also as a provider: one request whose answer is the report.

use std::borrow::Cow;

use serde::Serialize;

use crate::{
    error::Error,
    http::{Head, Request},
    provider::{
        Access, Capabilities, Follow, Frame, Info, Job, Key, Limits, Pace, Provider, Update, check,
        request::Body,
    },
    report::Warning,
    task::Task,
};

use super::{VENDOR, auth, failure, plain};

mod piece;
mod reply;

pub use piece::{Piece, piece};

/// Exa's answers.
#[derive(Clone, Copy, Debug)]
pub struct Answer;

static INFO: Info = Info {
    id: Cow::Borrowed("exa-answer"),
    vendor: Cow::Borrowed(VENDOR.id),
    name: Cow::Borrowed("Exa Answer"),
    summary: Cow::Borrowed("Answers a short question in seconds, with the pages it used."),
    base: Cow::Borrowed(VENDOR.base),
    key: Key::Missing,
    capabilities: Capabilities {
        immediate: true,
        output_schema: true,
        guidance: true,
        ..Capabilities::NONE
    },
    limits: Limits::NONE,
    efforts: Cow::Borrowed(&[]),
    options: Cow::Borrowed(&[Cow::Borrowed("userLocation")]),
    // There is no second chance to hear the answer, so there is much time for it.
    pace: Pace { poll_ms: 1_000, poll_max_ms: 10_000, silence_ms: 120_000, reply_ms: 120_000 },
};

/// Asks; `body` is a [`super::wire::answer::AnswerRequest`], or JSON of that form. The reply is a
/// [`super::wire::answer::AnswerResponse`], read by [`super::plain::read`].
///
/// # Errors
/// When the body cannot be written as JSON.
pub fn request(body: &impl Serialize, access: &Access) -> Result<Request, Error> {
    auth::post("/answer", body, access)
}

/// Asks for the answer as a stream of [`piece`]s; `body` says `"stream": true`.
///
/// # Errors
/// When the body cannot be written as JSON.
pub fn stream(body: &impl Serialize, access: &Access) -> Result<Request, Error> {
    let mut request = request(body, access)?;
    request.headers.insert("accept", "text/event-stream")?;
    request.stream = true;
    Ok(request)
}

impl Provider for Answer {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn check(&self, task: &Task) -> Result<Vec<Warning>, Error> {
        check::check(&INFO, task)
    }

    fn create(&self, task: &Task, _token: &str, access: &Access) -> Result<Request, Error> {
        let mut body = Body::with_options(task);
        body.text("query", Some(&task.question));
        body.text("systemPrompt", task.guidance.as_deref());
        body.value("outputSchema", task.output_schema.as_ref());
        Ok(auth::send("/answer", body.write(), access))
    }

    fn follow(&self, _job: &Job, _follow: Follow<'_>, _access: &Access) -> Result<Request, Error> {
        Err(plain::no_jobs(&INFO))
    }

    fn read(&self, frame: Frame<'_>) -> Result<Vec<Update>, Error> {
        reply::updates(frame)
    }

    fn read_failure(&self, head: &Head, body: &[u8]) -> Error {
        failure::read(&INFO, head, body)
    }
}

#[cfg(test)]
mod tests;
