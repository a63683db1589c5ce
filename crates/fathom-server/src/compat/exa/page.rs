//! Pages as results: what is returned of each.

use std::time::Duration;

use fathom_core::providers::exa::wire::Toggle;
use fathom_core::providers::exa::wire::contents::{
    ContentsOptions, ContextOptions, ExtrasOptions, HighlightsOptions, SummaryOptions, TextOptions,
    Words,
};
use fathom_core::providers::exa::wire::search::{Extras, SearchResult, SearchWarning};
use fathom_engine::Index;

use fathom_core::StoredDocument;

use crate::compat::address::Origin;
use crate::compat::body::{Fields, Shape};
use crate::compat::engine::engine_failed;
use crate::compat::pages::{self, Fresh, Read, Sheet};
use crate::error::ApiError;

const LIVECRAWL: [&str; 5] = ["always", "preferred", "fallback", "never", "auto"];
/// Pages below one, at most.
const SUBPAGES: u64 = 100;
/// Links and pictures of a page, at most.
const EXTRAS: u64 = 1000;
const HIGHLIGHTS: u32 = 3;
const SENTENCES: u32 = 2;
const HOUR: f64 = 3600.0;

/// The shapes of what may be asked of pages.
pub(super) fn check(options: &Fields) -> Result<(), ApiError> {
    options.check(&[
        ("livecrawl", Shape::Word(&LIVECRAWL)),
        ("livecrawlTimeout", Shape::Whole { from: 1, to: 90_000 }),
        ("maxAgeHours", Shape::Number { from: -1.0, to: 1e6 }),
        ("filterEmptyResults", Shape::Flag),
    ])?;
    options
        .check(&[("subpages", Shape::Whole { from: 0, to: SUBPAGES })])
        .map_err(|error| error.with_code("SUBPAGES_LIMIT_EXCEEDED"))?;
    options.inside("extras").check(&[
        ("links", Shape::Whole { from: 0, to: EXTRAS }),
        ("imageLinks", Shape::Whole { from: 0, to: EXTRAS }),
    ])?;
    let schema = options.inside("summary");
    match schema.0.get("schema") {
        None | Some(serde_json::Value::Null) => Ok(()),
        Some(schema) => fathom_engine::check_schema(schema).map_err(|error| {
            ApiError::invalid("summary.schema", error.to_string()).with_code("INVALID_JSON_SCHEMA")
        }),
    }
}

/// What is returned of each page.
#[derive(Clone, Debug, Default)]
pub(super) struct Wants {
    text: Option<TextOptions>,
    highlights: Option<HighlightsOptions>,
    summary: Option<SummaryOptions>,
    extras: Option<ExtrasOptions>,
    /// What the pages were searched by.
    query: Option<String>,
}

impl Wants {
    pub(super) fn new(options: &ContentsOptions, query: Option<&str>) -> Self {
        Self {
            text: switched(options.text.as_ref()),
            highlights: switched(options.highlights.as_ref()),
            summary: switched(options.summary.as_ref()),
            extras: options.extras.clone(),
            query: query.map(str::to_owned),
        }
    }

    /// The text of a page, where nothing is said about what to return.
    pub(super) fn or_text(mut self) -> Self {
        let silent = self.text.is_none()
            && self.highlights.is_none()
            && self.summary.is_none()
            && self.extras.is_none();
        if silent {
            self.text = Some(TextOptions::default());
        }
        self
    }
}

fn switched<T: Clone + Default>(toggle: Option<&Toggle<T>>) -> Option<T> {
    let toggle = toggle.filter(|toggle| toggle.is_on())?;
    Some(toggle.options().cloned().unwrap_or_default())
}

/// How pages are read: the four modes of `livecrawl`, which `maxAgeHours` goes before.
pub(super) fn how(options: &ContentsOptions) -> Read {
    let fresh = match (options.max_age_hours, options.livecrawl.as_deref()) {
        (Some(hours), _) if hours < 0.0 => Fresh::Stored,
        (Some(hours), _) if hours <= 0.0 => Fresh::Live,
        (Some(hours), _) => {
            Fresh::Within(Duration::try_from_secs_f64(hours * HOUR).unwrap_or(Duration::MAX))
        }
        (None, Some("always")) => Fresh::Live,
        (None, Some("preferred")) => Fresh::LiveFirst,
        (None, Some("never")) => Fresh::Stored,
        (None, _) => Fresh::StoredFirst,
    };
    Read {
        fresh,
        timeout: options.livecrawl_timeout.map(Duration::from_millis),
        subpages: options.subpages.map_or(0, |count| usize::try_from(count).unwrap_or(0)),
        targets: options.subpage_target.as_ref().map(Words::as_slice).unwrap_or_default().to_vec(),
    }
}

