#![doc = include_str!("README.md")]

use std::borrow::Cow;

use crate::{
    error::Error,
    http::{Head, Request},
    provider::{
        Access, Capabilities, EffortInfo, Follow, Frame, Info, Job, Key, KeyPlace, Limits, Pace,
        Price, Provider, Route, Update, Vendor, check, request::wording,
    },
    report::Warning,
    task::{Effort, Task},
};

pub mod endpoint;
mod failure;
mod files;
mod reply;
mod request;
mod rules;
mod stream;
pub mod wire;

/// Tavily Research.
#[derive(Clone, Copy, Debug)]
pub struct Tavily;

/// Tavily, as a gateway sees it.
///
/// Source: the API reference (read 2026-11-22). A task's files may be large, see [`mod@self`].
pub static VENDOR: Vendor = Vendor {
    id: "tavily",
    name: "Tavily",
    base: "https://api.tavily.com",
    key_env: "TAVILY_API_KEY",
    key: KeyPlace::Bearer,
    headers: &["x-project-id", "x-client-source"],
    routes: &[
        Route::post("/research").up_to(8 << 20),
        Route::get("/research/{id}"),
        Route::post("/search"),
        Route::post("/extract"),
        Route::post("/crawl"),
        Route::post("/map"),
        Route::get("/usage"),
    ],
    failure: failure::read,
};

static INFO: Info = Info {
    id: Cow::Borrowed("tavily"),
    vendor: Cow::Borrowed(VENDOR.id),
    name: Cow::Borrowed(VENDOR.name),
    summary: Cow::Borrowed(
        "Searches the web and writes a report with numbered sources, in minutes.",
    ),
    base: Cow::Borrowed(VENDOR.base),
    key: Key::Missing,
    capabilities: Capabilities {
        output_schema: true,
        guidance: true,
        include: true,
        exclude: true,
        ..Capabilities::NONE
    },
    limits: Limits {
        include: Some(rules::SITES_MAX),
        exclude: Some(rules::SITES_MAX),
        ..Limits::NONE
    },
    efforts: Cow::Borrowed(&[
        effort(Effort::Quick, "mini", 4.0, 110.0),
        effort(Effort::Standard, "auto", 4.0, 250.0),
        effort(Effort::Deep, "pro", 15.0, 250.0),
    ]),
    options: Cow::Borrowed(&[
        Cow::Borrowed("citation_format"),
        Cow::Borrowed("output_length"),
        Cow::Borrowed("files"),
        Cow::Borrowed("stream"),
    ]),
    // Official samples ask every 10 s. An answer that came too late would be a job lost, so there is
    // much time for it.
    pace: Pace { poll_ms: 2_000, poll_max_ms: 10_000, silence_ms: 180_000, reply_ms: 120_000 },
};

/// No durations are documented; for the prices see the README.
const fn effort(effort: Effort, name: &'static str, from: f64, to: f64) -> EffortInfo {
    let price = Some(Price { from, to, unit: Cow::Borrowed("credits") });
    EffortInfo {
        effort,
        name: Cow::Borrowed(name),
        typical_seconds: None,
        slow_seconds: None,
        price,
    }
}

impl Provider for Tavily {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn check(&self, task: &Task) -> Result<Vec<Warning>, Error> {
        let warnings = check::check(&INFO, task)?;
        rules::check(task)?;
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
    ("answer-502", include_str!("fixtures/answer-502.txt")),
    ("answer-cut", include_str!("fixtures/answer-cut.txt")),
    ("answer-cut-clean", include_str!("fixtures/answer-cut-clean.txt")),
    ("answer-html", include_str!("fixtures/answer-html.txt")),
    ("answer-lost", include_str!("fixtures/answer-lost.txt")),
    ("cancelled", include_str!("fixtures/cancelled.txt")),
    ("completed", include_str!("fixtures/completed.txt")),
    ("created-201", include_str!("fixtures/created-201.txt")),
    ("every-setting", include_str!("fixtures/every-setting.txt")),
    ("failed", include_str!("fixtures/failed.txt")),
    ("failed-with-reason", include_str!("fixtures/failed-with-reason.txt")),
    ("finished-at-once", include_str!("fixtures/finished-at-once.txt")),
    ("gone", include_str!("fixtures/gone.txt")),
    ("newer", include_str!("fixtures/newer.txt")),
    ("no-content", include_str!("fixtures/no-content.txt")),
    ("no-key-limit", include_str!("fixtures/no-key-limit.txt")),
    ("paygo-limit", include_str!("fixtures/paygo-limit.txt")),
    ("plan-limit", include_str!("fixtures/plan-limit.txt")),
    ("rate-limited", include_str!("fixtures/rate-limited.txt")),
    ("refused", include_str!("fixtures/refused.txt")),
    ("refused-fields", include_str!("fixtures/refused-fields.txt")),
    ("storm", include_str!("fixtures/storm.txt")),
    ("stream-closed", include_str!("fixtures/stream-closed.txt")),
    ("stream-dropped", include_str!("fixtures/stream-dropped.txt")),
    ("stream-empty", include_str!("fixtures/stream-empty.txt")),
    ("stream-error", include_str!("fixtures/stream-error.txt")),
    ("stream-ignored", include_str!("fixtures/stream-ignored.txt")),
    ("stream-lost", include_str!("fixtures/stream-lost.txt")),
    ("stream-older", include_str!("fixtures/stream-older.txt")),
    ("streamed", include_str!("fixtures/streamed.txt")),
    ("streamed-structured", include_str!("fixtures/streamed-structured.txt")),
    ("structured", include_str!("fixtures/structured.txt")),
    ("unauthorized", include_str!("fixtures/unauthorized.txt")),
];
