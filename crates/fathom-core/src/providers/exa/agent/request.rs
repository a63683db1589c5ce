//! The requests of `/agent/runs`.

use serde_json::{Map, Value};

use crate::{
    error::Error,
    http::{Request, encode},
    provider::Access,
    task::Task,
};

use super::{
    INFO,
    rules::{DATA_SOURCES, STREAM, TOKEN, USER_IDENTIFIER, data_sources},
};
use crate::providers::exa::{
    auth,
    wire::agent::{Budget, CreateRun, DataSource, Input},
};

/// The level that was a preview before `ultra` took its place, and what asks for the preview.
const PREVIEW: (&str, &str) = ("max", "agent-max-effort-2026-07-27");

/// Submits a task. The reply is a run, or, where the option `stream` is set, its events as they
/// happen.
///
/// # Errors
/// When the task cannot be written as JSON.
pub fn create(task: &Task, token: &str, access: &Access) -> Result<Request, Error> {
    let body = body(task, token)?;
    let preview = body.effort.as_deref() == Some(PREVIEW.0);
    let mut request = auth::post("/agent/runs", &body, access)?;
    if preview {
        request.headers.insert("exa-beta", PREVIEW.1)?;
    }
    if task.options.get(STREAM) == Some(&Value::Bool(true)) {
        request.headers.insert("accept", "text/event-stream")?;
        request.stream = true;
    }
    Ok(request)
}

fn body(task: &Task, token: &str) -> Result<CreateRun, Error> {
    let sources = task.options.get(DATA_SOURCES).map(data_sources).transpose()?;
    let sources =
        sources.map(|names| names.into_iter().map(|provider| DataSource { provider }).collect());
    let user = task.options.get(USER_IDENTIFIER).and_then(Value::as_str);
    let rows = !task.rows.is_empty() || !task.known.is_empty();
    let budget =
        Budget { max_cost_dollars: task.budget.usd, max_duration_seconds: task.budget.seconds };
    Ok(CreateRun {
        query: task.question.clone(),
        system_prompt: task.guidance.clone(),
        input: rows.then(|| Input { data: task.rows.clone(), exclusion: task.known.clone() }),
        output_schema: task.output_schema.clone(),
        effort: INFO.level(task).map(|level| level.name.clone().into_owned()),
        budget: (!task.budget.is_empty()).then_some(budget),
        previous_run_id: task.follow_up_of.clone(),
        metadata: Some(labels(task, token)).filter(|labels| !labels.is_empty()),
        data_sources: sources,
        user_identifier: user.map(str::to_owned),
    })
}

/// The task's labels and our token, by which the run is found again when the answer is lost.
fn labels(task: &Task, token: &str) -> Map<String, Value> {
    let mut labels = Map::new();
    for (name, value) in &task.metadata {
        labels.insert(name.clone(), value.as_str().into());
    }
    if !token.is_empty() {
        labels.insert(TOKEN.to_owned(), token.into());
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
    let path = ["/agent/runs/", &encode(id), "/events"].concat();
    Ok(auth::with_key(Request::events(access.url(&path), last)?, access))
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
    let limit = limit.unwrap_or(100).clamp(1, 100).to_string();
    auth::page("/agent/runs", &limit, cursor, access)
}
