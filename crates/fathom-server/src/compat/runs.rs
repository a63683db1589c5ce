//! Starting, finding and ending runs for clients of other protocols.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use fathom_core::{ErrorKind, Report, Status, Task};
use serde_json::Value;

use crate::error::ApiError;
use crate::routes::{Shared, ask_to_end, blocking};
use crate::store::{Created, Filter, Foreign, Material, NewRun, Run};

/// When a client may try again that found the queue full.
const QUEUE_WAIT: Duration = Duration::from_secs(5);
/// How long an answer waits for a run that was asked to end.
const END_WAIT: Duration = Duration::from_secs(1);

/// A run to start.
#[derive(Debug)]
pub(super) struct Ask {
    pub protocol: &'static str,
    /// In the form of that protocol.
    pub id: String,
    pub task: Task,
    /// What the protocol has to show again.
    pub request: Value,
    pub material: Option<Material>,
}

/// Stores a run; it is in the queue when this returns.
pub(super) async fn start(app: &Arc<Shared>, ask: Ask) -> Result<Run, ApiError> {
    let shared = Arc::clone(app);
    let created = blocking(move || {
        let foreign = Foreign {
            protocol: ask.protocol,
            id: &ask.id,
            request: &ask.request,
            material: ask.material.as_ref(),
        };
        let queue_limit = shared.queue_limit;
        let new = NewRun { task: &ask.task, token: None, queue_limit, foreign: Some(foreign) };
        Ok(shared.store.create(&new)?)
    });
    match created.await? {
        Created::New(run) | Created::Known(run) => {
            app.metrics.run_created();
            app.desk.submit();
            Ok(run)
        }
        Created::QueueFull => {
            app.metrics.run_refused();
            Err(ApiError::new(ErrorKind::RateLimited, "too many runs are waiting; try again later")
                .with_retry_after(QUEUE_WAIT))
        }
    }
}

/// A run of this protocol; runs of others are not there.
pub(super) fn find(
    shared: &Shared,
    protocol: &'static str,
    id: &str,
) -> Result<Option<Run>, ApiError> {
    let run = shared.store.get(id)?.filter(|run| run.protocol == protocol);
    Ok(run.map(|run| with_unsaved(shared, run)))
}

/// Runs of one protocol, newest first.
pub(super) fn list(shared: &Shared, filter: &Filter) -> Result<Vec<Run>, ApiError> {
    let runs = shared.store.list(filter)?;
    Ok(runs.into_iter().map(|run| with_unsaved(shared, run)).collect())
}

/// A run whose end could not be stored has failed all the same.
fn with_unsaved(shared: &Shared, mut run: Run) -> Run {
    if let Some(failure) = shared.desk.unsaved(&run.id) {
        run.status = Status::Failed;
        run.error = Some(failure);
    }
    run
}

/// Asks a run to end as cancelled, and waits for that a moment.
pub(super) async fn cancel(app: &Arc<Shared>, run: Run) -> Result<Run, ApiError> {
    end(app, run, |shared, id| ask_to_end(shared, id).map(|_| ())).await
}

/// Asks a run to complete with what there is, and waits for that a moment.
pub(super) async fn stop(app: &Arc<Shared>, run: Run) -> Result<Run, ApiError> {
    end(app, run, |shared, id| {
        shared.desk.finish_early(id);
        // The run may have ended just before; then nobody else takes the wish away.
        if shared.store.get(id)?.is_none_or(|run| run.status.has_ended()) {
            shared.desk.forget(id);
        }
        Ok(())
    })
    .await
}

async fn end(
    app: &Arc<Shared>,
    run: Run,
    ask: impl FnOnce(&Shared, &str) -> Result<(), ApiError> + Send + 'static,
) -> Result<Run, ApiError> {
    if run.status.has_ended() {
        return Ok(run);
    }
    let mut follower = app.hub.follow(&run.id);
    let (shared, id) = (Arc::clone(app), run.id.clone());
    blocking(move || ask(&shared, &id)).await?;
    app.hub.ring(&run.id);
    let now = || {
        let (shared, id) = (Arc::clone(app), run.id.clone());
        blocking(move || Ok(shared.store.get(&id)?))
    };
    let ended = async {
        loop {
            follower.wait().await;
            if let Some(run) = now().await?.filter(|run| run.status.has_ended()) {
                return Ok::<Run, ApiError>(run);
            }
        }
    };
    match tokio::time::timeout(END_WAIT, ended).await {
        Ok(ended) => ended,
        Err(_) => Ok(now().await?.unwrap_or(run)),
    }
}

/// Takes a run away, after ending it if need be; says whether it is gone.
pub(super) async fn delete(app: &Arc<Shared>, run: Run) -> Result<bool, ApiError> {
    let run = cancel(app, run).await?;
    app.answers.forget(&run.id);
    let shared = Arc::clone(app);
    blocking(move || Ok(shared.store.delete(&run.id)?)).await
}

/// The report of a run; an empty one where there is none.
pub(super) fn report(run: &Run) -> Report {
    let text = run.report.as_ref().map(|report| report.get());
    text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

/// The request that a run was started with.
pub(super) fn request<T: serde::de::DeserializeOwned + Default>(run: &Run) -> T {
    let text = run.request.as_ref().map(|request| request.get());
    text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

/// Why a run failed, in words; `None` unless it has.
pub(super) fn failure(run: &Run) -> Option<String> {
    match run.status {
        Status::Failed => Some(
            run.error
                .as_ref()
                .map_or_else(|| "the run failed".to_owned(), |failure| failure.message.clone()),
        ),
        _ => None,
    }
}

/// The place in a list after which the next page begins.
pub(super) fn read_cursor(cursor: Option<&str>) -> Result<Option<i64>, ApiError> {
    let cursor = cursor.filter(|cursor| !cursor.is_empty());
    cursor
        .map(str::parse)
        .transpose()
        .map_err(|_| ApiError::invalid("cursor", "the cursor must be one that a list returned"))
}

/// One page of a list that was read with one entry too many; whether there are more, and where they begin.
pub(super) fn page(mut runs: Vec<Run>, limit: usize) -> (Vec<Run>, Option<String>) {
    let more = runs.len() > limit;
    runs.truncate(limit);
    let next = runs.last().filter(|_| more).map(|run| run.seq.to_string());
    (runs, next)
}

/// The answer about one run, kept once the run has ended; `None` where there is no such run.
pub(super) async fn answer<T: serde::Serialize>(
    app: &Arc<Shared>,
    name: String,
    protocol: &'static str,
    id: String,
    view: impl FnOnce(&Run) -> T + Send + 'static,
) -> Result<Option<Response>, ApiError> {
    if let Some(kept) = kept(app, &name, &id) {
        return Ok(Some(kept));
    }
    let app = Arc::clone(app);
    let body = blocking(move || {
        let Some(run) = find(&app, protocol, &id)? else { return Ok(None) };
        let body = serde_json::to_vec(&view(&run)).map_err(|error| ApiError::internal(&error))?;
        let body = Bytes::from(body);
        if run.status.has_ended() {
            app.answers.put(&name, &id, body.clone());
        }
        Ok(Some(body))
    });
    Ok(body.await?.map(json))
}

/// The answer about a run that was given before.
pub(super) fn kept(app: &Shared, name: &str, id: &str) -> Option<Response> {
    app.answers.get(name, id).map(json)
}

fn json(body: Bytes) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}
