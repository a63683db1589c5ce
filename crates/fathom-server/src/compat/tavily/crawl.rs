//! `/crawl` and `/map`: pages reached from one, live where that is on, else those of the library below it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Json;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::routing::post;
use fathom_core::providers::tavily::wire::{CrawlRequest, CrawlResponse, CrawlResult, MapResponse};
use regex::{Regex, RegexBuilder};
use url::Url;

use super::{chunks, page_text, receipt};
use crate::compat::address::Origin;
use crate::compat::body::{self, Fields, Shape};
use crate::compat::engine;
use crate::compat::pages::{self, Sheet};
use crate::error::ApiError;
use crate::index::parts;
use crate::routes::{App, Shared, blocking};
use crate::web::{Limits, Mode, Walk, Web, same_site};

const DEPTH: u32 = 1;
const BREADTH: u32 = 20;
const PAGES: u32 = 50;
const MOST_PAGES: u64 = 1000;
const PATTERNS: usize = 50;
const SECONDS: f64 = 150.0;
const CHUNKS: u32 = 3;
/// What a pattern may take in memory.
const PATTERN_BYTES: usize = 1 << 20;

pub(super) fn router() -> Router<Arc<Shared>> {
    Router::new().route("/crawl", post(crawl)).route("/map", post(map))
}

