//! `/research/v0/tasks`: <https://docs.exa.ai/reference/research/get-a-task> of 2025-07-16 and the
//! TypeScript SDK specification of the same time, read on 2026-11-21.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Page, nullable};

/// The words of [`Task::status`].
pub mod status {
    /// Works, or waits for its turn.
    pub const RUNNING: &str = "running";
    /// Ended with data.
    pub const COMPLETED: &str = "completed";
    /// Ended without.
    pub const FAILED: &str = "failed";
}

/// The body of `POST /research/v0/tasks`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CreateTask {
    /// What to research: at most 4,096 characters.
    pub instructions: String,
    /// `exa-research` (the default) or `exa-research-pro`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The shape of the data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<Output>,
}

/// The shape of the data of a [`CreateTask`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Output {
    /// A JSON Schema.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<Value>,
    /// Whether one is to be made up when none is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub infer_schema: Option<bool>,
}

/// The answer of `POST /research/v0/tasks`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Created {
    /// The handle.
    pub id: String,
}

/// A task: the answer to get, and an entry of the list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// The handle.
    pub id: String,
    /// See [`status`].
    pub status: String,
    /// What is researched.
    #[serde(default, deserialize_with = "nullable")]
    pub instructions: String,
    /// The schema in use, given or made up; always written, because the Python client needs it.
    #[serde(default, deserialize_with = "nullable")]
    pub schema: Map<String, Value>,
    /// What was found; once completed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Value>,
    /// The pages behind each root field; once completed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citations: Option<BTreeMap<String, Vec<Citation>>>,
}

/// A page behind a field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// The page's id, usually its URL.
    pub id: String,
    /// Where it is.
    pub url: String,
    /// What it is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// An extract.
    #[serde(default, deserialize_with = "nullable")]
    pub snippet: String,
}

/// The answer of `GET /research/v0/tasks`.
pub type TaskPage = Page<Task>;
