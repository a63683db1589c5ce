//! `/research`

mod cite;
mod create;
mod events;
mod files;
mod view;

use std::sync::Arc;

use axum::Json;
use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use fathom_core::providers::tavily::wire::ResearchCreated;
use serde::Deserialize;

use crate::clock;
use crate::compat::address::Origin;
use crate::compat::{body, runs, stream};
use crate::error::ApiError;
use crate::routes::{App, Shared, blocking};

use events::Narrator;

const PROTOCOL: &str = "tavily-research";
/// Files come within the body: 80,000 words in base64, and room for the rest.
const MAX_BODY: usize = 4 << 20;

pub(super) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route("/research", post(create).layer(DefaultBodyLimit::max(MAX_BODY)))
        .route("/research/{request_id}", get(show))
}

/// `POST /research`: the task, or its events as they happen. The status is 200 in both cases, because one of the
/// official clients takes no other.
async fn create(
    State(app): App,
    origin: Origin,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, ApiError> {
    let begun = std::time::Instant::now();
    let wanted = create::read(&body::read(body)?)?;
    let stream = wanted.stream == Some(true);
    let run = runs::start(&app, create::ask(wanted)?).await?;
    if stream {
        return Ok(stream::follow(&app, &run, Narrator::new(&run, origin), None));
    }
    let request = create::request(&run);
    Ok(Json(ResearchCreated {
        request_id: run.id.clone(),
        created_at: clock::rfc3339(run.created_ms),
        status: "pending".to_owned(),
        input: request.input,
        model: request.model.unwrap_or_else(|| create::MODEL.to_owned()),
        response_time: begun.elapsed().as_secs_f64(),
    })
    .into_response())
}

#[derive(Debug, Deserialize)]
struct How {
    include_usage: Option<String>,
}

/// `GET /research/{request_id}`
async fn show(
    State(app): App,
    origin: Origin,
    Path(id): Path<String>,
    how: Result<Query<How>, QueryRejection>,
) -> Result<Response, ApiError> {
    let Query(how) = how.map_err(|error| ApiError::invalid("query", error.body_text()))?;
    let usage = how.include_usage.as_deref() == Some("true");
    let name = [PROTOCOL, if usage { "+usage" } else { "" }, origin.as_str()].concat();
    if let Some(kept) = runs::kept(&app, &name, &id) {
        return Ok(kept);
    }
    let (shared, run) = (Arc::clone(&app), id.clone());
    let run = blocking(move || runs::find(&shared, PROTOCOL, &run)).await?.ok_or_else(not_found)?;
    // What has not ended is answered with another status, and never kept.
    if !run.status.has_ended() {
        return Ok((StatusCode::ACCEPTED, Json(view::pending(&run))).into_response());
    }
    runs::answer(&app, name, PROTOCOL, id, move |run| view::task(run, usage, &origin))
        .await?
        .ok_or_else(not_found)
}

fn not_found() -> ApiError {
    ApiError::not_found("Research task not found")
}
