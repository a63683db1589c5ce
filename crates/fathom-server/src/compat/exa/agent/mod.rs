//! `/agent/runs`

mod create;
mod events;
mod view;

use std::sync::Arc;

use axum::Json;
use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use fathom_core::Status;
use fathom_core::providers::exa::wire::Page;
use fathom_core::providers::exa::wire::agent::{self, DeletedRun, Event, EventPage};

use super::list::{self, Asked, Place};
use crate::compat::address::Origin;
use crate::compat::teller::Framed;
use crate::compat::{body, runs, stream, teller};
use crate::error::ApiError;
use crate::routes::{App, Shared, blocking};
use crate::store::Run;

use events::Narrator;

const PROTOCOL: &str = "exa-agent";
const LIMIT: u64 = 20;
const MOST: u64 = 100;
/// A run of this effort can be stopped.
const STOPPABLE: [&str; 2] = ["ultra", "max"];

pub(super) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route("/agent/runs", post(create).get(all))
        .route("/agent/runs/{id}", get(show).delete(delete))
        .route("/agent/runs/{id}/events", get(events))
        .route("/agent/runs/{id}/cancel", post(cancel))
        .route("/agent/runs/{id}/stop", post(stop))
}

/// `POST /agent/runs`: the run, or its events as they happen.
async fn create(
    State(app): App,
    origin: Origin,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, ApiError> {
    let wanted = create::read(&body::read(body)?)?;
    if let Some(earlier) = wanted.previous_run_id.clone() {
        let shared = Arc::clone(&app);
        let found = blocking(move || runs::find(&shared, PROTOCOL, &earlier)).await?;
        create::check_earlier(found.as_ref())?;
    }
    let shared = Arc::clone(&app);
    let (of, asked) = (origin.clone(), wanted.clone());
    let ask = blocking(move || create::ask(&asked, &shared.library, &of)).await?;
    let run = runs::start(&app, ask).await?;
    if wants_stream(&headers) {
        let teller = Framed::new(Narrator::new(&run, origin), events::frame);
        return Ok(stream::follow(&app, &run, teller, Some(stream::KEEP_ALIVE)));
    }
    Ok(Json(view::view(&run, &origin)).into_response())
}

fn wants_stream(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/event-stream"))
}

/// `GET /agent/runs/{id}`
async fn show(
    State(app): App,
    origin: Origin,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let name = [PROTOCOL, origin.as_str()].concat();
    runs::answer(&app, name, PROTOCOL, id, move |run| view::view(run, &origin))
        .await?
        .ok_or_else(not_found)
}

fn not_found() -> ApiError {
    ApiError::not_found("Agent run not found").with_code("RUN_NOT_FOUND")
}

async fn find(app: &Arc<Shared>, id: String) -> Result<Run, ApiError> {
    let shared = Arc::clone(app);
    blocking(move || runs::find(&shared, PROTOCOL, &id)).await?.ok_or_else(not_found)
}

/// `GET /agent/runs`
async fn all(
    State(app): App,
    origin: Origin,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Json<Page<agent::Run>>, ApiError> {
    let place = Asked::read(asked, LIMIT, MOST)?;
    let (found, next_cursor) = list::page(app, PROTOCOL, place).await?;
    Ok(Json(Page {
        object: Some("list".to_owned()),
        data: found.iter().map(|run| view::view(run, &origin)).collect(),
        has_more: next_cursor.is_some(),
        next_cursor,
        ..Page::default()
    }))
}

/// `GET /agent/runs/{id}/events`: a page, or everything that is stored as a stream that then ends.
async fn events(
    State(app): App,
    origin: Origin,
    headers: HeaderMap,
    Path(id): Path<String>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiError> {
    let Place { limit, cursor } = Asked::read(asked, LIMIT, MOST)?;
    let run = find(&app, id).await?;
    let mut told = blocking(move || {
        let mut narrator = Narrator::new(&run, origin);
        teller::log(&app, &run, &mut narrator)
    })
    .await?;
    if wants_stream(&headers) {
        let last = last_event(&headers)?;
        told.retain(|event| number(event) > last);
        return Ok(stream::replay(&told.into_iter().map(events::frame).collect::<Vec<_>>()));
    }
    told.retain(|event| cursor.is_none_or(|cursor| number(event) > Some(cursor)));
    let has_more = told.len() > limit;
    told.truncate(limit);
    let next_cursor = told.last().filter(|_| has_more).map(|event| event.id.clone());
    let object = Some("list".to_owned());
    Ok(Json(EventPage { object, data: told, has_more, next_cursor, ..Page::default() })
        .into_response())
}

/// The place of an event; nothing goes before everything.
fn number(event: &Event) -> Option<i64> {
    event.id.parse().ok()
}

fn last_event(headers: &HeaderMap) -> Result<Option<i64>, ApiError> {
    let header = headers.get("last-event-id").and_then(|value| value.to_str().ok());
    let id = header.map(str::trim).filter(|id| !id.is_empty());
    id.map(str::parse)
        .transpose()
        .map_err(|_| ApiError::invalid("Last-Event-ID", "Last-Event-ID must be the id of an event"))
}

/// `POST /agent/runs/{id}/cancel`
async fn cancel(
    State(app): App,
    origin: Origin,
    Path(id): Path<String>,
) -> Result<Json<agent::Run>, ApiError> {
    let run = find(&app, id).await?;
    Ok(Json(view::view(&runs::cancel(&app, run).await?, &origin)))
}

/// `POST /agent/runs/{id}/stop`
async fn stop(
    State(app): App,
    origin: Origin,
    Path(id): Path<String>,
) -> Result<Json<agent::Run>, ApiError> {
    let run = find(&app, id).await?;
    let effort = run.task.level.as_deref().unwrap_or_default();
    if !STOPPABLE.contains(&effort) {
        return Err(ApiError::invalid(
            "effort",
            "only runs of effort ultra can be stopped; cancel this one",
        ));
    }
    Ok(Json(view::view(&runs::stop(&app, run).await?, &origin)))
}

/// `DELETE /agent/runs/{id}`
async fn delete(State(app): App, Path(id): Path<String>) -> Result<Json<DeletedRun>, ApiError> {
    let run = find(&app, id.clone()).await?;
    if !runs::delete(&app, run).await? {
        return Err(ApiError::invalid("id", "the run is still ending; try again in a moment"));
    }
    Ok(Json(DeletedRun::new(id)))
}

/// How a run of ours stands, in the agent's words.
const fn status(run: &Run) -> &'static str {
    match run.status {
        Status::Queued => agent::status::QUEUED,
        Status::Running => agent::status::RUNNING,
        Status::Completed => agent::status::COMPLETED,
        Status::Failed => agent::status::FAILED,
        Status::Cancelled => agent::status::CANCELLED,
    }
}
