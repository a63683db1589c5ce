//! `/search` and `/findSimilar`: <https://exa.ai/docs/reference/search>, read on 2026-11-21.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{agent::Grounding, contents::ContentsOptions, contents::Status, nullable};

/// What narrows a search; part of both bodies.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Filters {
    /// 1 to 100; 10 when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub num_results: Option<u32>,
    /// Only these sites.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_domains: Option<Vec<String>>,
    /// Not these sites.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclude_domains: Option<Vec<String>>,
    /// ISO 8601, by the date a page was crawled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_crawl_date: Option<String>,
    /// ISO 8601, by the date a page was crawled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_crawl_date: Option<String>,
    /// ISO 8601, by the date a page gives for itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_published_date: Option<String>,
    /// ISO 8601, by the date a page gives for itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_published_date: Option<String>,
    /// Words a page must hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_text: Option<Vec<String>>,
    /// Words a page must not hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclude_text: Option<Vec<String>>,
    /// A kind of page, from an open list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Two letters of a country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_location: Option<String>,
    /// What to return of each page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contents: Option<ContentsOptions>,
    /// Whether unsafe pages are left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moderation: Option<bool>,
}

/// The body of `POST /search`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SearchRequest {
    /// What to search.
    pub query: String,
    /// `auto` (the default), `neural`, `keyword`, `hybrid`, `fast`, `instant`, `lite`, or a deep one:
    /// `deep-lite`, `deep`, `deep-reasoning`.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Further phrasings, at most five; deep types only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub additional_queries: Option<Vec<String>>,
    /// Guidance for the search and the output.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system_prompt: Option<String>,
    /// `{"type": "text", "description"}` or an object schema of depth 2 and 10 properties at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output_schema: Option<Value>,
    /// Whether the output is wanted as a stream.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stream: Option<bool>,
    /// What narrows the search.
    #[serde(flatten)]
    pub filters: Filters,
}

/// The body of `POST /findSimilar`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FindSimilarRequest {
    /// The page to which others are to be similar.
    pub url: String,
    /// Whether pages of the same site are left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exclude_source_domain: Option<bool>,
    /// What narrows the search.
    #[serde(flatten)]
    pub filters: Filters,
}

/// The answer of `/search`, `/findSimilar` and `/contents`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SearchResponse {
    /// The id under which the request was logged.
    #[serde(default, deserialize_with = "nullable")]
    pub request_id: String,
    /// The pages, best first.
    pub results: Vec<SearchResult>,
    /// The type that was used where `auto` was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolved_search_type: Option<String>,
    /// All texts as one, where asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<String>,
    /// The output, where asked for with a schema.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<SearchOutput>,
    /// How each URL fared; only for contents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statuses: Option<Vec<Status>>,
    /// Milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search_time: Option<f64>,
    /// What it cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_dollars: Option<CostDollars>,
    /// What was not done as asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warnings: Option<Vec<SearchWarning>>,
}

/// A page; also a citation of [`super::answer::AnswerResponse`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SearchResult {
    /// The page's id, usually its URL.
    pub id: String,
    /// Where it is.
    pub url: String,
    /// What it is called; written as null where it has no title.
    #[serde(default)]
    pub title: Option<String>,
    /// ISO 8601, as the page says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_date: Option<String>,
    /// Who wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// How well it fits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// A picture of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// Its icon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub favicon: Option<String>,
    /// Its text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Passages that fit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub highlights: Option<Vec<String>>,
    /// How well they fit, in the same order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub highlight_scores: Option<Vec<f64>>,
    /// What it says in short; JSON as text where a schema was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Pages below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subpages: Option<Vec<Self>>,
    /// Links and pictures in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extras: Option<Extras>,
    /// Companies and persons it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entities: Option<Value>,
}

/// Links and pictures in a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Extras {
    /// Addresses of links.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<Vec<String>>,
    /// Addresses of pictures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_links: Option<Vec<String>>,
}

/// The output of a deep search.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SearchOutput {
    /// Text, or a value of the schema's shape.
    pub content: Value,
    /// Which pages support which field; the path of a field has no root before it.
    #[serde(default, deserialize_with = "nullable")]
    pub grounding: Vec<Grounding>,
}

/// What a search cost, in US dollars.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CostDollars {
    /// All of it.
    pub total: f64,
    /// By type of search.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search: Option<Value>,
    /// By kind of content.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contents: Option<Value>,
}

/// Something that was not done as asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SearchWarning {
    /// The case.
    pub code: String,
    /// Which part of the request.
    pub path: String,
    /// In words.
    pub message: String,
}
