//! `/api/v1/runs`: create, list, show, cancel.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use fathom_core::{Effort, ErrorKind, Status, Task};
use serde::Serialize;
use serde_json::value::RawValue;

use super::params::{Page, Params};
use super::{App, Shared, blocking, task};
use crate::clock;
use crate::error::ApiError;
use crate::store::{Created, Failure, Filter, NewRun, Progress, Run};

/// When a client may try again after the queue was full.
const QUEUE_WAIT: Duration = Duration::from_secs(5);
/// How long a cancellation waits for the run to end, so that most answers already show the end.
const CANCEL_WAIT: Duration = Duration::from_secs(1);
/// Under which name answers are kept.
const ANSWER: &str = "api";

/// A run as `fathom_core::providers::local::wire::RunView` reads it. The report stays the text that
/// was stored, so that it is the same to the byte in every answer.
#[derive(Debug, Serialize)]
pub(super) struct View {
    id: String,
    status: Status,
    question: String,
    effort: Effort,
    created_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    started_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    finished_at: Option<String>,
    task: Task,
    progress: Progress,
    #[serde(skip_serializing_if = "Option::is_none")]
    sources: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grade: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Failure>,
}

impl From<Run> for View {
    fn from(run: Run) -> Self {
        Self {
            id: run.id,
            status: run.status,
            question: run.task.question.clone(),
            effort: run.task.effort,
            created_at: clock::rfc3339(run.created_ms),
            started_at: run.started_ms.map(clock::rfc3339),
            finished_at: run.finished_ms.map(clock::rfc3339),
            task: run.task,
            progress: run.progress,
            sources: None,
            grade: None,
            report: run.report,
            error: run.error,
        }
    }
}

impl View {
    /// A run whose end could not be stored has failed all the same.
    fn with_unsaved(mut self, shared: &Shared) -> Self {
        if let Some(failure) = shared.desk.unsaved(&self.id) {
            self.status = Status::Failed;
            self.error = Some(failure);
        }
        self
    }
}

/// A page of runs.
#[derive(Debug, Serialize)]
pub(super) struct ListView {
    runs: Vec<View>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

/// `POST /api/v1/runs`
pub(super) async fn create(
    State(app): App,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, ApiError> {
    let (task, token) = task::read(body)?;
    let shared = Arc::clone(&app);
    let created = blocking(move || store(&shared, &task, token.as_deref())).await?;
    match created {
        Created::New(run) => {
            app.metrics.run_created();
            app.desk.submit();
            let location = format!("/api/v1/runs/{}", run.id);
            Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(View::from(run)))
                .into_response())
        }
        Created::Known(run) => Ok(Json(View::from(run).with_unsaved(&app)).into_response()),
        Created::QueueFull => {
            app.metrics.run_refused();
            let message = "too many runs are waiting; try again later";
            Err(ApiError::new(ErrorKind::RateLimited, message).with_retry_after(QUEUE_WAIT))
        }
    }
}

fn store(shared: &Shared, task: &Task, token: Option<&str>) -> Result<Created, ApiError> {
    if let Some(earlier) = &task.follow_up_of
        && shared.store.get(earlier)?.is_none()
    {
        return Err(ApiError::invalid("follow_up_of", "there is no run of that id to follow up"));
    }
    let new = NewRun { task, token, queue_limit: shared.queue_limit, foreign: None };
    Ok(shared.store.create(&new)?)
}

/// `GET /api/v1/runs`
pub(super) async fn list(
    State(app): App,
    Params(page): Params<Page>,
) -> Result<Json<ListView>, ApiError> {
    let limit = page.limit()?;
    let before = page.cursor().map(read_cursor).transpose()?;
    // One more than asked for tells whether there is a next page.
    let filter = Filter { limit: limit + 1, before, text: page.text(), ..Filter::default() };
    let shared = Arc::clone(&app);
    let mut runs = blocking(move || Ok(shared.store.list(&filter)?)).await?;
    let more = runs.len() > limit;
    runs.truncate(limit);
    let next_cursor = runs.last().filter(|_| more).map(|run| run.seq.to_string());
    let runs = runs.into_iter().map(|mut run| View {
        sources: Some(run.sources),
        grade: run.grade.take(),
        ..View::from(run).with_unsaved(&app)
    });
    Ok(Json(ListView { runs: runs.collect(), next_cursor }))
}

fn read_cursor(cursor: &str) -> Result<i64, ApiError> {
    let digits = Some(cursor).filter(|cursor| cursor.bytes().all(|byte| byte.is_ascii_digit()));
    digits
        .and_then(|digits| digits.parse().ok())
        .ok_or_else(|| ApiError::invalid("cursor", "the cursor must be one that a list returned"))
}

/// `GET /api/v1/runs/{id}`
pub(super) async fn show(State(app): App, Path(id): Path<String>) -> Result<Response, ApiError> {
    if let Some(body) = app.answers.get(ANSWER, &id) {
        return Ok(json(body));
    }
    let body = blocking(move || {
        let run = find(&app, &id)?;
        let ended = run.status.has_ended();
        let view = View::from(run).with_unsaved(&app);
        let body = serde_json::to_vec(&view).map_err(|error| ApiError::internal(&error))?;
        let body = Bytes::from(body);
        if ended {
            app.answers.put(ANSWER, &id, body.clone());
        }
        Ok(body)
    });
    Ok(json(body.await?))
}

fn json(body: Bytes) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}

/// A run, or the answer that there is none.
pub(super) fn find(shared: &Shared, id: &str) -> Result<Run, ApiError> {
    shared.store.get(id)?.ok_or_else(|| ApiError::not_found("there is no run of that id"))
}

/// `POST /api/v1/runs/{id}/cancel`
pub(super) async fn cancel(
    State(app): App,
    Path(id): Path<String>,
) -> Result<Json<View>, ApiError> {
    let mut follower = app.hub.follow(&id);
    let (shared, run) = (Arc::clone(&app), id.clone());
    let run = blocking(move || ask_to_end(&shared, &run)).await?;
    if run.status.has_ended() {
        app.hub.ring(&id);
        return Ok(Json(View::from(run)));
    }
    let ended = async {
        loop {
            follower.wait().await;
            let (shared, run) = (Arc::clone(&app), id.clone());
            let run = blocking(move || find(&shared, &run)).await?;
            if run.status.has_ended() {
                return Ok::<Run, ApiError>(run);
            }
        }
    };
    let run = match tokio::time::timeout(CANCEL_WAIT, ended).await {
        Ok(ended) => ended?,
        Err(_) => run,
    };
    Ok(Json(View::from(run).with_unsaved(&app)))
}

/// Asks a run to end as cancelled; it may go on for a moment.
pub(crate) fn ask_to_end(shared: &Shared, id: &str) -> Result<Run, ApiError> {
    let run = shared
        .store
        .cancel(id)?
        .ok_or_else(|| ApiError::not_found("there is no run of that id"))?;
    if run.status != Status::Running {
        return Ok(run);
    }
    shared.desk.cancel(id);
    // The run may have ended just before the flag was set; then nobody else takes the flag away.
    let run = find(shared, id)?;
    if run.status.has_ended() {
        shared.desk.forget(id);
    }
    Ok(run)
}
