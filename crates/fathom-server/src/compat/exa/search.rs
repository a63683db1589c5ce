//! `/search` and `/findSimilar`

use std::sync::Arc;
use std::time::Instant;

use axum::Extension;
use axum::Json;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use fathom_core::providers::exa::wire::contents::ContentsOptions;
use fathom_core::providers::exa::wire::failure::tag;
use fathom_core::providers::exa::wire::search::{
    CostDollars, Filters, FindSimilarRequest, SearchOutput, SearchRequest, SearchResponse,
    SearchResult,
};
use fathom_core::{Effort, Report, Task, schema};
use serde_json::Value;

use super::narrow::{IGNORED, Narrowed, UNREAD, check_filters, readable};
use super::page::{self, Wants};
use super::{answer, now, output};
use crate::compat::address::Origin;
use crate::compat::body::{self, Fields, Shape};
use crate::compat::engine::{self, index_failed};
use crate::compat::pages::{self, Found, Fresh, Sheet};
use crate::error::ApiError;
use crate::index::{Scope, parts};
use crate::routes::{App, RequestId, Shared};

const TYPES: [&str; 10] = [
    "auto",
    "neural",
    "keyword",
    "hybrid",
    "fast",
    "instant",
    "lite",
    "deep-lite",
    "deep",
    "deep-reasoning",
];
const QUERIES: usize = 5;
const OUTPUT_DEPTH: u32 = 2;
const OUTPUT_PROPERTIES: u32 = 10;
pub(super) fn router() -> Router<Arc<Shared>> {
    Router::new().route("/search", post(search)).route("/findSimilar", post(find_similar))
}

