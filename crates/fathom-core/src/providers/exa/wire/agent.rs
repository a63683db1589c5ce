//! `/agent/runs`: <https://exa.ai/docs/reference/agent-api>, read on 2026-11-21.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Page, nullable};

/// The words of [`Run::status`].
pub mod status {
    /// Waits for its turn.
    pub const QUEUED: &str = "queued";
    /// Works.
    pub const RUNNING: &str = "running";
    /// Ended with an output, which need not satisfy the request; see [`super::stop`].
    pub const COMPLETED: &str = "completed";
    /// Ended without one.
    pub const FAILED: &str = "failed";
    /// Ended on request.
    pub const CANCELLED: &str = "cancelled";
}

/// The words of [`Run::stop_reason`].
pub mod stop {
    /// The output fits the schema; Exa says so also where required fields are null.
    pub const SCHEMA_SATISFIED: &str = "schema_satisfied";
    /// The budget is used up; the output is what there was by then.
    pub const BUDGET_REACHED: &str = "budget_reached";
    /// The time is used up; the output is what there was by then.
    pub const TIME_LIMIT_REACHED: &str = "time_limit_reached";
    /// The model's context is used up.
    pub const TOKEN_LIMIT_REACHED: &str = "token_limit_reached";
    /// The steps are used up.
    pub const ITERATION_LIMIT_REACHED: &str = "iteration_limit_reached";
    /// Ended early on request, with what there was by then.
    pub const STOPPED: &str = "stopped";
    /// Failed.
    pub const ERROR: &str = "error";
    /// Cancelled.
    pub const CANCELLED: &str = "cancelled";
}

/// The names of [`Event::event`]; other names exist in previews.
pub mod event {
    /// The run exists.
    pub const CREATED: &str = "agent_run.created";
    /// The run works.
    pub const STARTED: &str = "agent_run.started";
    /// The run ended with an output.
    pub const COMPLETED: &str = "agent_run.completed";
    /// The run failed.
    pub const FAILED: &str = "agent_run.failed";
    /// The run was cancelled.
    pub const CANCELLED: &str = "agent_run.cancelled";
    /// Narration of a search (undocumented).
    pub const SEARCH_TRACE: &str = "agent_run.search_trace";
    /// A tool is called (undocumented).
    pub const ITEM_ADDED: &str = "agent_run.output_item.added";
    /// A tool has answered (undocumented).
    pub const ITEM_DONE: &str = "agent_run.output_item.done";
    /// A source was seen (undocumented, previews only).
    pub const SOURCE_ADDED: &str = "agent_run.source.added";
}

/// The body of `POST /agent/runs`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateRun {
    /// The question; at least one character.
    pub query: String,
    /// Preferences for sources and behaviour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system_prompt: Option<String>,
    /// Rows to work on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input: Option<Input>,
    /// The shape of the structured output.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output_schema: Option<Value>,
    /// `minimal`, `low`, `medium`, `high`, `xhigh`, `auto` (the default), `ultra` or `max`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effort: Option<String>,
    /// Ceilings for metered efforts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Budget>,
    /// A completed run to continue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_run_id: Option<String>,
    /// Labels; strings in the documents, any value in the clients' types.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Data providers to switch on, at most five.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data_sources: Option<Vec<DataSource>>,
    /// The end user on whose behalf this is asked: 1 to 64 characters of `A-Za-z0-9_-`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_identifier: Option<String>,
}

/// Rows of a [`CreateRun`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Input {
    /// Rows to complete, one object each.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "nullable")]
    pub data: Vec<Value>,
    /// Things not to return, one object each.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "nullable")]
    pub exclusion: Vec<Value>,
}

/// Ceilings of a [`CreateRun`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Budget {
    /// 1 to 100 US dollars; only for `auto`, `ultra` and `max`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_cost_dollars: Option<f64>,
    /// 300 to 10,800 seconds; only for `ultra`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_duration_seconds: Option<u32>,
}

/// A data provider.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataSource {
    /// Its name, from an open list.
    pub provider: String,
}

