//! `/extract`

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Json;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::routing::post;
use fathom_core::providers::tavily::wire::{
    ExtractRequest, ExtractResponse, ExtractResult, FailedResult,
};

use super::{chunks, page_text, receipt};
use crate::compat::address::Origin;
use crate::compat::body::{self, Fields, Shape};
use crate::compat::engine;
use crate::compat::pages::{self, Fresh, Read, Sheet};
use crate::error::ApiError;
use crate::routes::{App, Shared};

/// Pages in one request.
const MOST: usize = 20;
const CHUNKS: u32 = 3;

pub(super) fn router() -> Router<Arc<Shared>> {
    Router::new().route("/extract", post(extract))
}

/// `POST /extract`
async fn extract(
    State(app): App,
    origin: Origin,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<ExtractResponse>, ApiError> {
    let begun = Instant::now();
    let wanted = check(&body::read(body)?)?;
    let how = Read {
        timeout: wanted.timeout.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()),
        ..Read::new(Fresh::StoredFirst)
    };
    let (mut results, mut failed_results) = (Vec::new(), Vec::new());
    let read = pages::read_all(&app, &origin, wanted.urls.clone(), &how).await?;
    for (url, read) in wanted.urls.clone().into_iter().zip(read) {
        match read {
            Ok((sheet, _)) => results.push(result(&app, url, sheet, &wanted).await?),
            Err(problem) => failed_results.push(FailedResult { url, error: problem.message() }),
        }
    }
    Ok(Json(ExtractResponse {
        results,
        failed_results,
        receipt: receipt(begun, wanted.include_usage)?,
    }))
}

fn check(fields: &Fields) -> Result<ExtractRequest, ApiError> {
    fields.need("urls")?;
    fields.check(&[
        ("query", Shape::AnyText),
        ("chunks_per_source", Shape::Whole { from: 1, to: 5 }),
        ("extract_depth", Shape::Word(&["basic", "advanced"])),
        ("format", Shape::Word(&["markdown", "text"])),
        ("timeout", Shape::Number { from: 1.0, to: 60.0 }),
        ("include_images", Shape::Flag),
        ("include_favicon", Shape::Flag),
        ("include_usage", Shape::Flag),
    ])?;
    let wanted: ExtractRequest = fields.read(&[])?;
    if wanted.urls.is_empty() || wanted.urls.iter().any(|url| url.trim().is_empty()) {
        return Err(ApiError::invalid("urls", "urls must name at least one page"));
    }
    if wanted.urls.len() > MOST {
        return Err(ApiError::invalid("urls", format!("urls takes {MOST} pages at most")));
    }
    Ok(wanted)
}

async fn result(
    app: &Arc<Shared>,
    url: String,
    sheet: Sheet,
    wanted: &ExtractRequest,
) -> Result<ExtractResult, ApiError> {
    let page = sheet.page.clone();
    let query = wanted.query.clone().filter(|query| !query.trim().is_empty());
    let count = usize::try_from(wanted.chunks_per_source.unwrap_or(CHUNKS)).unwrap_or(1);
    let format = wanted.format.clone();
    let (title, raw_content) = engine::work(app, move |shared, _| {
        let document = &*sheet.document;
        let chunked = query.map(|query| {
            engine::with_index(shared, |index| chunks(index, document, &query, count))
        });
        let chunked = chunked.transpose()?.flatten();
        let text = chunked.unwrap_or_else(|| page_text(document, format.as_deref()));
        Ok((document.title.clone(), text))
    })
    .await?;
    let images = page.as_ref().filter(|_| wanted.include_images == Some(true));
    let favicon = page.as_ref().filter(|_| wanted.include_favicon == Some(true));
    Ok(ExtractResult {
        url,
        title: Some(title),
        raw_content,
        images: images.map(|page| page.images.clone()).unwrap_or_default(),
        favicon: favicon.and_then(|page| page.favicon.clone()),
    })
}