/// `POST /search`
async fn search(
    State(app): App,
    origin: Origin,
    Extension(RequestId(request_id)): Extension<RequestId>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, ApiError> {
    let begun = Instant::now();
    let fields = body::read(body)?;
    let wanted = check_search(&fields)?;
    let mut phrases = vec![wanted.query.clone()];
    phrases.extend(wanted.additional_queries.iter().flatten().cloned());
    let narrowed = Narrowed::new(&wanted.filters, phrases);
    let found = engine_search(&app, narrowed.clone()).await?;
    let (results, context) =
        results(&app, &origin, &wanted.filters, Some(&wanted.query), found).await?;
    let report = match &wanted.output_schema {
        Some(schema) => Some(synthesis(&app, &wanted, schema, narrowed.scope).await?),
        None => None,
    };
    let response = SearchResponse {
        request_id,
        output: report.as_ref().map(|report| told(report, &wanted, &origin)),
        resolved_search_type: wanted
            .kind
            .as_ref()
            .is_none_or(|kind| kind == "auto")
            .then(|| "keyword".to_owned()),
        search_time: Some(begun.elapsed().as_secs_f64() * 1000.0),
        cost_dollars: Some(CostDollars::default()),
        warnings: page::warnings(&fields, &IGNORED),
        results,
        context,
        ..SearchResponse::default()
    };
    match wanted.stream {
        Some(true) => Ok(answer::search_stream(&response)),
        _ => Ok(Json(response).into_response()),
    }
}

fn check_search(fields: &Fields) -> Result<SearchRequest, ApiError> {
    fields.need("query")?;
    fields.check(&[
        ("query", Shape::Text),
        ("type", Shape::Word(&TYPES)),
        ("additionalQueries", Shape::Texts(QUERIES)),
        ("systemPrompt", Shape::AnyText),
        ("stream", Shape::Flag),
    ])?;
    check_filters(fields)?;
    fields
        .check(&[("outputSchema", Shape::Object)])
        .map_err(|error| error.with_code(tag::INVALID_JSON_SCHEMA))?;
    let wanted: SearchRequest = readable(fields).read(&UNREAD)?;
    wanted.output_schema.as_ref().map_or(Ok(()), check_output)?;
    Ok(wanted)
}

fn check_output(wanted: &Value) -> Result<(), ApiError> {
    let refuse = |message: String| {
        Err(ApiError::invalid("outputSchema", message).with_code(tag::INVALID_JSON_SCHEMA))
    };
    match wanted.get("type").and_then(Value::as_str) {
        Some("text") => return Ok(()),
        Some("object") => {}
        _ => return refuse("outputSchema must have the type text or object".to_owned()),
    }
    if let Err(error) = fathom_engine::check_schema(wanted) {
        return refuse(error.to_string());
    }
    let size = schema::measure(wanted);
    if size.depth > OUTPUT_DEPTH || size.properties > OUTPUT_PROPERTIES || size.cut {
        return refuse(format!(
            "outputSchema has {} levels and {} properties; {OUTPUT_DEPTH} and {OUTPUT_PROPERTIES} are the most",
            size.depth, size.properties
        ));
    }
    Ok(())
}

async fn engine_search(app: &Arc<Shared>, narrowed: Narrowed) -> Result<Vec<Found>, ApiError> {
    engine::work(app, move |shared, _| {
        let found = shared.library.read(|conn| pages::search(conn, &narrowed.wanted()));
        let found = found.map_err(|error| ApiError::internal(&error))?;
        found.map_err(|error| index_failed(&error))
    })
    .await
}

/// `POST /findSimilar`
async fn find_similar(
    State(app): App,
    origin: Origin,
    Extension(RequestId(request_id)): Extension<RequestId>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<SearchResponse>, ApiError> {
    let begun = Instant::now();
    let fields = body::read(body)?;
    fields.need("url")?;
    fields.check(&[("url", Shape::Text), ("excludeSourceDomain", Shape::Flag)])?;
    check_filters(&fields)?;
    let wanted: FindSimilarRequest = readable(&fields).read(&UNREAD)?;
    let like = like(&app, &origin, &wanted.url).await?;
    let mut narrowed = Narrowed::new(&wanted.filters, Vec::new());
    if wanted.exclude_source_domain == Some(true) {
        narrowed.scope.not_sites.push(parts(&wanted.url).0.to_owned());
    }
    let found = engine::work(&app, move |shared, _| {
        let found =
            shared.library.read(|conn| pages::similar(conn, &like.document, &narrowed.wanted()));
        let found = found.map_err(|error| ApiError::internal(&error))?;
        found.map_err(|error| index_failed(&error))
    })
    .await?;
    let (results, context) = results(&app, &origin, &wanted.filters, None, found).await?;
    Ok(Json(SearchResponse {
        request_id,
        results,
        context,
        search_time: Some(begun.elapsed().as_secs_f64() * 1000.0),
        cost_dollars: Some(CostDollars::default()),
        warnings: page::warnings(&fields, &IGNORED),
        ..SearchResponse::default()
    }))
}

/// The page to which others are to be similar, from wherever it can be had.
async fn like(app: &Arc<Shared>, origin: &Origin, url: &str) -> Result<Sheet, ApiError> {
    let read = pages::read(app, origin, url, &pages::Read::new(Fresh::StoredFirst)).await?;
    read.map(|(sheet, _)| sheet).map_err(|problem| {
        ApiError::invalid("url", format!("the page cannot be read: {}", problem.message()))
            .with_code(tag::INVALID_URLS)
    })
}

/// Documents that were found as results, with what is wanted of them.
async fn results(
    app: &Arc<Shared>,
    origin: &Origin,
    filters: &Filters,
    query: Option<&str>,
    found: Vec<Found>,
) -> Result<(Vec<SearchResult>, Option<String>), ApiError> {
    let options = filters.contents.clone().unwrap_or_default();
    let wants = Wants::new(&options, query);
    let sheets = sheets(app, origin, &options, found).await?;
    let origin = origin.clone();
    engine::work(app, move |shared, _| {
        let results: Vec<SearchResult> = engine::with_index(shared, |index| {
            let told = sheets.iter().map(|(score, sheet, subpages)| {
                let result = match subpages {
                    Some(subpages) => page::result(index, (sheet, subpages), &wants, &origin)?,
                    // It was to be fetched and could not be: what it says now is not known.
                    None => page::bare(sheet, &origin),
                };
                Ok(SearchResult { score: Some(*score), ..result })
            });
            told.collect()
        })?;
        let documents = sheets.iter().map(|(_, sheet, _)| &*sheet.document);
        Ok((results, page::context(options.context.as_ref(), documents, &origin)))
    })
    .await
}

type Placed = (f64, Sheet, Option<Vec<Sheet>>);

/// The pages behind results, read anew where that is wanted.
async fn sheets(
    app: &Arc<Shared>,
    origin: &Origin,
    options: &ContentsOptions,
    found: Vec<Found>,
) -> Result<Vec<Placed>, ApiError> {
    let how = page::how(options);
    let stored = matches!(how.fresh, Fresh::Stored | Fresh::StoredFirst) && how.subpages == 0;
    let urls = found.iter().filter(|_| !stored).filter_map(|found| found.document.url.clone());
    let read = pages::read_all(app, origin, urls, &how).await?;
    let mut read = read.into_iter();
    let placed = found.into_iter().map(|Found { document, score, .. }| {
        // Without an address there is nothing that could be read anew.
        let read = if stored || document.url.is_none() { None } else { read.next() };
        match read {
            None => (score, Sheet::stored(document), Some(Vec::new())),
            Some(Ok((fresh, subpages))) => (score, fresh, Some(subpages)),
            Some(Err(_)) => (score, Sheet::stored(document), None),
        }
    });
    Ok(placed.collect())
}

/// The report behind the output that a search is to have.
async fn synthesis(
    app: &Arc<Shared>,
    wanted: &SearchRequest,
    schema: &Value,
    scope: Scope,
) -> Result<Report, ApiError> {
    let effort = match wanted.kind.as_deref() {
        Some("deep-reasoning") => Effort::Deep,
        Some("deep") => Effort::Standard,
        _ => Effort::Quick,
    };
    let task = Task {
        question: wanted.query.clone(),
        effort,
        guidance: wanted.system_prompt.clone(),
        output_schema: Some(schema.clone()).filter(|schema| !is_text(schema)),
        ..Task::default()
    };
    now::report(app, task, scope).await
}

fn is_text(schema: &Value) -> bool {
    schema.get("type").and_then(Value::as_str) == Some("text")
}

fn told(report: &Report, wanted: &SearchRequest, origin: &Origin) -> SearchOutput {
    if wanted.output_schema.as_ref().is_some_and(is_text) {
        let content = Value::from(report.markdown.clone());
        let grounding = output::of_text(report, "content", origin).into_iter().collect();
        return SearchOutput { content, grounding };
    }
    let content = report.structured.clone().unwrap_or_default();
    SearchOutput { content, grounding: output::of_fields(report, "", origin) }
}
