//! What narrows a search, in both requests that search.

use fathom_core::providers::exa::wire::failure::tag;
use fathom_core::providers::exa::wire::search::Filters;

use super::page;
use crate::compat::body::{Fields, Shape};
use crate::compat::pages::Wanted;
use crate::error::ApiError;
use crate::index::Scope;

const RESULTS: u32 = 10;
const MOST: u64 = 100;
const SITES: usize = 1200;
/// What may be asked for and means nothing for a library.
pub(super) const IGNORED: [&str; 6] =
    ["category", "startCrawlDate", "endCrawlDate", "userLocation", "moderation", "systemPrompt"];
/// Whose values may have forms that are of no use here.
pub(super) const UNREAD: [&str; 3] = ["userLocation", "flags", "userIdentifier"];

/// The shapes of what narrows a search.
pub(super) fn check_filters(fields: &Fields) -> Result<(), ApiError> {
    fields
        .check(&[("numResults", Shape::Whole { from: 1, to: MOST })])
        .map_err(|error| error.with_code(tag::NUM_RESULTS_EXCEEDED))?;
    fields.check(&[
        ("includeDomains", Shape::Texts(SITES)),
        ("excludeDomains", Shape::Texts(SITES)),
        ("includeText", Shape::Texts(1)),
        ("excludeText", Shape::Texts(1)),
        ("startPublishedDate", Shape::Date),
        ("endPublishedDate", Shape::Date),
        ("startCrawlDate", Shape::Date),
        ("endCrawlDate", Shape::Date),
    ])?;
    page::check(&fields.inside("contents"))
}

/// Clients write `contents: false` for no contents.
pub(super) fn readable(fields: &Fields) -> Fields {
    let mut fields = Fields(fields.0.clone());
    if fields.0.get("contents").is_some_and(|contents| !contents.is_object()) {
        fields.0.remove("contents");
    }
    fields
}

/// What a search looks for, and where.
#[derive(Clone, Debug)]
pub(super) struct Narrowed {
    pub phrases: Vec<String>,
    pub scope: Scope,
    holds: Vec<String>,
    lacks: Vec<String>,
    limit: usize,
}

impl Narrowed {
    /// What these filters and phrases look for.
    pub(super) fn new(filters: &Filters, phrases: Vec<String>) -> Self {
        let list = |texts: &Option<Vec<String>>| texts.clone().unwrap_or_default();
        Self {
            phrases,
            scope: Scope {
                sites: list(&filters.include_domains),
                not_sites: list(&filters.exclude_domains),
                from: filters.start_published_date.clone(),
                until: filters.end_published_date.clone(),
                ..Scope::default()
            },
            holds: list(&filters.include_text),
            lacks: list(&filters.exclude_text),
            limit: usize::try_from(filters.num_results.unwrap_or(RESULTS)).unwrap_or(1),
        }
    }

    pub(super) fn wanted(&self) -> Wanted<'_> {
        Wanted {
            phrases: &self.phrases,
            scope: &self.scope,
            holds: &self.holds,
            lacks: &self.lacks,
            limit: self.limit,
        }
    }
}
