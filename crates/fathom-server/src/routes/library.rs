//! `/api/v1/library`: what can be researched, and the documents behind citations.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use fathom_core::providers::local::wire::{DocumentPage, LibraryView};

use super::params::{Page, Params};
use super::{App, blocking};
use crate::error::ApiError;

/// `GET /api/v1/library`
pub(super) async fn show(State(app): App) -> Json<LibraryView> {
    Json(app.library.view())
}

/// `GET /api/v1/library/documents`
pub(super) async fn list(
    State(app): App,
    Params(page): Params<Page>,
) -> Result<Json<DocumentPage>, ApiError> {
    let limit = page.limit()?;
    let (text, after) = (page.text(), page.cursor().unwrap_or_default().to_owned());
    let mut documents = blocking(move || {
        app.library
            .list(&after, text.as_deref(), limit + 1)
            .map_err(|error| ApiError::internal(&error))
    })
    .await?;
    let more = documents.len() > limit;
    documents.truncate(limit);
    // Lists are in order of path, so the last path is where the next page begins.
    let next_cursor = documents.last().filter(|_| more).map(|document| document.path.clone());
    Ok(Json(DocumentPage { documents, next_cursor }))
}

/// `GET /api/v1/library/documents/{document}`
pub(super) async fn document(
    State(app): App,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let library = Arc::clone(&app.library);
    let found =
        blocking(move || library.document(&id).map_err(|error| ApiError::internal(&error))).await?;
    let document =
        found.ok_or_else(|| ApiError::not_found("the library holds no document of that id"))?;
    Ok(Json(&*document).into_response())
}
