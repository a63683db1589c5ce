//! Exa Agent: `/agent/runs`.

use std::borrow::Cow;

use crate::{
    error::Error,
    http::{Head, Request},
    provider::{
        Access, Capabilities, EffortInfo, Follow, Frame, Info, Job, Key, Limits, Pace, Price,
        Provider, Update,
    },
    report::Warning,
    task::{Effort, Task},
};

use super::{VENDOR, failure};

mod event;
pub mod reply;
pub mod request;
mod rules;

/// Exa Agent.
#[derive(Clone, Copy, Debug)]
pub struct Agent;

static INFO: Info = Info {
    id: Cow::Borrowed("exa-agent"),
    vendor: Cow::Borrowed(VENDOR.id),
    name: Cow::Borrowed("Exa Agent"),
    summary: Cow::Borrowed(
        "Researches the web with an agent, completes given rows, and names the pages behind each field.",
    ),
    base: Cow::Borrowed(VENDOR.base),
    key: Key::Missing,
    capabilities: Capabilities {
        stream: true,
        resume: true,
        // There is no stream that waits for a run under way: the list of events is sent and closed.
        stream_closes: true,
        cancel: true,
        stop: true,
        delete: true,
        list: true,
        output_schema: true,
        follow_up: true,
        guidance: true,
        rows: true,
        budget_usd: true,
        budget_seconds: true,
        metadata: true,
        ..Capabilities::NONE
    },
    limits: Limits::NONE,
    // Prices: the pricing page (read 2026-11-21). A metered run is capped by its budget.
    efforts: Cow::Borrowed(&[
        effort(Effort::Quick, "minimal", 0.012, 0.012),
        effort(Effort::Quick, "low", 0.025, 0.025),
        effort(Effort::Standard, "medium", 0.1, 0.1),
        effort(Effort::Standard, "auto", 0.0, rules::AUTO_USD),
        effort(Effort::Deep, "high", 0.5, 0.5),
        effort(Effort::Deep, "xhigh", 1.0, 1.0),
        effort(Effort::Deep, "ultra", 0.0, rules::ULTRA_USD),
        effort(Effort::Deep, "max", 0.0, rules::ULTRA_USD),
    ]),
    options: Cow::Borrowed(&[
        Cow::Borrowed(rules::DATA_SOURCES),
        Cow::Borrowed(rules::USER_IDENTIFIER),
        Cow::Borrowed(rules::STREAM),
    ]),
    // The guides ask every 4 s.
    pace: Pace { poll_ms: 4_000, poll_max_ms: 15_000, silence_ms: 120_000, reply_ms: 60_000 },
};

/// No durations are documented.
const fn effort(effort: Effort, name: &'static str, from: f64, to: f64) -> EffortInfo {
    let price = Some(Price { from, to, unit: Cow::Borrowed("USD") });
    EffortInfo {
        effort,
        name: Cow::Borrowed(name),
        typical_seconds: None,
        slow_seconds: None,
        price,
    }
}

impl Provider for Agent {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn check(&self, task: &Task) -> Result<Vec<Warning>, Error> {
        rules::check(&INFO, task)
    }

    fn create(&self, task: &Task, token: &str, access: &Access) -> Result<Request, Error> {
        request::create(task, token, access)
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

    fn stop(&self, job: &Job, access: &Access) -> Option<Request> {
        Some(request::stop(&job.0, access))
    }

    fn delete(&self, job: &Job, access: &Access) -> Option<Request> {
        Some(request::delete(&job.0, access))
    }

    fn list(&self, cursor: Option<&str>, access: &Access) -> Option<Request> {
        Some(request::runs(None, cursor, access))
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
