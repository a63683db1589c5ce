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
use crate::compat::pages::{self, NotRead, Pages, Read};
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
    let read = pages::read_all(&app, &origin, urls.clone(), &how).await?;
    let (mut sheets, mut statuses) = (Vec::new(), Vec::new());
    for (url, read) in urls.into_iter().zip(read) {
        statuses.push(status(&url, &read, &how));
        sheets.extend(read.ok().map(|pages| (url, pages)));
    }
    let context = wanted.options.context.clone();
    let (results, context) = engine::work(&app, move |shared, _| {
        let results: Vec<SearchResult> = engine::with_index(shared, |index| {
            let told = sheets.iter().map(|(url, (sheet, subpages))| {
                let result = page::result(index, (sheet, subpages), &wants, &origin)?;
                Ok(SearchResult { id: url.clone(), ..result })
            });
            told.collect()
        })?;
        let documents = sheets.iter().map(|(_, (sheet, _))| &*sheet.document);
        let context = page::context(context.as_ref(), documents, &origin);
        Ok((results, context))
    })
    .await?;
    Ok(Json(SearchResponse {
        request_id,
        results,
        context,
        statuses: Some(statuses),
        cost_dollars: Some(CostDollars::default()),
        ..SearchResponse::default()
    }))
}

/// How one page fared.
fn status(url: &str, read: &Result<Pages, NotRead>, how: &Read) -> Status {
    let (word, source, error) = match read {
        Ok((sheet, _)) if sheet.page.is_some() => ("success", Some("crawled"), None),
        Ok(_) => ("success", Some("cached"), None),
        Err(problem) => ("error", None, Some(status_error(problem, how))),
    };
    Status { id: url.to_owned(), status: word.to_owned(), source: source.map(str::to_owned), error }
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
