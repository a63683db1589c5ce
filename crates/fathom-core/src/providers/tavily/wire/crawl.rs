//! `POST /crawl` and `POST /map`.

use serde::{Deserialize, Serialize};

use crate::json::or_default;

use super::Receipt;

/// The body of `POST /crawl`, pages reached from one with their text, and of `POST /map`, their
/// addresses alone; there, what is about texts has no effect.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CrawlRequest {
    /// Where to begin; required.
    #[serde(deserialize_with = "or_default")]
    pub url: String,
    /// What is looked for, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instructions: Option<String>,
    /// Links from the first page, 1 to 5; 1 unless said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_depth: Option<u32>,
    /// Links followed from each page, 1 to 500; 20 unless said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_breadth: Option<u32>,
    /// Pages in all; 50 unless said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Regular expressions of paths to follow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub select_paths: Option<Vec<String>>,
    /// Regular expressions of hosts to follow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub select_domains: Option<Vec<String>>,
    /// Regular expressions of paths to leave out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclude_paths: Option<Vec<String>>,
    /// Regular expressions of hosts to leave out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclude_domains: Option<Vec<String>>,
    /// Whether pages of other hosts are told; yes unless said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allow_external: Option<bool>,
    /// Whether pictures are wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_images: Option<bool>,
    /// `basic` or `advanced`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extract_depth: Option<String>,
    /// `markdown` or `text`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// Seconds, 10 to 150; 150 unless said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout: Option<f64>,
    /// Whether icons are wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_favicon: Option<bool>,
    /// Whether the answer says what it cost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_usage: Option<bool>,
    /// 1 to 5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chunks_per_source: Option<u32>,
}

/// The answer of `POST /crawl`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CrawlResponse {
    /// Where it began.
    #[serde(deserialize_with = "or_default")]
    pub base_url: String,
    /// The pages.
    #[serde(deserialize_with = "or_default")]
    pub results: Vec<CrawlResult>,
    /// How it went.
    #[serde(flatten)]
    pub receipt: Receipt,
}

/// A page that was reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CrawlResult {
    /// Its address.
    #[serde(deserialize_with = "or_default")]
    pub url: String,
    /// Its text.
    #[serde(deserialize_with = "or_default")]
    pub raw_content: String,
    /// The addresses of its pictures; empty unless wanted.
    #[serde(deserialize_with = "or_default")]
    pub images: Vec<String>,
    /// The address of its icon, where wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub favicon: Option<String>,
}

/// The answer of `POST /map`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MapResponse {
    /// Where it began.
    #[serde(deserialize_with = "or_default")]
    pub base_url: String,
    /// The addresses.
    #[serde(deserialize_with = "or_default")]
    pub results: Vec<String>,
    /// How it went.
    #[serde(flatten)]
    pub receipt: Receipt,
}
