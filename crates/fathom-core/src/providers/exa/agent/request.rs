//! The requests of `/agent/runs`.

use serde_json::Value;

use crate::{
    error::Error,
    http::{Request, encode},
    number,
    provider::{Access, request::Body},
    task::Task,
};

use super::{
    INFO,
    rules::{DATA_SOURCES, STREAM, TOKEN, USER_IDENTIFIER, data_sources},
};
use crate::providers::exa::auth;

/// The level that was a preview before `ultra` took its place, and what asks for the preview.
const PREVIEW: (&str, &str) = ("max", "agent-max-effort-2026-07-27");

/// Submits a task. The reply is a run, or, where the option `stream` is set, its events as they
/// happen.
///
/// # Errors
/// When the data sources are not named as Exa wants them.
pub fn create(task: &Task, token: &str, access: &Access) -> Result<Request, Error> {
    let mut request = auth::send("/agent/runs", body(task, token)?.write(), access);
    if INFO.level(task).is_some_and(|level| level.name == PREVIEW.0) {
        request.headers.insert("exa-beta", PREVIEW.1)?;
    }
    if task.options.get(STREAM) == Some(&Value::Bool(true)) {
        request.headers.insert("accept", "text/event-stream")?;
        request.stream = true;
    }
    Ok(request)
}

/// The task as a [`crate::providers::exa::wire::agent::CreateRun`].
fn body(task: &Task, token: &str) -> Result<Body, Error> {
    let mut body = Body::default();
    body.text("query", Some(&task.question));
    body.text("systemPrompt", task.guidance.as_deref());
    body.value("outputSchema", task.output_schema.as_ref());
    body.level("effort", &INFO, task);
    body.text("previousRunId", task.follow_up_of.as_deref());
    body.value("userIdentifier", task.options.get(USER_IDENTIFIER));
    let mut rows = Body::default();
    rows.list("data", task.rows.clone());
    rows.list("exclusion", task.known.clone());
    body.object("input", rows);
    let mut budget = Body::default();
    if let Some(usd) = task.budget.usd {
        budget.set("maxCostDollars", usd.into());
    }
    if let Some(seconds) = task.budget.seconds {
        budget.set("maxDurationSeconds", seconds.into());
    }
    body.object("budget", budget);
    body.object("metadata", labels(task, token));
    if let Some(named) = task.options.get(DATA_SOURCES) {
        let mut sources = Vec::new();
        for name in data_sources(named)? {
            let mut source = Body::default();
            source.text("provider", Some(name));
            sources.push(source.into());
        }
        body.set("dataSources", Value::Array(sources));
    }
    Ok(body)
}

/// The task's labels and our token, by which the run is found again when the answer is lost.
fn labels(task: &Task, token: &str) -> Body {
    let mut labels = Body::default();
    for (name, value) in task.metadata.iter() {
        labels.text(name, Some(value));
    }
    if !token.is_empty() {
        labels.text(TOKEN, Some(token));
    }
    labels
}

/// Reads one run.
pub fn run(id: &str, access: &Access) -> Request {
    auth::get(&["/agent/runs/", &encode(id)], access)
}

/// Reads, as a stream, the events of a run after the one named `last`. The stream closes when all
/// that have happened are told.
///
/// # Errors
/// When `last` cannot be sent in a header.
pub fn events(id: &str, last: Option<&str>, access: &Access) -> Result<Request, Error> {
    auth::events(&["/agent/runs/", &encode(id), "/events"], last, access)
}

/// Reads a page of the events of a run, 100 at most; see [`super::reply::events_page`].
pub fn events_page(id: &str, cursor: Option<&str>, access: &Access) -> Request {
    let path = ["/agent/runs/", &encode(id), "/events"].concat();
    auth::page(&path, "100", cursor, access)
}

/// Ends a run early and gives up its results.
pub fn cancel(id: &str, access: &Access) -> Request {
    auth::act(&["/agent/runs/", &encode(id), "/cancel"], access)
}

/// Ends a run of the level `ultra` early and keeps what it has; it is then completed.
pub fn stop(id: &str, access: &Access) -> Request {
    auth::act(&["/agent/runs/", &encode(id), "/stop"], access)
}

/// Removes a run and its results; see [`super::reply::deleted`].
pub fn delete(id: &str, access: &Access) -> Request {
    let mut request = run(id, access);
    request.method = crate::http::Method::Delete;
    request
}

/// Lists runs, newest first, at most 100 a page.
pub fn runs(limit: Option<u32>, cursor: Option<&str>, access: &Access) -> Request {
    let limit = number::text(limit.unwrap_or(100).clamp(1, 100).into());
    auth::page("/agent/runs", &limit, cursor, access)
}
