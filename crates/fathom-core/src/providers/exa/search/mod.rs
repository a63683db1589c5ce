//! `POST /search`, and deep search as a provider: one request whose answer is the report.

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

use super::{VENDOR, failure, plain};

mod reply;
pub mod request;

/// Exa's deep search, which the vendor names as the successor of its research API.
#[derive(Clone, Copy, Debug)]
pub struct DeepSearch;

static INFO: Info = Info {
    id: Cow::Borrowed("exa-deep-search"),
    vendor: Cow::Borrowed(VENDOR.id),
    name: Cow::Borrowed("Exa Deep Search"),
    summary: Cow::Borrowed(
        "Answers within a minute from several searches of the web, with the pages behind each field.",
    ),
    base: Cow::Borrowed(VENDOR.base),
    key: Key::Missing,
    capabilities: Capabilities {
        immediate: true,
        output_schema: true,
        include: true,
        exclude: true,
        guidance: true,
        ..Capabilities::NONE
    },
    limits: Limits { schema_depth: Some(2), schema_properties: Some(10), ..Limits::NONE },
    // Times: the changelog of 2026-03-04 gives ranges; their ends are taken here.
    efforts: Cow::Borrowed(&[
        effort(Effort::Quick, "deep-lite", None),
        effort(Effort::Standard, "deep", Some(12)),
        effort(Effort::Deep, "deep-reasoning", Some(50)),
    ]),
    options: Cow::Borrowed(&request::OPTIONS),
    // There is no second chance to hear the answer, so there is much time for it.
    pace: Pace { poll_ms: 1_000, poll_max_ms: 10_000, silence_ms: 300_000, reply_ms: 300_000 },
};

const fn effort(effort: Effort, name: &'static str, slow_seconds: Option<u32>) -> EffortInfo {
    EffortInfo {
        effort,
        name: Cow::Borrowed(name),
        typical_seconds: None,
        slow_seconds,
        price: None,
    }
}

impl Provider for DeepSearch {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn check(&self, task: &Task) -> Result<Vec<Warning>, Error> {
        let warnings = check::check(&INFO, task)?;
        request::check(task)?;
        Ok(warnings)
    }

    fn create(&self, task: &Task, _token: &str, access: &Access) -> Result<Request, Error> {
        Ok(request::deep(task, access))
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
