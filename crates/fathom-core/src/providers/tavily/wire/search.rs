//! `POST /search`.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::json::or_default;

use super::{Receipt, Toggle};

/// The body of `POST /search`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SearchRequest {
    /// What to search; required.
    #[serde(deserialize_with = "or_default")]
    pub query: String,
    /// `basic`, `advanced`, `fast` or `ultra-fast`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search_depth: Option<String>,
    /// `general`, `news` or `finance`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// `day`, `week`, `month`, `year` or their first letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_range: Option<String>,
    /// `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_date: Option<String>,
    /// `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_date: Option<String>,
    /// Days back from now, for news.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
    /// The oldest cached page to accept, in hours, as tavily-python writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_age_hours: Option<f64>,
    /// The same, as @tavily/core writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_hours: Option<f64>,
    /// 0 to 20; 5 unless said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_results: Option<u32>,
    /// 1 to 3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chunks_per_source: Option<u32>,
    /// On, `basic` or `advanced`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_answer: Option<Toggle>,
    /// On, `markdown` or `text`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_raw_content: Option<Toggle>,
    /// Whether pictures are wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_images: Option<bool>,
    /// Whether pictures are wanted with a description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_image_descriptions: Option<bool>,
    /// Whether icons are wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_favicon: Option<bool>,
    /// Hosts to search.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_domains: Option<Vec<String>>,
    /// Hosts to leave out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclude_domains: Option<Vec<String>>,
    /// `restrict` or `prefer`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_domains_mode: Option<String>,
    /// The English name of a country to prefer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Whether settings may be chosen from the query.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_parameters: Option<bool>,
    /// Whether quoted phrases must be found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exact_match: Option<bool>,
    /// Whether the answer says what it cost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_usage: Option<bool>,
    /// Whether unfit pages are left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub safe_search: Option<bool>,
    /// The language to prefer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Whether other languages are left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filter_by_language: Option<bool>,
    /// Seconds that fetching a page may take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fetch_timeout: Option<f64>,
    /// Whether a cached page may stand in for one that cannot be fetched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_fallback: Option<bool>,
}

/// The answer of `POST /search`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SearchResponse {
    /// What was searched.
    #[serde(deserialize_with = "or_default")]
    pub query: String,
    /// A short answer, where one was wanted; null otherwise.
    pub answer: Option<String>,
    /// Pictures; empty unless wanted.
    #[serde(deserialize_with = "or_default")]
    pub images: Vec<Image>,
    /// The pages found, best first.
    #[serde(deserialize_with = "or_default")]
    pub results: Vec<SearchResult>,
    /// How it went.
    #[serde(flatten)]
    pub receipt: Receipt,
    /// The settings that were chosen from the query, where wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_parameters: Option<Value>,
}

/// A page that was found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SearchResult {
    /// The title of the page.
    #[serde(deserialize_with = "or_default")]
    pub title: String,
    /// Its address.
    #[serde(deserialize_with = "or_default")]
    pub url: String,
    /// What it says to the query.
    #[serde(deserialize_with = "or_default")]
    pub content: String,
    /// How well it fits, 0 to 1.
    #[serde(deserialize_with = "or_default")]
    pub score: f64,
    /// The whole text, where wanted; null otherwise.
    pub raw_content: Option<String>,
    /// When it was published, for news.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_date: Option<String>,
    /// The address of its icon, where wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub favicon: Option<String>,
    /// An id to refer to in feedback.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its pictures, where wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub images: Option<Vec<Image>>,
}

/// A picture: an address alone, or with a description.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Value", into = "Value")]
pub struct Image {
    /// Its address.
    pub url: String,
    /// What it shows.
    pub description: Option<String>,
}

impl From<Value> for Image {
    fn from(value: Value) -> Self {
        let text = |name| value.get(name).and_then(Value::as_str).map(str::to_owned);
        let (url, description) = (text("url"), text("description"));
        let url = url.or_else(|| value.as_str().map(str::to_owned)).unwrap_or_default();
        Self { url, description }
    }
}

impl From<Image> for Value {
    fn from(image: Image) -> Self {
        match image.description {
            None => Self::String(image.url),
            Some(description) => Self::Object(
                [("url", image.url), ("description", description)]
                    .map(|(name, text)| (name.to_owned(), Self::String(text)))
                    .into_iter()
                    .collect(),
            ),
        }
    }
}
