//! Exa Research: `/research/v1`.

use std::borrow::Cow;

use crate::{
    error::Error,
    http::{Head, Request},
    provider::{
        Access, Capabilities, EffortInfo, Follow, Frame, Info, Job, Key, Limits, Pace, Provider,
        Update, check, request::wording,
    },
    report::Warning,
    task::{Effort, Task},
};

use super::{VENDOR, failure};

pub(super) mod event;
pub mod reply;
pub mod request;

/// Exa Research, version 1.
#[derive(Clone, Copy, Debug)]
pub struct ResearchV1;

/// The longest instructions, in characters.
pub(super) const INSTRUCTIONS_MAX: u32 = 4_096;

static INFO: Info = Info {
    id: Cow::Borrowed("exa-research"),
    vendor: Cow::Borrowed(VENDOR.id),
    name: Cow::Borrowed("Exa Research"),
    summary: Cow::Borrowed(
        "The research API of 2025, which Exa has announced to end; tells every step as it happens.",
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
        // 15 tasks at the same time, by the rate limits (read 2026-11-21).
        active_runs: Some(15),
        ..Limits::NONE
    },
    // Times: the page on Exa Research. Prices depend on searches, pages and tokens.
    efforts: Cow::Borrowed(&[
        effort(Effort::Quick, "exa-research-fast", None, None),
        effort(Effort::Standard, "exa-research", Some(45), Some(90)),
        effort(Effort::Deep, "exa-research-pro", Some(90), Some(180)),
    ]),
    options: Cow::Borrowed(&[]),
    pace: Pace { poll_ms: 2_000, poll_max_ms: 10_000, silence_ms: 120_000, reply_ms: 60_000 },
};

pub(super) const fn effort(
    effort: Effort,
    name: &'static str,
    typical_seconds: Option<u32>,
    slow_seconds: Option<u32>,
) -> EffortInfo {
    EffortInfo { effort, name: Cow::Borrowed(name), typical_seconds, slow_seconds, price: None }
}

impl Provider for ResearchV1 {
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
            Follow::Poll => Ok(request::research(&job.0, access)),
        }
    }

    fn list(&self, cursor: Option<&str>, access: &Access) -> Option<Request> {
        Some(request::researches(cursor, access))
    }

    fn read(&self, frame: Frame<'_>) -> Result<Vec<Update>, Error> {
        reply::updates(frame)
    }

    fn read_failure(&self, head: &Head, body: &[u8]) -> Error {
        failure::read(&INFO, head, body)
    }
}

/// The question and the guidance share one limit.
pub(super) fn check_instructions(info: &Info, task: &Task) -> Result<(), Error> {
    if task.guidance.is_some() && check::question(info, &wording(task)).is_err() {
        let message = [
            &info.name,
            " takes 4,096 characters of question and guidance together. Shorten the guidance.",
        ];
        return Err(check::refused("guidance", message.concat()));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
