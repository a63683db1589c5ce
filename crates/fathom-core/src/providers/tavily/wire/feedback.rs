//! `POST /feedback`.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::json::or_default;

/// The body of `POST /feedback`: what somebody thinks of an answer. A score is a number or a word.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FeedbackRequest {
    /// The session it is about, unless a request is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_id: Option<String>,
    /// The request it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// What the program thinks that asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_score: Option<Value>,
    /// What the person thinks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub human_score: Option<Value>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// The answer of `POST /feedback`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FeedbackResponse {
    /// Whether it was taken.
    #[serde(deserialize_with = "or_default")]
    pub success: bool,
    /// A name for it.
    #[serde(deserialize_with = "or_default")]
    pub feedback_id: String,
    /// Seconds.
    #[serde(deserialize_with = "or_default")]
    pub response_time: f64,
}
