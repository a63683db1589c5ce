//! Exa Research of its first generation: `/research/v0/tasks`.

use std::borrow::Cow;

use crate::{
    error::Error,
    http::{Head, Request},
    provider::{
        Access, Capabilities, Follow, Frame, Info, Job, Key, Limits, Pace, Provider, Update, check,
        request::wording,
    },
    report::Warning,
    task::{Effort, Task},
};

use super::{
    VENDOR, failure,
    research_v1::{INSTRUCTIONS_MAX, check_instructions, effort},
};

pub mod reply;
pub mod request;

/// Exa Research, version 0.
#[derive(Clone, Copy, Debug)]
pub struct ResearchV0;

static INFO: Info = Info {
    id: Cow::Borrowed("exa-research-v0"),
    vendor: Cow::Borrowed(VENDOR.id),
    name: Cow::Borrowed("Exa Research v0"),
    summary: Cow::Borrowed(
        "The first research API, retired by Exa; gives a structured value with pages for each root field.",
    ),
    base: Cow::Borrowed(VENDOR.base),
    key: Key::Missing,
    capabilities: Capabilities {
        stream: true,
        resume: true,
        stream_restarts: true,
        list: true,
        output_schema: true,
        guidance: true,
        ..Capabilities::NONE
    },
    limits: Limits {
        question_chars: Some(INSTRUCTIONS_MAX),
        schema_depth: Some(5),
        schema_roots: Some(8),
        ..Limits::NONE
    },
    efforts: Cow::Borrowed(&[
        effort(Effort::Standard, "exa-research", None, None),
        effort(Effort::Deep, "exa-research-pro", None, None),
    ]),
    options: Cow::Borrowed(&[]),
    pace: Pace { poll_ms: 2_000, poll_max_ms: 10_000, silence_ms: 120_000, reply_ms: 60_000 },
};

impl Provider for ResearchV0 {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn check(&self, task: &Task) -> Result<Vec<Warning>, Error> {
        let warnings = check::check(&INFO, task)?;
        check_instructions(&INFO, task)?;
        Ok(warnings)
    }

    fn create(&self, task: &Task, _token: &str, access: &Access) -> Result<Request, Error> {
        Ok(request::create(task, access))
    }

    fn wording<'a>(&self, task: &'a Task) -> Cow<'a, str> {
        wording(task)
    }

    fn follow(&self, job: &Job, follow: Follow<'_>, access: &Access) -> Result<Request, Error> {
        match follow {
            Follow::Stream { .. } => request::events(&job.0, access),
            Follow::Poll => Ok(request::task(&job.0, access)),
        }
    }

    fn list(&self, cursor: Option<&str>, access: &Access) -> Option<Request> {
        Some(request::tasks(cursor, access))
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
