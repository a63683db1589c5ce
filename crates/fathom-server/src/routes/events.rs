//! `/api/v1/runs/{id}/events`: what happened, then what happens.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::{Stream, stream};
use serde::Deserialize;
use tokio::sync::watch;

use super::params::Params;
use super::{App, Shared, blocking, runs};
use crate::error::ApiError;
use crate::store::StoredEvent;
use crate::worker::Follower;

const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// Events read at a time: all the memory that a follower takes.
const BATCH: usize = 128;
const LAST: &str = "run-ended";

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
    let mut tail = Tail {
        follower: app.hub.follow(&id),
        ending: app.ending.clone(),
        shared: Arc::clone(&app),
        run: id.clone(),
        last,
        ready: VecDeque::new(),
        over: false,
    };
    let shared = Arc::clone(&app);
    let run = blocking(move || runs::find(&shared, &id)).await?;
    tail.fill().await?;
    if run.status.has_ended() && tail.ready.is_empty() {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let sse = Sse::new(tail.into_stream()).keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
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

/// The rest of a run's events, read from the store whenever the bell rings.
struct Tail {
    shared: Arc<Shared>,
    run: String,
    last: u64,
    ready: VecDeque<StoredEvent>,
    follower: Follower,
    ending: watch::Receiver<bool>,
    over: bool,
}

impl Tail {
    fn into_stream(self) -> impl Stream<Item = Result<Event, Infallible>> {
        stream::unfold(self, |mut tail| async move {
            let event = tail.next().await?;
            Some((Ok(event), tail))
        })
    }

    async fn next(&mut self) -> Option<Event> {
        while self.ready.is_empty() {
            if self.over || *self.ending.borrow() {
                return None;
            }
            // A store that cannot be read ends the stream; the client comes back with the last id it saw.
            self.fill().await.ok()?;
            if self.ready.is_empty() {
                if self.has_ended().await.ok()? {
                    return None;
                }
                tokio::select! {
                    () = self.follower.wait() => {}
                    _ = self.ending.changed() => return None,
                }
            }
        }
        let event = self.ready.pop_front()?;
        self.last = event.id;
        self.over = event.kind == LAST;
        let data = serde_json::to_string(&event).ok()?;
        Some(Event::default().id(event.id.to_string()).event(event.kind).data(data))
    }

    /// Whether the run is over and nothing is left: the follower had seen the last event, or named one that
    /// never came.
    async fn has_ended(&mut self) -> Result<bool, ApiError> {
        let (shared, run) = (Arc::clone(&self.shared), self.run.clone());
        let run = blocking(move || runs::find(&shared, &run)).await?;
        if run.status.has_ended() {
            // The end may have come between the look at the events and the look at the run.
            self.fill().await?;
        }
        Ok(run.status.has_ended() && self.ready.is_empty())
    }

    async fn fill(&mut self) -> Result<(), ApiError> {
        let (shared, run, last) = (Arc::clone(&self.shared), self.run.clone(), self.last);
        self.ready = blocking(move || Ok(shared.store.events(&run, last, BATCH)?)).await?.into();
        Ok(())
    }
}
