//! The bodies of answers with a status of 400 or more:
//! <https://exa.ai/docs/reference/error-codes>, read on 2026-11-21.

use serde::{Deserialize, Serialize};

use super::agent::RunError;

/// The form of everything but the agent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Failure {
    /// The id under which the request was logged; also in the header `x-request-id`.
    pub request_id: String,
    /// In words.
    pub error: String,
    /// The case: `INVALID_API_KEY`, `NO_MORE_CREDITS` and others.
    pub tag: String,
}

/// The form of the agent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AgentFailure {
    /// What is wrong.
    pub error: RunError,
}

/// The words of [`Failure::tag`] that a server of this protocol needs; the list is open.
pub mod tag {
    /// 401.
    pub const INVALID_API_KEY: &str = "INVALID_API_KEY";
    /// 404.
    pub const NOT_FOUND: &str = "NOT_FOUND";
    /// 400.
    pub const INVALID_REQUEST_BODY: &str = "INVALID_REQUEST_BODY";
    /// 400.
    pub const INVALID_JSON_SCHEMA: &str = "INVALID_JSON_SCHEMA";
    /// 400.
    pub const INVALID_URLS: &str = "INVALID_URLS";
    /// 400.
    pub const NUM_RESULTS_EXCEEDED: &str = "NUM_RESULTS_EXCEEDED";
    /// 429.
    pub const RATE_LIMIT_EXCEEDED: &str = "RATE_LIMIT_EXCEEDED";
    /// 500.
    pub const INTERNAL_ERROR: &str = "INTERNAL_ERROR";
    /// 503.
    pub const SERVICE_OVERLOADED: &str = "SERVICE_OVERLOADED";
}
