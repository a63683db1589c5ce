//! The events of `POST /research` with `stream: true`.
//!
//! Each is `event: chat.completion.chunk` with one [`Chunk`] as data; the last is `event: done`.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::json::or_default;

use super::ResearchSource;

/// One event.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Chunk {
    /// The same in all events of a stream, and taken to be the task's id.
    #[serde(deserialize_with = "or_default")]
    pub id: String,
    /// `chat.completion.chunk`.
    #[serde(deserialize_with = "or_default")]
    pub object: String,
    /// The model at work: `mini` or `pro`.
    #[serde(deserialize_with = "or_default")]
    pub model: String,
    /// Seconds since 1970.
    #[serde(deserialize_with = "or_default")]
    pub created: u64,
    /// One choice.
    #[serde(deserialize_with = "or_default")]
    pub choices: Vec<ChunkChoice>,
}

/// The choice of a [`Chunk`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ChunkChoice {
    /// What is new.
    #[serde(deserialize_with = "or_default")]
    pub delta: Delta,
}

/// What is new: one of these.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Delta {
    /// `assistant`, beside a content.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// A piece of the report's markdown, or the whole object when an output schema was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<Value>,
    /// An action begins or has ended. An object, unlike the array of other chat protocols.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool_calls: Option<ToolCalls>,
    /// All sources, once, after the content.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sources: Option<Vec<ResearchSource>>,
    /// The form of an older version, for what `tool_calls` says now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step_details: Option<StepDetails>,
}

/// Actions that begin or have ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ToolCalls {
    /// `tool_call` or `tool_response`.
    #[serde(rename = "type", deserialize_with = "or_default")]
    pub kind: String,
    /// What begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool_call: Option<Vec<ToolCall>>,
    /// What has ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool_response: Option<Vec<ToolCall>>,
}

/// An action.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ToolCall {
    /// The same at the beginning and at the end.
    #[serde(deserialize_with = "or_default")]
    pub id: String,
    /// `Planning`, `WebSearch`, `ResearchSubtopic` or `Generating`.
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// What is done, in words.
    #[serde(deserialize_with = "or_default")]
    pub arguments: String,
    /// What is searched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queries: Option<Vec<String>>,
    /// What was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sources: Option<Vec<ResearchSource>>,
    /// The action that this one is a part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_tool_call_id: Option<String>,
}

/// A step, as an older version tells it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct StepDetails {
    /// `research_plan` or `research`.
    #[serde(rename = "type", deserialize_with = "or_default")]
    pub kind: String,
    /// What is done.
    #[serde(deserialize_with = "or_default")]
    pub step: Value,
}