/// A page with everything that is wanted of it.
pub(super) fn result(
    library: &dyn Index,
    (sheet, subpages): (&Sheet, &[Sheet]),
    wants: &Wants,
    origin: &Origin,
) -> Result<SearchResult, ApiError> {
    let mut result = bare(sheet, origin);
    let document = &*sheet.document;
    result.text = wants.text.as_ref().map(|options| text(sheet, options));
    if let Some(options) = &wants.highlights {
        let query = options.query.as_ref().or(wants.query.as_ref()).unwrap_or(&document.title);
        let (count, length) = (
            options.highlights_per_url.unwrap_or(HIGHLIGHTS),
            options.num_sentences.unwrap_or(SENTENCES),
        );
        let found = pages::excerpts(library, document, query, whole(count), whole(length))
            .map_err(|error| engine_failed(&error))?;
        let most = options
            .max_characters
            .map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX));
        let mut used = 0;
        let fitting: Vec<_> = found
            .into_iter()
            .take_while(|excerpt| {
                used += excerpt.text.chars().count();
                used <= most
            })
            .collect();
        result.highlight_scores = Some(fitting.iter().map(|excerpt| excerpt.score).collect());
        result.highlights = Some(fitting.into_iter().map(|excerpt| excerpt.text).collect());
    }
    if let Some(options) = &wants.summary {
        result.summary = Some(summary(library, document, options, wants)?);
    }
    result.extras = wants.extras.as_ref().map(|options| extras(sheet, options));
    if !subpages.is_empty() {
        let told = subpages.iter().map(|page| self::result(library, (page, &[]), wants, origin));
        result.subpages = Some(told.collect::<Result<_, _>>()?);
    }
    Ok(result)
}

/// A page without anything of its content.
pub(super) fn bare(sheet: &Sheet, origin: &Origin) -> SearchResult {
    let document = &*sheet.document;
    let url = pages::address(origin, document);
    let page = sheet.page.as_ref();
    SearchResult {
        id: url.clone(),
        url,
        title: Some(document.title.clone()).filter(|title| !title.is_empty()),
        published_date: pages::day(document.date.as_ref()),
        author: document.author.clone(),
        image: page.and_then(|page| page.image.clone()),
        favicon: page.and_then(|page| page.favicon.clone()),
        ..SearchResult::default()
    }
}

fn text(sheet: &Sheet, options: &TextOptions) -> String {
    let text = sheet.text(options.include_html_tags.unwrap_or(false));
    let most = options.max_characters.and_then(|most| usize::try_from(most).ok());
    most.map_or(text, |most| pages::clip(text, most)).to_owned()
}

fn summary(
    library: &dyn Index,
    document: &StoredDocument,
    options: &SummaryOptions,
    wants: &Wants,
) -> Result<String, ApiError> {
    let query = options.query.as_ref().or(wants.query.as_ref()).map(String::as_str);
    let told = match &options.schema {
        // A value is told as text, for clients to read it from there.
        Some(schema) => {
            pages::filled(document, options.query.as_deref(), schema).map(|value| value.to_string())
        }
        None => pages::summary(library, document, query),
    };
    told.map_err(|error| engine_failed(&error))
}

/// Links and pictures; documents of the library keep none.
fn extras(sheet: &Sheet, options: &ExtrasOptions) -> Extras {
    let page = sheet.page.as_ref();
    let links = page.map(|page| page.links.iter().map(|link| link.url.to_string()).collect());
    let images = page.map(|page| page.images.clone());
    let some = |count: Option<u32>, all: Option<Vec<String>>| {
        count.map(|count| all.unwrap_or_default().into_iter().take(whole(count)).collect())
    };
    Extras { links: some(options.links, links), image_links: some(options.image_links, images) }
}

fn whole(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// All texts as one, where that is wanted.
pub(super) fn context<'d>(
    wanted: Option<&Toggle<ContextOptions>>,
    documents: impl Iterator<Item = &'d StoredDocument>,
    origin: &Origin,
) -> Option<String> {
    let options = switched(wanted)?;
    let mut context = String::new();
    for document in documents {
        let url = pages::address(origin, document);
        context += &format!("Title: {}\nURL: {url}\n\n{}\n\n", document.title, document.text);
    }
    let most = options.max_characters.and_then(|most| usize::try_from(most).ok());
    Some(most.map_or(&*context, |most| pages::clip(&context, most)).to_owned())
}

/// What was asked for and has no meaning for a library.
pub(super) fn warnings(fields: &Fields, names: &[&str]) -> Option<Vec<SearchWarning>> {
    let ignored =
        names.iter().filter(|name| fields.0.get(**name).is_some_and(|value| !value.is_null()));
    let warnings: Vec<SearchWarning> = ignored
        .map(|name| SearchWarning {
            code: "IGNORED_PARAMETER".to_owned(),
            path: (*name).to_owned(),
            message: format!("{name} has no effect here and was ignored"),
        })
        .collect();
    Some(warnings).filter(|warnings| !warnings.is_empty())
}
