//! What was used: per request, and `GET /usage`.

use serde::{Deserialize, Serialize};

use crate::json::or_default;

/// What one request cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Credits {
    /// Credits; a fraction is possible.
    #[serde(deserialize_with = "or_default")]
    pub credits: f64,
}

/// What the answers of all endpoints but research say of themselves.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Receipt {
    /// Seconds.
    #[serde(deserialize_with = "or_default")]
    pub response_time: f64,
    /// The request's id.
    #[serde(deserialize_with = "or_default")]
    pub request_id: String,
    /// What it cost, where wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage: Option<Credits>,
}

/// The answer of `GET /usage`, in credits.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct UsageResponse {
    /// What the key has used.
    #[serde(deserialize_with = "or_default")]
    pub key: KeyUsage,
    /// What the account has used.
    #[serde(deserialize_with = "or_default")]
    pub account: AccountUsage,
}

/// What a key has used, in credits.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeyUsage {
    /// In all.
    #[serde(deserialize_with = "or_default")]
    pub usage: f64,
    /// The key's limit; null without one.
    pub limit: Option<f64>,
    /// By `/search`.
    #[serde(deserialize_with = "or_default")]
    pub search_usage: f64,
    /// By `/extract`.
    #[serde(deserialize_with = "or_default")]
    pub extract_usage: f64,
    /// By `/crawl`.
    #[serde(deserialize_with = "or_default")]
    pub crawl_usage: f64,
    /// By `/map`.
    #[serde(deserialize_with = "or_default")]
    pub map_usage: f64,
    /// By `/research`.
    #[serde(deserialize_with = "or_default")]
    pub research_usage: f64,
}

/// What an account has used, in credits.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AccountUsage {
    /// The plan's name.
    #[serde(deserialize_with = "or_default")]
    pub current_plan: String,
    /// Of the plan.
    #[serde(deserialize_with = "or_default")]
    pub plan_usage: f64,
    /// The plan's limit; null without one.
    pub plan_limit: Option<f64>,
    /// Beyond the plan.
    #[serde(deserialize_with = "or_default")]
    pub paygo_usage: f64,
    /// The limit beyond the plan; null without one.
    pub paygo_limit: Option<f64>,
    /// By `/search`.
    #[serde(deserialize_with = "or_default")]
    pub search_usage: f64,
    /// By `/extract`.
    #[serde(deserialize_with = "or_default")]
    pub extract_usage: f64,
    /// By `/crawl`.
    #[serde(deserialize_with = "or_default")]
    pub crawl_usage: f64,
    /// By `/map`.
    #[serde(deserialize_with = "or_default")]
    pub map_usage: f64,
    /// By `/research`.
    #[serde(deserialize_with = "or_default")]
    pub research_usage: f64,
}
