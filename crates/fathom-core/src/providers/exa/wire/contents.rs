//! `/contents`: <https://exa.ai/docs/reference/get-contents> and the SDK specification of 2025, read
//! on 2026-11-21. The answer is a [`super::search::SearchResponse`] with `statuses`.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Toggle, nullable};

/// What to return of pages: part of a search, or beside the URLs of a [`ContentsRequest`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ContentsOptions {
    /// Their text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Toggle<TextOptions>>,
    /// Passages that fit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub highlights: Option<Toggle<HighlightsOptions>>,
    /// What they say in short.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<Toggle<SummaryOptions>>,
    /// All texts as one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<Toggle<ContextOptions>>,
    /// `always`, `preferred`, `fallback`, `never`, or the older `auto`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub livecrawl: Option<String>,
    /// Milliseconds; 10,000 when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub livecrawl_timeout: Option<u64>,
    /// How old a stored page may be: 0 is always fetched, -1 never; goes before `livecrawl`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_age_hours: Option<f64>,
    /// ISO 8601: the page as it was then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snapshot_as_of: Option<String>,
    /// Whether pages without content are left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filter_empty_results: Option<bool>,
    /// How many pages below each to return.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subpages: Option<u32>,
    /// Words that such pages should hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subpage_target: Option<Words>,
    /// Links and pictures to return.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extras: Option<ExtrasOptions>,
}

/// One word or several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Words {
    /// One.
    One(String),
    /// Several.
    Many(Vec<String>),
}

impl Words {
    /// All of them.
    pub fn as_slice(&self) -> &[String] {
        match self {
            Self::One(word) => std::slice::from_ref(word),
            Self::Many(words) => words,
        }
    }
}

/// How texts are returned.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TextOptions {
    /// The longest text, in characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_characters: Option<u64>,
    /// Whether HTML tags are kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_html_tags: Option<bool>,
    /// `compact`, `standard` or `full`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verbosity: Option<String>,
    /// Only these parts of a page: `header`, `body` and others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_sections: Option<Vec<String>>,
    /// Not these parts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclude_sections: Option<Vec<String>>,
}

/// Which passages are returned.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct HighlightsOptions {
    /// What they should fit; the search's query when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// The most characters of all together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_characters: Option<u64>,
    /// Sentences of each.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub num_sentences: Option<u32>,
    /// Passages of a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub highlights_per_url: Option<u32>,
}

/// How pages are told in short.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SummaryOptions {
    /// What it should answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// A JSON Schema; the summary is then JSON as text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema: Option<Value>,
}

/// How texts are put together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ContextOptions {
    /// The most characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_characters: Option<u64>,
}

/// How many links and pictures are returned.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ExtrasOptions {
    /// Links.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub links: Option<u32>,
    /// Pictures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_links: Option<u32>,
}

/// The body of `POST /contents`. Clients send `urls`, older ones `ids`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ContentsRequest {
    /// The pages.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "nullable")]
    pub urls: Vec<String>,
    /// The same, in older clients.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "nullable")]
    pub ids: Vec<String>,
    /// What to return of them; their text when nothing is asked for.
    #[serde(flatten)]
    pub options: ContentsOptions,
}

/// How one URL fared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// The URL as it was asked for.
    pub id: String,
    /// `success` or `error`.
    pub status: String,
    /// `cached` or `crawled`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// What went wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<StatusError>,
}

/// What went wrong with a URL.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StatusError {
    /// See [`tag`].
    pub tag: String,
    /// The status that goes with it.
    #[serde(default)]
    pub http_status_code: Option<u16>,
}

/// The words of [`StatusError::tag`].
pub mod tag {
    /// 404: there is no such page.
    pub const NOT_FOUND: &str = "CRAWL_NOT_FOUND";
    /// 408: the page did not answer.
    pub const TIMEOUT: &str = "CRAWL_TIMEOUT";
    /// The limit of the request was reached before the page was read.
    pub const LIVECRAWL_TIMEOUT: &str = "CRAWL_LIVECRAWL_TIMEOUT";
    /// 403: the page may not be read.
    pub const NOT_AVAILABLE: &str = "SOURCE_NOT_AVAILABLE";
    /// 500 and above: anything else.
    pub const UNKNOWN: &str = "CRAWL_UNKNOWN_ERROR";
}
