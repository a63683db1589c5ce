//! `/healthz` and `/metrics`.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::{App, blocking};
use crate::error::ApiError;
use crate::metrics::Gauge;

/// `GET /healthz`: the program listens. What the library does is told elsewhere.
pub(super) async fn healthz() -> &'static str {
    "ok\n"
}

/// `GET /metrics`
pub(super) async fn metrics(State(app): App) -> Result<Response, ApiError> {
    let shared = Arc::clone(&app);
    let queued = blocking(move || Ok(shared.store.queued()?)).await?;
    let library = app.library.view();
    let pages = app.web.as_ref().map_or(0, |web| web.fetched());
    let gauge = |name, help, value| Gauge { name, help, value };
    let page = app.metrics.page(&[
        gauge("fathom_runs_queued", "Runs that wait for a worker.", queued),
        gauge("fathom_runs_followed", "Runs that somebody follows.", app.hub.followed() as u64),
        gauge("fathom_library_documents", "Documents that can be researched.", library.documents),
        gauge("fathom_library_passages", "Passages that can be found.", library.passages),
        gauge(
            "fathom_library_skipped",
            "Files that could not be read.",
            library.skipped.len() as u64,
        ),
        gauge("fathom_live_pages", "Pages of the web fetched since the program started.", pages),
    ]);
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], page).into_response())
}
