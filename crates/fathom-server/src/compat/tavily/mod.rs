//! Tavily's APIs; their words are in fathom-core's `providers::tavily`.

mod crawl;
mod extract;
mod feedback;
mod research;
mod search;
mod usage;

use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::http::StatusCode;
use fathom_core::providers::tavily::wire::{Credits, ErrorBody, Receipt};
use fathom_engine::Index;
use serde_json::{Value, json};

use crate::compat::id;
use crate::compat::pages::{self, Excerpt};
use crate::error::ApiError;
use crate::routes::Shared;

pub(super) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .merge(research::router())
        .merge(search::router())
        .merge(extract::router())
        .merge(crawl::router())
        .merge(feedback::router())
        .merge(usage::router())
}

/// The body of an error.
pub(super) fn refusal(error: &ApiError) -> Value {
    let message = match error.status() {
        StatusCode::UNAUTHORIZED => "Unauthorized: missing or invalid API key.",
        _ => error.error().message(),
    };
    json!(ErrorBody::new(message))
}

/// Sentences of a chunk.
const CHUNK: usize = 3;
/// What stands between two chunks of one page.
const GAP: &str = " [...] ";

/// The parts of a page that fit a question, as one text; nothing where none does.
fn chunks(
    library: &dyn Index,
    document: &fathom_core::StoredDocument,
    question: &str,
    count: usize,
) -> Result<Option<String>, ApiError> {
    let found = pages::excerpts(library, document, question, count, CHUNK);
    let found = found.map_err(|error| crate::compat::engine::engine_failed(&error))?;
    let texts: Vec<&str> = found.iter().map(|Excerpt { text, .. }| text.as_str()).collect();
    Ok(Some(texts.join(GAP)).filter(|text| !text.is_empty()))
}

/// The whole text of a page; as Markdown unless plain text is asked for.
fn page_text(document: &fathom_core::StoredDocument, format: Option<&str>) -> String {
    match format {
        Some("text") => document.text.clone(),
        _ => pages::markdown(document),
    }
}

/// What an answer says of itself; nothing costs anything here.
fn receipt(begun: Instant, include_usage: Option<bool>) -> Result<Receipt, ApiError> {
    Ok(Receipt {
        response_time: seconds(begun),
        request_id: id::uuid()?,
        usage: (include_usage == Some(true)).then(Credits::default),
    })
}

/// Seconds with a fraction.
fn seconds(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64()
}
