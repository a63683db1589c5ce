//! `/search`

use std::sync::Arc;
use std::time::Instant;

use axum::Json;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::routing::post;
use fathom_core::providers::tavily::wire::{SearchRequest, SearchResponse, SearchResult, Toggle};
use fathom_core::{Effort, Task};
use fathom_engine::{Index, research};
use serde_json::json;

use super::{chunks, page_text, receipt, seconds};
use crate::clock;
use crate::compat::address::Origin;
use crate::compat::body::{self, Fields, Shape};
use crate::compat::engine::{self, Watch, index_failed};
use crate::compat::markers;
use crate::compat::pages::{self, Found, Wanted};
use crate::error::ApiError;
use crate::index::{FtsIndex, Scope};
use crate::routes::{App, Shared};

const DEPTHS: [&str; 4] = ["basic", "advanced", "fast", "ultra-fast"];
const RANGES: [&str; 8] = ["day", "week", "month", "year", "d", "w", "m", "y"];
const DAY_MS: i64 = 86_400_000;
const RESULTS: u32 = 5;
const CHUNKS: u32 = 3;

pub(super) fn router() -> Router<Arc<Shared>> {
    Router::new().route("/search", post(search))
}

/// `POST /search`
async fn search(
    State(app): App,
    origin: Origin,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<SearchResponse>, ApiError> {
    let begun = Instant::now();
    let wanted = check(&body::read(body)?)?;
    let mut response =
        engine::work(&app, move |shared, watch| carry_out(shared, watch, &wanted, &origin)).await?;
    // Waiting for a turn is a part of it.
    response.receipt.response_time = seconds(begun);
    Ok(Json(response))
}

fn check(fields: &Fields) -> Result<SearchRequest, ApiError> {
    fields.need("query")?;
    fields.check(&[
        ("query", Shape::Text),
        ("search_depth", Shape::Word(&DEPTHS)),
        ("topic", Shape::Word(&["general", "news", "finance"])),
        ("time_range", Shape::Word(&RANGES)),
        ("start_date", Shape::Date),
        ("end_date", Shape::Date),
        ("days", Shape::Whole { from: 0, to: 36_500 }),
        ("max_results", Shape::Whole { from: 0, to: 20 }),
        ("chunks_per_source", Shape::Whole { from: 1, to: 3 }),
        ("include_domains", Shape::Texts(300)),
        ("exclude_domains", Shape::Texts(150)),
        ("include_domains_mode", Shape::Word(&["restrict", "prefer"])),
        ("exact_match", Shape::Flag),
        ("include_usage", Shape::Flag),
        ("auto_parameters", Shape::Flag),
    ])?;
    fields.read(&[])
}

fn carry_out(
    shared: &Shared,
    watch: &mut Watch,
    wanted: &SearchRequest,
    origin: &Origin,
) -> Result<SearchResponse, ApiError> {
    let scope = scope(wanted);
    let found = shared.library.read(|conn| {
        let holds =
            if wanted.exact_match == Some(true) { quoted(&wanted.query) } else { Vec::new() };
        pages::search(
            conn,
            &Wanted {
                phrases: std::slice::from_ref(&wanted.query),
                scope: &scope,
                holds: &holds,
                lacks: &[],
                limit: whole(wanted.max_results.unwrap_or(RESULTS)),
            },
        )
    });
    let found = found.map_err(|error| ApiError::internal(&error))?;
    let found = found.map_err(|error| index_failed(&error))?;
    let results: Vec<SearchResult> = engine::with_index(shared, |index| {
        found.iter().map(|found| result(index, found, wanted, origin)).collect()
    })?;
    Ok(SearchResponse {
        query: wanted.query.clone(),
        answer: answer(shared, watch, wanted, &scope)?,
        results,
        receipt: receipt(Instant::now(), wanted.include_usage)?,
        auto_parameters: (wanted.auto_parameters == Some(true))
            .then(|| json!({ "topic": "general", "search_depth": "basic" })),
        ..SearchResponse::default()
    })
}

fn whole(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

fn scope(wanted: &SearchRequest) -> Scope {
    let news = wanted.topic.as_deref() == Some("news");
    let days = match wanted.time_range.as_deref() {
        Some("day" | "d") => Some(1),
        Some("week" | "w") => Some(7),
        Some("month" | "m") => Some(31),
        Some("year" | "y") => Some(366),
        // Only a search for news looks at this; clients send it with every other.
        _ => wanted.days.filter(|_| news),
    };
    let ago = |days: u32| clock::rfc3339(clock::now_ms() - i64::from(days) * DAY_MS);
    Scope {
        sites: wanted.include_domains.clone().unwrap_or_default(),
        prefer: wanted.include_domains_mode.as_deref() == Some("prefer"),
        not_sites: wanted.exclude_domains.clone().unwrap_or_default(),
        from: wanted.start_date.clone().or_else(|| days.map(ago)),
        until: wanted.end_date.clone(),
        ..Scope::default()
    }
}

/// The phrases between quotation marks.
fn quoted(query: &str) -> Vec<String> {
    let phrases = query.split('"').skip(1).step_by(2).map(str::trim);
    phrases.filter(|phrase| !phrase.is_empty()).map(str::to_owned).collect()
}

fn result(
    library: &dyn Index,
    found: &Found,
    wanted: &SearchRequest,
    origin: &Origin,
) -> Result<SearchResult, ApiError> {
    let document = &*found.document;
    let deep = wanted.search_depth.as_deref() == Some("advanced");
    let count = wanted.chunks_per_source.unwrap_or(if deep { CHUNKS } else { 1 });
    let passage = || found.passages.first().and_then(|range| document.text.get(range.clone()));
    let content = chunks(library, document, &wanted.query, whole(count))?
        .or_else(|| passage().map(str::to_owned))
        .unwrap_or_else(|| pages::lead(document).to_owned());
    let raw = wanted.include_raw_content.as_ref().filter(|toggle| toggle.is_on());
    let raw_content = raw.map(|toggle| match toggle {
        Toggle::As(format) => page_text(document, Some(format)),
        _ => page_text(document, None),
    });
    Ok(SearchResult {
        title: document.title.clone(),
        url: pages::address(origin, document),
        content,
        score: found.score,
        raw_content,
        published_date: pages::day(document.date.as_ref()),
        ..SearchResult::default()
    })
}

/// What there is to say in short, where that is wanted.
fn answer(
    shared: &Shared,
    watch: &mut Watch,
    wanted: &SearchRequest,
    scope: &Scope,
) -> Result<Option<String>, ApiError> {
    let effort = match &wanted.include_answer {
        Some(Toggle::As(word)) if word == "advanced" => Effort::Standard,
        Some(toggle) if toggle.is_on() => Effort::Quick,
        _ => return Ok(None),
    };
    let task = Task { question: wanted.query.clone(), effort, ..Task::default() };
    let report = shared
        .library
        .read(|conn| research(&task, None, &FtsIndex::new(conn).within(scope), watch));
    let report = report.map_err(|error| ApiError::internal(&error))?;
    let report = report.map_err(|error| engine::engine_failed(&error))?;
    Ok(markers::sections(&report).into_iter().next().map(|section| section.text))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn phrases_in_quotation_marks_are_found() {
        assert_eq!(quoted("who said \"free labor\" and \"union\""), ["free labor", "union"]);
        assert!(quoted("nobody said \"\" it").is_empty());
    }
}