/// `POST /crawl`
async fn crawl(
    State(app): App,
    origin: Origin,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<CrawlResponse>, ApiError> {
    let begun = Instant::now();
    let (wanted, filter) = check(&body::read(body)?)?;
    let sheets = match &app.web {
        Some(web) => {
            let walk = walk(web, &wanted, &filter, true).await?;
            walk.pages.into_iter().map(Sheet::fetched).collect()
        }
        None => library(&app, &origin, &wanted, &filter).await?,
    };
    let mut results = Vec::new();
    for sheet in sheets {
        results.extend(result(&app, &origin, sheet, &wanted).await?);
    }
    Ok(Json(CrawlResponse {
        base_url: wanted.url,
        results,
        receipt: receipt(begun, wanted.include_usage)?,
    }))
}

/// `POST /map`
async fn map(
    State(app): App,
    origin: Origin,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<MapResponse>, ApiError> {
    let begun = Instant::now();
    let (wanted, filter) = check(&body::read(body)?)?;
    let results = match &app.web {
        Some(web) => {
            let walk = walk(web, &wanted, &filter, false).await?;
            walk.urls.iter().map(Url::to_string).collect()
        }
        None => {
            let sheets = library(&app, &origin, &wanted, &filter).await?;
            sheets.iter().map(|sheet| pages::address(&origin, &sheet.document)).collect()
        }
    };
    Ok(Json(MapResponse {
        base_url: wanted.url,
        results,
        receipt: receipt(begun, wanted.include_usage)?,
    }))
}

fn check(fields: &Fields) -> Result<(CrawlRequest, Filter), ApiError> {
    fields.need("url")?;
    fields.check(&[
        ("url", Shape::Text),
        ("instructions", Shape::AnyText),
        ("max_depth", Shape::Whole { from: 1, to: 5 }),
        ("max_breadth", Shape::Whole { from: 1, to: 500 }),
        ("limit", Shape::Whole { from: 1, to: MOST_PAGES }),
        ("select_paths", Shape::Texts(PATTERNS)),
        ("select_domains", Shape::Texts(PATTERNS)),
        ("exclude_paths", Shape::Texts(PATTERNS)),
        ("exclude_domains", Shape::Texts(PATTERNS)),
        ("allow_external", Shape::Flag),
        ("include_images", Shape::Flag),
        ("include_favicon", Shape::Flag),
        ("extract_depth", Shape::Word(&["basic", "advanced"])),
        ("format", Shape::Word(&["markdown", "text"])),
        ("timeout", Shape::Number { from: 1.0, to: SECONDS }),
        ("chunks_per_source", Shape::Whole { from: 1, to: 5 }),
    ])?;
    let wanted: CrawlRequest = fields.read(&[])?;
    let filter = Filter::new(&wanted)?;
    Ok((wanted, filter))
}

/// Which addresses count.
struct Filter {
    paths: Vec<Regex>,
    hosts: Vec<Regex>,
    not_paths: Vec<Regex>,
    not_hosts: Vec<Regex>,
}

impl Filter {
    fn new(wanted: &CrawlRequest) -> Result<Self, ApiError> {
        Ok(Self {
            paths: patterns("select_paths", wanted.select_paths.as_deref())?,
            hosts: patterns("select_domains", wanted.select_domains.as_deref())?,
            not_paths: patterns("exclude_paths", wanted.exclude_paths.as_deref())?,
            not_hosts: patterns("exclude_domains", wanted.exclude_domains.as_deref())?,
        })
    }

    fn admits(&self, host: &str, path: &str) -> bool {
        let any = |patterns: &[Regex], text: &str| patterns.iter().any(|it| it.is_match(text));
        (self.paths.is_empty() || any(&self.paths, path))
            && (self.hosts.is_empty() || any(&self.hosts, host))
            && !any(&self.not_paths, path)
            && !any(&self.not_hosts, host)
    }
}

fn patterns(field: &'static str, texts: Option<&[String]>) -> Result<Vec<Regex>, ApiError> {
    let compiled = texts.unwrap_or_default().iter().map(|text| {
        RegexBuilder::new(text).size_limit(PATTERN_BYTES).build().map_err(|error| {
            ApiError::invalid(field, format!("{field} holds a pattern that is none: {error}"))
        })
    });
    compiled.collect()
}

/// Walks the web from the first page, in a task of its own so that a client that goes away ends it.
async fn walk(
    web: &Web,
    wanted: &CrawlRequest,
    filter: &Filter,
    read: bool,
) -> Result<Walk, ApiError> {
    let start = Url::parse(&wanted.url).ok();
    let external = wanted.allow_external.unwrap_or(true);
    let follow = |url: &Url| {
        let own = start.as_ref().is_some_and(|start| same_site(start, url));
        (external || own) && filter.admits(url.host_str().unwrap_or_default(), url.path())
    };
    let limits = Limits {
        depth: whole(wanted.max_depth.unwrap_or(DEPTH)),
        breadth: whole(wanted.max_breadth.unwrap_or(BREADTH)),
        pages: whole(wanted.limit.unwrap_or(PAGES)),
        time: Duration::try_from_secs_f64(wanted.timeout.unwrap_or(SECONDS)).unwrap_or_default(),
        mode: Mode::default(),
        follow: &follow,
    };
    let walked = match read {
        true => web.crawl(&wanted.url, &limits).await,
        false => web.map(&wanted.url, &limits).await,
    };
    walked.map_err(|error| unreadable(error.message()))
}

fn unreadable(problem: &str) -> ApiError {
    ApiError::invalid("url", format!("the page cannot be read: {problem}"))
}

fn whole(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// The page and those below it, as the library has them.
async fn library(
    app: &Arc<Shared>,
    origin: &Origin,
    wanted: &CrawlRequest,
    filter: &Filter,
) -> Result<Vec<Sheet>, ApiError> {
    let (app, origin, url) = (Arc::clone(app), origin.clone(), wanted.url.clone());
    let found = blocking(move || {
        let first = pages::read_stored(&app.library, &origin, &url)?;
        let below = pages::below(&app.library, &url)?;
        Ok(first.into_iter().chain(below).collect::<Vec<_>>())
    })
    .await?;
    if found.is_empty() {
        return Err(unreadable("the library holds none of this address, and live pages are off"));
    }
    let counts = |document: &Arc<fathom_core::StoredDocument>| {
        let (host, path) = parts(document.url.as_deref().unwrap_or_default());
        filter.admits(host, if path.is_empty() { "/" } else { path })
    };
    let limit = whole(wanted.limit.unwrap_or(PAGES));
    Ok(found.into_iter().filter(counts).take(limit).map(Sheet::stored).collect())
}

/// A page with its text; where something is looked for, with the parts that fit, and nothing if none does.
async fn result(
    app: &Arc<Shared>,
    origin: &Origin,
    sheet: Sheet,
    wanted: &CrawlRequest,
) -> Result<Option<CrawlResult>, ApiError> {
    let url = pages::address(origin, &sheet.document);
    let page = sheet.page.clone();
    let looked_for = wanted.instructions.clone().filter(|words| !words.trim().is_empty());
    let count = whole(wanted.chunks_per_source.unwrap_or(CHUNKS));
    let format = wanted.format.clone();
    let raw_content = engine::work(app, move |shared, _| match looked_for {
        Some(words) => {
            engine::with_index(shared, |index| chunks(index, &sheet.document, &words, count))
        }
        None => Ok(Some(page_text(&sheet.document, format.as_deref()))),
    })
    .await?;
    let images = page.as_ref().filter(|_| wanted.include_images == Some(true));
    let favicon = page.as_ref().filter(|_| wanted.include_favicon == Some(true));
    Ok(raw_content.map(|raw_content| CrawlResult {
        url,
        raw_content,
        images: images.map(|page| page.images.clone()).unwrap_or_default(),
        favicon: favicon.and_then(|page| page.favicon.clone()),
    }))
}