/// A run: the answer to create, get, cancel and stop, and an entry of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Run {
    /// 1 to 200 characters of `A-Za-z0-9_.:-`; new ones begin with `agent_run_`.
    pub id: String,
    /// Always `agent_run`.
    #[serde(default = "run_object")]
    pub object: String,
    /// See [`status`].
    pub status: String,
    /// See [`stop`]; null until the run has ended.
    #[serde(default)]
    pub stop_reason: Option<String>,
    /// ISO 8601.
    #[serde(default)]
    pub created_at: Option<String>,
    /// ISO 8601; null until the run has ended.
    #[serde(default)]
    pub completed_at: Option<String>,
    /// The request as stored; null where nothing is stored.
    #[serde(default)]
    pub request: Option<CreateRun>,
    /// What was found; empty until the run has ended.
    #[serde(default, deserialize_with = "nullable")]
    pub output: Output,
    /// What was used.
    #[serde(default, deserialize_with = "nullable")]
    pub usage: Usage,
    /// What it cost, in US dollars.
    #[serde(default, deserialize_with = "nullable")]
    pub cost_dollars: CostDollars,
    /// Why it failed; absent otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<RunError>,
}

fn run_object() -> String {
    "agent_run".to_owned()
}

impl Default for Run {
    fn default() -> Self {
        Self {
            id: String::new(),
            object: run_object(),
            status: status::QUEUED.to_owned(),
            stop_reason: None,
            created_at: None,
            completed_at: None,
            request: None,
            output: Output::default(),
            usage: Usage::default(),
            cost_dollars: CostDollars::default(),
            error: None,
        }
    }
}

/// What a run found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Output {
    /// The answer in words.
    #[serde(default, deserialize_with = "nullable")]
    pub text: String,
    /// The answer in the shape asked for, or null.
    #[serde(default)]
    pub structured: Value,
    /// Which pages support which field.
    #[serde(default, deserialize_with = "nullable")]
    pub grounding: Vec<Grounding>,
}

/// The pages that support one field; also part of the answer of deep search.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Grounding {
    /// A path below the output: `text`, or such as `structured.companies[0].sourceUrl`.
    pub field: String,
    /// The pages.
    #[serde(default, deserialize_with = "nullable")]
    pub citations: Vec<Citation>,
    /// `low`, `medium`, `high` or null.
    #[serde(default)]
    pub confidence: Option<String>,
    /// From 0 to 1; only in older replies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
}

/// A page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// Where it is.
    pub url: String,
    /// What it is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// What a run used; the numbers can be fractions where a ceiling was reached.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Usage {
    /// Units of computing.
    pub agent_compute_units: f64,
    /// Searches.
    pub searches: f64,
    /// Email addresses found.
    pub emails: f64,
    /// Phone numbers found.
    pub phone_numbers: f64,
    /// Calls, by data provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_sources: Option<BTreeMap<String, f64>>,
}

/// What a run cost, in US dollars.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CostDollars {
    /// All of it.
    pub total: f64,
    /// Computing.
    pub agent_compute: f64,
    /// Searches.
    pub search: f64,
    /// Email addresses.
    pub emails: f64,
    /// Phone numbers.
    pub phone_numbers: f64,
    /// By data provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_sources: Option<BTreeMap<String, f64>>,
}

/// Why a run failed, or what is wrong with a request; see [`super::failure::AgentFailure`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RunError {
    /// The class: `INVALID_REQUEST`, `NOT_FOUND`, `SERVER_ERROR` and others.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The case: `RUN_NOT_FOUND`, `TIMEOUT` and others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// In words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Which part of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Which rule of a schema.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keyword: Option<String>,
    /// What the rule wants.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<Value>,
    /// What was there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actual: Option<Value>,
}

/// The answer of `GET /agent/runs`.
pub type RunPage = Page<Run>;

/// The answer of `GET /agent/runs/{id}/events` without a wish for a stream.
pub type EventPage = Page<Event>;

/// Something that happened. In a stream `id` is the event's id, `event` its name and `data` its data.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// Counts up within a run.
    #[serde(default, deserialize_with = "nullable")]
    pub id: String,
    /// See [`event`].
    pub event: String,
    /// For events that end the run, the [`Run`].
    #[serde(default)]
    pub data: Value,
    /// ISO 8601.
    #[serde(default)]
    pub created_at: Option<String>,
}

/// The answer of `DELETE /agent/runs/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeletedRun {
    /// The run that is gone.
    pub id: String,
    /// Always `agent_run.deleted`.
    #[serde(default = "deleted_object")]
    pub object: String,
    /// Always true.
    #[serde(default, deserialize_with = "nullable")]
    pub deleted: bool,
}

impl DeletedRun {
    /// Says that the run of this id is gone.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), object: deleted_object(), deleted: true }
    }
}

fn deleted_object() -> String {
    "agent_run.deleted".to_owned()
}
