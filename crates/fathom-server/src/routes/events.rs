//! `/api/v1/runs/{id}/events`: what happened, then what happens.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::{Stream, stream};
use serde::Deserialize;

use super::params::Params;
use super::tail::Tail;
use super::{App, blocking, runs};
use crate::error::ApiError;

const KEEP_ALIVE: Duration = Duration::from_secs(15);

#[derive(Debug, Deserialize)]
pub(super) struct Since {
    last_event_id: Option<String>,
}

/// `GET /api/v1/runs/{id}/events`
pub(super) async fn follow(
    State(app): App,
    Path(id): Path<String>,
    Params(since): Params<Since>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let last = last_event(&headers, &since)?;
    let mut tail = Tail::new(&app, &id, last);
    let shared = Arc::clone(&app);
    let run = blocking(move || runs::find(&shared, &id)).await?;
    tail.fill().await?;
    if run.status.has_ended() && tail.is_empty() {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let sse = Sse::new(frames(tail)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    Ok(sse.into_response())
}

/// The id after which the stream begins. Both places may hold one; the header goes first.
fn last_event(headers: &HeaderMap, since: &Since) -> Result<u64, ApiError> {
    let header = headers.get("last-event-id").map(|value| value.to_str().unwrap_or("?"));
    let header = header.map(event_id).transpose()?.flatten();
    let query = since.last_event_id.as_deref().map(event_id).transpose()?.flatten();
    Ok(header.or(query).unwrap_or_default())
}

/// Up to 19 digits, which always fit; nothing at all means none, as browsers mean it.
fn event_id(text: &str) -> Result<Option<u64>, ApiError> {
    if text.is_empty() {
        return Ok(None);
    }
    let digits = Some(text).filter(|id| id.len() < 20 && id.bytes().all(|b| b.is_ascii_digit()));
    digits.and_then(|digits| digits.parse().ok()).map(Some).ok_or_else(|| {
        ApiError::invalid("last_event_id", "Last-Event-ID must be the id of an event")
    })
}

fn frames(tail: Tail) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(tail, |mut tail| async move {
        let event = tail.next().await?;
        let data = serde_json::to_string(&event).ok()?;
        let frame = Event::default().id(event.id.to_string()).event(event.kind).data(data);
        Some((Ok(frame), tail))
    })
}
