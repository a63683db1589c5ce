//! `/answer`: <https://exa.ai/docs/reference/answer>, read on 2026-11-21.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    nullable,
    search::{CostDollars, SearchResult},
};

/// The body of `POST /answer`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AnswerRequest {
    /// The question.
    pub query: String,
    /// Whether the answer is wanted as a stream.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stream: Option<bool>,
    /// Whether citations carry the text of their page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<bool>,
    /// `exa`, or the older `exa-pro`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Guidance for the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system_prompt: Option<String>,
    /// The shape of the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output_schema: Option<Value>,
    /// Two letters of a country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_location: Option<String>,
}

/// The answer of `POST /answer`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AnswerResponse {
    /// Text, or a value of the schema's shape.
    pub answer: Value,
    /// The pages used.
    #[serde(default, deserialize_with = "nullable")]
    pub citations: Vec<SearchResult>,
    /// The id under which the request was logged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// What it cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_dollars: Option<CostDollars>,
}

/// A piece of a streamed answer, in the form of chat completions. After the last comes `[DONE]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Chunk {
    /// One, or none in a piece that only carries citations.
    #[serde(default, deserialize_with = "nullable")]
    pub choices: Vec<Choice>,
    /// The pages used so far.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citations: Option<Vec<SearchResult>>,
    /// What it cost; in the last piece.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_dollars: Option<CostDollars>,
}

/// A choice of a [`Chunk`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Always 0.
    #[serde(default)]
    pub index: u32,
    /// What is added.
    #[serde(default, deserialize_with = "nullable")]
    pub delta: Delta,
    /// `stop` in the last piece, else null.
    #[serde(default)]
    pub finish_reason: Option<String>,
}

/// What a [`Chunk`] adds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delta {
    /// `assistant`, in the first piece.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
}
