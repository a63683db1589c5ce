//! `POST /research` and `GET /research/{request_id}`.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::json::or_default;

use super::Credits;

/// The body of `POST /research`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ResearchRequest {
    /// The question; required.
    #[serde(deserialize_with = "or_default")]
    pub input: String,
    /// `mini`, `pro` or `auto`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Whether the answer is an event stream.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream: Option<bool>,
    /// `properties` and `required`; every property needs `type` and `description`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_schema: Option<Value>,
    /// `numbered`, `mla`, `apa` or `chicago`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub citation_format: Option<String>,
    /// Hosts to prefer, at most 20.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_domains: Option<Vec<String>>,
    /// Hosts to leave out, at most 20.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclude_domains: Option<Vec<String>>,
    /// `short`, `standard` or `long`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_length: Option<String>,
    /// Texts to take into account, at most 5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub files: Option<Vec<File>>,
}

/// A file that goes with a question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct File {
    /// The name, which ends with `.txt`, `.md` or `.json`.
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// The contents, in base64.
    #[serde(deserialize_with = "or_default")]
    pub data: String,
    /// `base64`.
    #[serde(rename = "type", deserialize_with = "or_default")]
    pub kind: String,
}

/// The answer of `POST /research`. Status 200: tavily-python takes no other.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ResearchCreated {
    /// The task's id.
    #[serde(deserialize_with = "or_default")]
    pub request_id: String,
    /// ISO 8601, UTC.
    #[serde(deserialize_with = "or_default")]
    pub created_at: String,
    /// `pending`.
    #[serde(deserialize_with = "or_default")]
    pub status: String,
    /// The question.
    #[serde(deserialize_with = "or_default")]
    pub input: String,
    /// The model.
    #[serde(deserialize_with = "or_default")]
    pub model: String,
    /// Seconds this answer took.
    #[serde(deserialize_with = "or_default")]
    pub response_time: f64,
}

/// The answer of `GET /research/{request_id}` with status 202: not over yet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ResearchPending {
    /// The task's id.
    #[serde(deserialize_with = "or_default")]
    pub request_id: String,
    /// `pending` or `in_progress`.
    #[serde(deserialize_with = "or_default")]
    pub status: String,
    /// Seconds this answer took.
    #[serde(deserialize_with = "or_default")]
    pub response_time: f64,
}

/// The answer of `GET /research/{request_id}` with status 200: completed or failed. A failed task
/// has neither content nor sources.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ResearchTask {
    /// The task's id.
    #[serde(deserialize_with = "or_default")]
    pub request_id: String,
    /// ISO 8601, UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// `completed` or `failed`.
    #[serde(deserialize_with = "or_default")]
    pub status: String,
    /// The report: text, or an object when an output schema was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<Value>,
    /// The sources; `[n]` in the text is the n-th of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sources: Option<Vec<ResearchSource>>,
    /// Why it failed. Not in the reference, but looked for by official samples.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Seconds this answer took.
    #[serde(deserialize_with = "or_default")]
    pub response_time: f64,
    /// What it cost, with `include_usage=true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage: Option<Credits>,
}

/// A source of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ResearchSource {
    /// The title of the page.
    #[serde(deserialize_with = "or_default")]
    pub title: String,
    /// Its address.
    #[serde(deserialize_with = "or_default")]
    pub url: String,
    /// The address of its icon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub favicon: Option<String>,
    /// The entry as the citation format writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub citation: Option<String>,
}
