//! `POST /extract`.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::json::or_default;

use super::Receipt;

/// The body of `POST /extract`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExtractRequest {
    /// The addresses of the pages; one alone may come as a string.
    #[serde(deserialize_with = "one_or_many")]
    pub urls: Vec<String>,
    /// What the pieces of a page are ranked by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// 1 to 5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chunks_per_source: Option<u32>,
    /// `basic` or `advanced`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extract_depth: Option<String>,
    /// `markdown` or `text`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// Seconds, 1 to 60.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout: Option<f64>,
    /// Whether pictures are wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_images: Option<bool>,
    /// Whether icons are wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_favicon: Option<bool>,
    /// Whether the answer says what it cost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_usage: Option<bool>,
}

/// The answer of `POST /extract`. @tavily/core needs both lists.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExtractResponse {
    /// The pages that could be read.
    #[serde(deserialize_with = "or_default")]
    pub results: Vec<ExtractResult>,
    /// The others.
    #[serde(deserialize_with = "or_default")]
    pub failed_results: Vec<FailedResult>,
    /// How it went.
    #[serde(flatten)]
    pub receipt: Receipt,
}

/// A page that could be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExtractResult {
    /// Its address.
    #[serde(deserialize_with = "or_default")]
    pub url: String,
    /// Its title.
    pub title: Option<String>,
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

/// A page that could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FailedResult {
    /// Its address.
    #[serde(deserialize_with = "or_default")]
    pub url: String,
    /// Why, in words.
    #[serde(deserialize_with = "or_default")]
    pub error: String,
}

fn one_or_many<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let text = |value| if let Value::String(text) = value { Some(text) } else { None };
    Ok(match Value::deserialize(deserializer)? {
        Value::Array(values) => values.into_iter().filter_map(text).collect(),
        value => text(value).into_iter().collect(),
    })
}
