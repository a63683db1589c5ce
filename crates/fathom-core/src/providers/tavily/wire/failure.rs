//! What an answer with a status of 400 or more says.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::json::or_default;

/// The usual form: `{"detail": {"error": "..."}}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ErrorBody {
    /// What went wrong.
    #[serde(deserialize_with = "or_default")]
    pub detail: Detail,
}

/// See [`ErrorBody`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Detail {
    /// In words.
    #[serde(deserialize_with = "or_default")]
    pub error: String,
}

impl ErrorBody {
    /// The body that says `error`.
    pub fn new(error: impl Into<String>) -> Self {
        Self { detail: Detail { error: error.into() } }
    }
}

/// The form for requests without a key that have met a limit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeylessErrorBody {
    /// What went wrong.
    #[serde(deserialize_with = "or_default")]
    pub error: KeylessError,
}

/// See [`KeylessErrorBody`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeylessError {
    /// A word to branch on.
    #[serde(deserialize_with = "or_default")]
    pub code: String,
    /// In words.
    #[serde(deserialize_with = "or_default")]
    pub message: String,
    /// The span of the limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<String>,
    /// When to try again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after_seconds: Option<f64>,
    /// What could be done instead.
    #[serde(deserialize_with = "or_default")]
    pub next_actions: Vec<Value>,
}
