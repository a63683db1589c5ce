//! `/research/v1`: <https://docs.exa.ai/reference/research/create-a-task>, read on 2026-11-21.
//!
//! What the documents describe as unions is one flat type here, with what every kind has required
//! and the rest optional.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Page, millis, nullable};

/// The words of [`Research::status`]. Note the one `l` in `canceled`.
pub mod status {
    /// Waits for its turn.
    pub const PENDING: &str = "pending";
    /// Works.
    pub const RUNNING: &str = "running";
    /// Ended with an output.
    pub const COMPLETED: &str = "completed";
    /// Ended on request.
    pub const CANCELED: &str = "canceled";
    /// Ended without an output.
    pub const FAILED: &str = "failed";
}

/// The words of [`Event::event_type`], which also name the events of a stream.
pub mod event {
    /// What is researched: `instructions`, `outputSchema`.
    pub const RESEARCH_DEFINITION: &str = "research-definition";
    /// A round of planning begins: `planId`.
    pub const PLAN_DEFINITION: &str = "plan-definition";
    /// A step of planning: `planId`, `operationId`, `data`.
    pub const PLAN_OPERATION: &str = "plan-operation";
    /// A round of planning ends: `planId`, `output` of type `tasks` or `stop`.
    pub const PLAN_OUTPUT: &str = "plan-output";
    /// A task begins: `planId`, `taskId`, `instructions`.
    pub const TASK_DEFINITION: &str = "task-definition";
    /// A step of a task: `planId`, `taskId`, `operationId`, `data`.
    pub const TASK_OPERATION: &str = "task-operation";
    /// A task ends: `planId`, `taskId`, `output` of type `completed`.
    pub const TASK_OUTPUT: &str = "task-output";
    /// The end: `output` of type `completed` or `failed`. Nothing follows.
    pub const RESEARCH_OUTPUT: &str = "research-output";
}

/// The body of `POST /research/v1`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateResearch {
    /// What to research: at most 4,096 characters.
    pub instructions: String,
    /// `exa-research-fast`, `exa-research` (the default) or `exa-research-pro`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The shape of the output; at most 8 root fields and 5 levels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output_schema: Option<Value>,
}

/// A research: the answer to create and get, and an entry of the list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Research {
    /// The handle.
    pub research_id: String,
    /// Milliseconds since 1970.
    #[serde(default, deserialize_with = "millis::read")]
    pub created_at: u64,
    /// The model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// What is researched.
    #[serde(default, deserialize_with = "nullable")]
    pub instructions: String,
    /// The shape of the output.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output_schema: Option<Value>,
    /// See [`status`].
    pub status: String,
    /// What has happened; only when asked for with `events=true`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub events: Option<Vec<Event>>,
    /// Required when completed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<ResearchOutput>,
    /// Required when completed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_dollars: Option<CostDollars>,
    /// Milliseconds since 1970; required when ended.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "millis::optional"
    )]
    pub finished_at: Option<u64>,
    /// In words; required when failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// What a research found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ResearchOutput {
    /// Markdown, or JSON as text when a schema was given.
    pub content: String,
    /// The value, when a schema was given and the output fits it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parsed: Option<Value>,
}

/// What a research cost.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CostDollars {
    /// US dollars.
    pub total: f64,
    /// Searches.
    pub num_searches: f64,
    /// Pages read.
    pub num_pages: f64,
    /// Tokens of reasoning.
    pub reasoning_tokens: f64,
}

/// The answer of `GET /research/v1`.
pub type ResearchPage = Page<Research>;

/// Something that happened; see [`event`] for which kind has which fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// See [`event`].
    pub event_type: String,
    /// The research it belongs to.
    #[serde(default, deserialize_with = "nullable")]
    pub research_id: String,
    /// Milliseconds since 1970.
    #[serde(default, deserialize_with = "millis::read")]
    pub created_at: u64,
    /// The round of planning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan_id: Option<String>,
    /// The task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task_id: Option<String>,
    /// The step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation_id: Option<String>,
    /// Of the research or of a task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instructions: Option<String>,
    /// Of the research.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output_schema: Option<Value>,
    /// What a step did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Operation>,
    /// How a round, a task or the research ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<EventOutput>,
}

/// What a step did: `think` has `content`; `search` has `searchType`, `query`, `results`,
/// `pageTokens` and perhaps `goal`; `crawl` has `result`, `pageTokens` and perhaps `goal`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Operation {
    /// `think`, `search` or `crawl`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The thought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// `neural`, `keyword`, `auto` or `fast`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search_type: Option<String>,
    /// What is hoped for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<String>,
    /// The words searched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// The pages found, best first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub results: Option<Vec<PageUrl>>,
    /// The page read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<PageUrl>,
    /// Tokens of what was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_tokens: Option<f64>,
}

/// A page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageUrl {
    /// Where it is.
    pub url: String,
}

/// How something ended: `tasks` has `reasoning` and `tasksInstructions`; `stop` has `reasoning`;
/// `completed` has `content`, and for the research `costDollars` and perhaps `parsed`; `failed` has
/// `error`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EventOutput {
    /// `tasks`, `stop`, `completed` or `failed`.
    pub output_type: String,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasoning: Option<String>,
    /// What the tasks are to do; they run at the same time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tasks_instructions: Option<Vec<String>>,
    /// What was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// The value found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parsed: Option<Value>,
    /// What it cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_dollars: Option<CostDollars>,
    /// In words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}
