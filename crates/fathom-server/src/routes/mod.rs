//! The HTTP face: one file for each resource.

mod answers;
mod events;
mod guard;
mod health;
mod library;
mod more;
mod openapi;
mod params;
mod providers;
mod runs;
mod tail;
mod task;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{Method, Uri};
use axum::middleware;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{any, get, post};
use fathom_core::ErrorKind;
use tokio::sync::watch;

use crate::app;
use crate::compat::{self, Engine};
use crate::error::ApiError;
use crate::gateway::{self, Gateway};
use crate::library::Library;
use crate::metrics::Metrics;
use crate::store::Store;
use crate::token::Token;
use crate::web::Web;
use crate::worker::{Desk, Hub};

/// The largest body that is read. A question of the longest kind with a large schema fits well.
const MAX_BODY: usize = 1 << 20;

/// What every handler can reach.
#[derive(Debug)]
pub(crate) struct Shared {
    pub store: Arc<dyn Store>,
    pub library: Arc<Library>,
    pub desk: Arc<Desk>,
    pub hub: Arc<Hub>,
    pub answers: Answers,
    /// Works on what clients wait for.
    pub engine: Engine,
    pub metrics: Arc<Metrics>,
    pub gateway: Gateway,
    /// Live pages, when the program may fetch them.
    pub web: Option<Arc<Web>>,
    pub token: Option<Token>,
    /// More queued runs than this are refused.
    pub queue_limit: u64,
    /// Turns true when the program ends, so that streams end too.
    pub ending: watch::Receiver<bool>,
}

pub(crate) use answers::Answers;
pub(crate) use guard::RequestId;
pub(crate) use runs::ask_to_end;
pub(crate) use tail::Tail;

pub(crate) type App = State<Arc<Shared>>;

/// All routes with everything that stands in front of them.
pub(crate) fn router(shared: Arc<Shared>) -> Router {
    let api = Router::new()
        .route("/runs", post(runs::create).get(runs::list))
        .route("/runs/{id}", get(runs::show))
        .route("/runs/{id}/events", get(events::follow))
        .route("/runs/{id}/cancel", post(runs::cancel))
        .route("/library", get(library::show))
        .route("/library/documents", get(library::list))
        .route("/library/documents/{*document}", get(library::document))
        .route("/providers", get(providers::list))
        .route("/openapi.json", get(openapi::show));
    Router::new()
        .nest("/api/v1", api)
        .route("/gateway/{*target}", any(gateway::pass))
        .merge(compat::router())
        .route("/healthz", get(health::healthz))
        .route("/metrics", get(health::metrics))
        .fallback(fallback)
        .method_not_allowed_fallback(wrong_method)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(middleware::from_fn_with_state(Arc::clone(&shared), guard::stand))
        .with_state(shared)
}

async fn wrong_method(method: Method, uri: Uri) -> ApiError {
    ApiError::new(
        ErrorKind::Unsupported,
        format!("{} does not take {method}; the Allow header names what it takes", uri.path()),
    )
}

/// Everything that no route knows is the app's, except below `/api` and the like.
async fn fallback(method: Method, uri: Uri, headers: axum::http::HeaderMap) -> Response {
    if is_api(uri.path()) {
        return ApiError::not_found(format!(
            "there is nothing at {}; docs/api.md lists what there is",
            uri.path()
        ))
        .into_response();
    }
    if method != Method::GET && method != Method::HEAD {
        return wrong_method(method, uri).await.into_response();
    }
    app::answer(uri.path(), &headers).unwrap_or_else(|| {
        ApiError::not_found(format!("there is nothing at {}", uri.path())).into_response()
    })
}

/// Whether a path belongs to programs, not to people.
fn is_api(path: &str) -> bool {
    ["/api", "/gateway", "/local"].iter().any(|root| {
        path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

/// Runs work that reads or writes files off the threads that serve connections.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ApiError> + Send + 'static,
) -> Result<T, ApiError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(ApiError::internal(&error)))
}
