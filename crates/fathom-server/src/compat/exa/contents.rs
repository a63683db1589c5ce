//! `/contents`

use std::sync::Arc;

use axum::Extension;
use axum::Json;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::routing::post;
use fathom_core::ErrorKind;
use fathom_core::providers::exa::wire::contents::{ContentsRequest, Status, StatusError, tag};
use fathom_core::providers::exa::wire::failure;
use fathom_core::providers::exa::wire::search::{CostDollars, SearchResponse, SearchResult};

use super::page::{self, Wants};
use crate::compat::address::Origin;
use crate::compat::body::{self, Shape};
use crate::compat::engine;
use crate::compat::pages::{self, NotRead, Read};
use crate::error::ApiError;
use crate::routes::{App, RequestId, Shared};

/// Pages in one request.
const MOST: usize = 100;

pub(super) fn router() -> Router<Arc<Shared>> {
    Router::new().route("/contents", post(contents))
}

/// `POST /contents`
async fn contents(
    State(app): App,
    origin: Origin,
    Extension(RequestId(request_id)): Extension<RequestId>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<SearchResponse>, ApiError> {
    let fields = body::read(body)?;
    fields
        .check(&[("urls", Shape::Texts(MOST)), ("ids", Shape::Texts(MOST))])
        .map_err(|error| error.with_code(failure::tag::INVALID_URLS))?;
    page::check(&fields)?;
    let wanted: ContentsRequest = fields.read(&[])?;
    let urls = if wanted.urls.is_empty() { wanted.ids } else { wanted.urls };
    if urls.is_empty() || urls.iter().any(|url| url.trim().is_empty()) {
        let message = "urls must name at least one page";
        return Err(ApiError::invalid("urls", message).with_code(failure::tag::INVALID_URLS));
    }
    let wants = Wants::new(&wanted.options, None).or_text();
    let how = page::how(&wanted.options);
    let read = read_all(&app, &origin, &wants, &how, urls).await?;
    let (mut results, mut statuses) = (Vec::new(), Vec::new());
    for (result, status) in read {
        results.extend(result);
        statuses.push(status);
    }
    Ok(Json(SearchResponse {
        request_id,
        results,
        statuses: Some(statuses),
        cost_dollars: Some(CostDollars::default()),
        ..SearchResponse::default()
    }))
}

type One = (Option<SearchResult>, Status);

/// Reads all pages at the same time; live ones keep their distance by themselves.
async fn read_all(
    app: &Arc<Shared>,
    origin: &Origin,
    wants: &Wants,
    how: &Read,
    urls: Vec<String>,
) -> Result<Vec<One>, ApiError> {
    let mut reading = tokio::task::JoinSet::new();
    for (place, url) in urls.into_iter().enumerate() {
        let (app, origin) = (Arc::clone(app), origin.clone());
        let (wants, how) = (wants.clone(), how.clone());
        reading.spawn(async move { (place, one(&app, &origin, wants, &how, url).await) });
    }
    let mut read = Vec::new();
    while let Some(done) = reading.join_next().await {
        let (place, one) = done.map_err(|error| ApiError::internal(&error))?;
        read.push((place, one?));
    }
    read.sort_by_key(|(place, _)| *place);
    Ok(read.into_iter().map(|(_, one)| one).collect())
}

async fn one(
    app: &Arc<Shared>,
    origin: &Origin,
    wants: Wants,
    how: &Read,
    url: String,
) -> Result<One, ApiError> {
    let (sheet, subpages) = match pages::read(app, origin, &url, how).await? {
        Ok(read) => read,
        Err(problem) => {
            let error = Some(status_error(&problem, how));
            let status = Status { id: url, status: "error".to_owned(), source: None, error };
            return Ok((None, status));
        }
    };
    let source = if sheet.page.is_some() { "crawled" } else { "cached" };
    let origin = origin.clone();
    let result = engine::work(app, move |_, _| page::result(&sheet, &subpages, &wants, &origin));
    let result = SearchResult { id: url.clone(), ..result.await? };
    let source = Some(source.to_owned());
    Ok((Some(result), Status { id: url, status: "success".to_owned(), source, error: None }))
}

fn status_error(problem: &NotRead, how: &Read) -> StatusError {
    let (tag, status) = match problem.kind() {
        ErrorKind::NotFound => (tag::NOT_FOUND, 404),
        ErrorKind::Timeout if how.timeout.is_some() => (tag::LIVECRAWL_TIMEOUT, 408),
        ErrorKind::Timeout => (tag::TIMEOUT, 408),
        ErrorKind::Refused | ErrorKind::Unsupported | ErrorKind::InvalidTask => {
            (tag::NOT_AVAILABLE, 403)
        }
        _ => (tag::UNKNOWN, 500),
    };
    StatusError { tag: tag.to_owned(), http_status_code: Some(status) }
}
