#![doc = include_str!("README.md")]

use std::borrow::Cow;

use crate::{
    error::Error,
    http::{Head, Request},
    provider::{
        Access, Capabilities, EffortInfo, Follow, Frame, Info, Job, Key, Limits, Pace, Provider,
        Update, check,
    },
    report::Warning,
    task::{Effort, Task},
};

pub mod reply;
pub mod request;
pub mod wire;

/// The local research engine behind `/api/v1`.
#[derive(Clone, Copy, Debug)]
pub struct Local;

static INFO: Info = Info {
    id: Cow::Borrowed("local"),
    vendor: Cow::Borrowed("local"),
    name: Cow::Borrowed("Local library"),
    summary: Cow::Borrowed(
        "Researches your own documents on this machine, without a key, a network or a language model.",
    ),
    base: Cow::Borrowed(""),
    key: Key::NotNeeded,
    capabilities: Capabilities {
        stream: true,
        resume: true,
        cancel: true,
        list: true,
        idempotent_create: true,
        output_schema: true,
        include: true,
        follow_up: true,
        documents: true,
        ..Capabilities::NONE
    },
    limits: Limits { question_chars: Some(wire::QUESTION_MAX as u32), ..Limits::NONE },
    efforts: Cow::Borrowed(&[
        effort(Effort::Quick, "quick"),
        effort(Effort::Standard, "standard"),
        effort(Effort::Deep, "deep"),
    ]),
    options: Cow::Borrowed(&[]),
    // The server sends a comment every 15 s, so a stream that is silent three times as long is dead.
    pace: Pace { poll_ms: 500, poll_max_ms: 5_000, silence_ms: 45_000, reply_ms: 30_000 },
};

/// No durations are promised: they depend on the library and the machine.
const fn effort(effort: Effort, name: &'static str) -> EffortInfo {
    let name = Cow::Borrowed(name);
    EffortInfo { effort, name, typical_seconds: None, slow_seconds: None, price: None }
}

impl Provider for Local {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn check(&self, task: &Task) -> Result<Vec<Warning>, Error> {
        check::check(&INFO, task)
    }

    fn create(&self, task: &Task, token: &str, access: &Access) -> Result<Request, Error> {
        Ok(request::create(task, token, access))
    }

    fn follow(&self, job: &Job, follow: Follow<'_>, access: &Access) -> Result<Request, Error> {
        match follow {
            Follow::Stream { cursor } => request::events(&job.0, cursor, access),
            Follow::Poll => Ok(request::run(&job.0, access)),
        }
    }

    fn cancel(&self, job: &Job, access: &Access) -> Option<Request> {
        Some(request::cancel(&job.0, access))
    }

    fn list(&self, cursor: Option<&str>, access: &Access) -> Option<Request> {
        Some(request::runs(None, cursor, None, access))
    }

    fn read(&self, frame: Frame<'_>) -> Result<Vec<Update>, Error> {
        reply::updates(frame)
    }

    fn read_failure(&self, head: &Head, body: &[u8]) -> Error {
        reply::failure(head, body)
    }
}

/// Refuses a question that is empty or too long; the server applies the same rule.
///
/// # Errors
/// [`crate::ErrorKind::InvalidTask`] with the field `question`.
pub fn check_question(question: &str) -> Result<(), Error> {
    check::question(&INFO, question)
}

/// Transcripts, by name.
#[cfg(feature = "fixtures")]
pub static FIXTURES: &[(&str, &str)] = &[
    ("access-lost", include_str!("fixtures/access-lost.txt")),
    ("answer-lost", include_str!("fixtures/answer-lost.txt")),
    ("cancelled", include_str!("fixtures/cancelled.txt")),
    ("completed", include_str!("fixtures/completed.txt")),
    ("failed", include_str!("fixtures/failed.txt")),
    ("gone", include_str!("fixtures/gone.txt")),
    ("newer-server", include_str!("fixtures/newer-server.txt")),
    ("no-stream", include_str!("fixtures/no-stream.txt")),
    ("nothing-left", include_str!("fixtures/nothing-left.txt")),
    ("rate-limited", include_str!("fixtures/rate-limited.txt")),
    ("refused", include_str!("fixtures/refused.txt")),
    ("seen-before", include_str!("fixtures/seen-before.txt")),
    ("storm", include_str!("fixtures/storm.txt")),
    ("stream-closed", include_str!("fixtures/stream-closed.txt")),
    ("stream-dropped", include_str!("fixtures/stream-dropped.txt")),
    ("swallowed-stream", include_str!("fixtures/swallowed-stream.txt")),
    ("unauthorized", include_str!("fixtures/unauthorized.txt")),
];

#[cfg(test)]
mod tests;
