//! The bodies of Extruct's Deep Research API, in its own words, in both directions: this crate's
//! provider speaks them to Extruct, and a server that stands in for it speaks them from the other
//! side.
//!
//! Source: the reference of `GET /v1/deep_research_tasks/{task_id}` (read 2026-11-22).
//!
//! Lenient in: nulls, missing and unknown fields are accepted. Complete out: everything that the
//! reference calls required is always written, and what may be null is written as null.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::json::or_default;

/// The longest brief, in characters.
pub const BRIEF_MAX: usize = 20_000;
/// How many tasks a page of the list holds unless asked otherwise.
pub const PAGE: u32 = 50;

/// The body of `POST /v1/deep_research_tasks`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CreateTask {
    /// The question, 1 to 20,000 characters; required.
    #[serde(deserialize_with = "or_default")]
    pub brief: String,
    /// `medium`, `high` or `xhigh`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub depth: Option<String>,
    /// A JSON Schema of type `object`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_schema: Option<Value>,
}

/// The answer of `POST /v1/deep_research_tasks` and `GET /v1/deep_research_tasks/{task_id}`; the
/// list is a bare array of these, newest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeepResearchTask {
    /// A UUID.
    #[serde(deserialize_with = "or_default")]
    pub id: String,
    /// ISO 8601.
    #[serde(deserialize_with = "or_default")]
    pub created_at: String,
    /// ISO 8601.
    #[serde(deserialize_with = "or_default")]
    pub updated_at: String,
    /// `created`, `in_progress`, `done` or `failed`.
    #[serde(deserialize_with = "or_default")]
    pub status: String,
    /// The question.
    #[serde(deserialize_with = "or_default")]
    pub brief: String,
    /// `medium`, `high` or `xhigh`.
    #[serde(deserialize_with = "or_default")]
    pub depth: String,
    /// Steps of analysis so far.
    #[serde(deserialize_with = "or_default")]
    pub iterations: u64,
    /// Research agents that have finished; each costs a credit.
    #[serde(deserialize_with = "or_default")]
    pub agents: u64,
    /// Unique sources so far: a count here, a list in the report.
    #[serde(deserialize_with = "or_default")]
    pub sources: u64,
    /// Who asked.
    #[serde(deserialize_with = "or_default")]
    pub owner: OwnerInfo,
    /// The schema asked for.
    pub output_schema: Option<Value>,
    /// Why it failed, in words.
    pub failure_reason: Option<String>,
    /// The report, once done.
    pub report: Option<DeepResearchReport>,
}

/// Who asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnerInfo {
    /// An id.
    #[serde(deserialize_with = "or_default")]
    pub id: String,
    /// An address.
    #[serde(deserialize_with = "or_default")]
    pub email: String,
}

/// A report of either kind.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeepResearchReport {
    /// `markdown` or `schema`.
    #[serde(deserialize_with = "or_default")]
    pub kind: String,
    /// Kind `markdown`: the text, in which `[n]` is the source with the id n.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub markdown: Option<String>,
    /// Kind `schema`: the value, which fits the schema.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fields: Option<Map<String, Value>>,
    /// Kind `schema`: the ids of the sources behind each field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<Value>,
    /// The sources.
    #[serde(deserialize_with = "or_default")]
    pub sources: Vec<ReportSource>,
    /// What reduced the coverage, in words; empty for a clean run.
    #[serde(deserialize_with = "or_default")]
    pub degradation_reasons: Vec<String>,
}

/// A source of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReportSource {
    /// The number that markers and `basis` use.
    #[serde(deserialize_with = "or_default")]
    pub id: u32,
    /// The address of the page.
    #[serde(deserialize_with = "or_default")]
    pub url: String,
}

/// The body of an answer with a status of 400 or more.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ErrorBody {
    /// A sentence, or for 422 a list of [`FieldError`].
    #[serde(deserialize_with = "or_default")]
    pub detail: Value,
}

/// What is wrong with one field of a request.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FieldError {
    /// Where: `body`, then the path to the field.
    #[serde(deserialize_with = "or_default")]
    pub loc: Vec<Value>,
    /// In words.
    #[serde(deserialize_with = "or_default")]
    pub msg: String,
    /// A word to branch on.
    #[serde(rename = "type", deserialize_with = "or_default")]
    pub kind: String,
}
