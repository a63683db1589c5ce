#![doc = include_str!("README.md")]

use std::borrow::Cow;

use serde_json::Value;

use crate::{
    error::Error,
    http::{Head, Request},
    json,
    provider::{
        Access, Capabilities, EffortInfo, Follow, Frame, Info, Job, Key, KeyPlace, Limits, Pace,
        Price, Provider, Route, Update, Vendor, check, request::wording,
    },
    report::Warning,
    task::{Effort, Task},
};

mod basis;
mod failure;
mod reply;
mod report;
mod request;
pub mod wire;

/// Extruct Deep Research.
#[derive(Clone, Copy, Debug)]
pub struct Extruct;

/// Extruct, as a gateway sees it. Source: the API reference (read 2026-11-22).
pub static VENDOR: Vendor = Vendor {
    id: "extruct",
    name: "Extruct",
    base: "https://api.extruct.ai",
    key_env: "EXTRUCT_API_TOKEN",
    key: KeyPlace::Bearer,
    headers: &[],
    routes: &[
        Route::post("/v1/deep_research_tasks"),
        Route::get("/v1/deep_research_tasks"),
        Route::get("/v1/deep_research_tasks/{id}"),
    ],
    failure: failure::read,
};

static INFO: Info = Info {
    id: Cow::Borrowed("extruct"),
    vendor: Cow::Borrowed(VENDOR.id),
    name: Cow::Borrowed(VENDOR.name),
    summary: Cow::Borrowed(
        "Sends many research agents at once; each field of a structured answer names its sources.",
    ),
    base: Cow::Borrowed(VENDOR.base),
    key: Key::Missing,
    capabilities: Capabilities {
        list: true,
        output_schema: true,
        guidance: true,
        ..Capabilities::NONE
    },
    limits: Limits {
        question_chars: Some(wire::BRIEF_MAX as u32),
        schema_depth: Some(5),
        schema_properties: Some(50),
        ..Limits::NONE
    },
    efforts: Cow::Borrowed(&[
        effort(Effort::Quick, "medium", 25.0),
        effort(Effort::Standard, "high", 50.0),
        effort(Effort::Deep, "xhigh", 75.0),
    ]),
    options: Cow::Borrowed(&[]),
    // The reference asks for 10 to 15 s between polls.
    pace: Pace { poll_ms: 10_000, poll_max_ms: 15_000, silence_ms: 60_000, reply_ms: 60_000 },
};

/// A credit for each research agent that finishes, up to the number the depth allows.
const fn effort(effort: Effort, name: &'static str, agents: f64) -> EffortInfo {
    let price = Some(Price { from: 1.0, to: agents, unit: Cow::Borrowed("credits") });
    EffortInfo {
        effort,
        name: Cow::Borrowed(name),
        typical_seconds: None,
        slow_seconds: None,
        price,
    }
}

impl Provider for Extruct {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn check(&self, task: &Task) -> Result<Vec<Warning>, Error> {
        let warnings = check::check(&INFO, task)?;
        // The guidance goes into the brief and counts there.
        check::question(&INFO, &wording(task))?;
        let is_object = |schema: &Value| json::text(schema, "type") == Some("object");
        if task.output_schema.as_ref().is_some_and(|schema| !is_object(schema)) {
            let message = "Extruct takes an output schema whose \"type\" is \"object\".";
            return Err(check::refused("output_schema", message));
        }
        Ok(warnings)
    }

    fn wording<'a>(&self, task: &'a Task) -> Cow<'a, str> {
        wording(task)
    }

    fn create(&self, task: &Task, _token: &str, access: &Access) -> Result<Request, Error> {
        Ok(request::create(task, access))
    }

    fn follow(&self, job: &Job, _follow: Follow<'_>, access: &Access) -> Result<Request, Error> {
        Ok(request::task(&job.0, access))
    }

    fn list(&self, cursor: Option<&str>, access: &Access) -> Option<Request> {
        Some(request::tasks(cursor, access))
    }

    fn read(&self, frame: Frame<'_>) -> Result<Vec<Update>, Error> {
        reply::updates(frame)
    }

    fn read_failure(&self, head: &Head, body: &[u8]) -> Error {
        failure::read(head, body)
    }
}

/// Transcripts, by name.
#[cfg(feature = "fixtures")]
pub static FIXTURES: &[(&str, &str)] = &[
    ("access-lost", include_str!("fixtures/access-lost.txt")),
    ("adopted", include_str!("fixtures/adopted.txt")),
    ("adopted-late", include_str!("fixtures/adopted-late.txt")),
    ("ambiguous", include_str!("fixtures/ambiguous.txt")),
    ("cancelled", include_str!("fixtures/cancelled.txt")),
    ("completed", include_str!("fixtures/completed.txt")),
    ("degraded", include_str!("fixtures/degraded.txt")),
    ("failed", include_str!("fixtures/failed.txt")),
    ("failed-silently", include_str!("fixtures/failed-silently.txt")),
    ("gone", include_str!("fixtures/gone.txt")),
    ("newer", include_str!("fixtures/newer.txt")),
    ("no-credits", include_str!("fixtures/no-credits.txt")),
    ("no-plan", include_str!("fixtures/no-plan.txt")),
    ("not-created", include_str!("fixtures/not-created.txt")),
    ("proxy-503", include_str!("fixtures/proxy-503.txt")),
    ("rate-limited", include_str!("fixtures/rate-limited.txt")),
    ("raw-line-breaks", include_str!("fixtures/raw-line-breaks.txt")),
    ("refused-fields", include_str!("fixtures/refused-fields.txt")),
    ("second-page", include_str!("fixtures/second-page.txt")),
    ("storm", include_str!("fixtures/storm.txt")),
    ("structured", include_str!("fixtures/structured.txt")),
    ("structured-nested", include_str!("fixtures/structured-nested.txt")),
    ("structured-paths", include_str!("fixtures/structured-paths.txt")),
    ("unauthorized", include_str!("fixtures/unauthorized.txt")),
];
