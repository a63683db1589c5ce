//! What is known about a provider before anything is sent.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::task::{Effort, Task};

/// What is known about a provider before anything is sent.
///
/// Providers hold it as a static; `/api/v1/providers` sends it; the app reads it back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Info {
    /// The provider's name in code, settings and URLs.
    pub id: Cow<'static, str>,
    /// Who is behind it.
    #[serde(default)]
    pub vendor: Cow<'static, str>,
    /// The name to show.
    #[serde(default)]
    pub name: Cow<'static, str>,
    /// One sentence on what it is good for.
    #[serde(default)]
    pub summary: Cow<'static, str>,
    /// The address used when none is set; empty where there is no such thing.
    #[serde(default)]
    pub base: Cow<'static, str>,
    /// Whether a key is needed, and, where a server says so, present.
    #[serde(default)]
    pub key: Key,
    /// What it can do.
    #[serde(default)]
    pub capabilities: Capabilities,
    /// What it accepts.
    #[serde(default)]
    pub limits: Limits,
    /// The efforts it offers, shallow to deep.
    #[serde(default)]
    pub efforts: Cow<'static, [EffortInfo]>,
    /// The names that [`crate::Task::options`] may hold.
    #[serde(default)]
    pub options: Cow<'static, [Cow<'static, str>]>,
    /// How it wants to be asked.
    #[serde(default)]
    pub pace: Pace,
}

impl Info {
    /// What a task's effort means here: the level it names, else the first that stands for its
    /// effort, else the next deeper one, else the deepest. None for a level that does not exist,
    /// and where there are no levels.
    pub fn level(&self, task: &Task) -> Option<&EffortInfo> {
        if let Some(level) = &task.level {
            return self.efforts.iter().find(|known| known.name == *level);
        }
        let mut fitting: Option<&EffortInfo> = None;
        for known in self.efforts.iter().filter(|known| known.effort >= task.effort) {
            if fitting.is_none_or(|fitting| known.effort < fitting.effort) {
                fitting = Some(known);
            }
        }
        fitting.or(self.efforts.last())
    }
}

/// Whether a key is needed and present.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Key {
    /// Works without one.
    #[default]
    NotNeeded,
    /// Needed and there.
    Present,
    /// Needed and not there.
    Missing,
}

/// What a provider can do. Everything that differs between providers is asked here, never by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Capabilities {
    /// Events can be read as they happen.
    pub stream: bool,
    /// A stream can be taken up again after its last seen event.
    pub resume: bool,
    /// A job can be ended early.
    pub cancel: bool,
    /// Jobs can be listed.
    pub list: bool,
    /// Creating twice with the same token makes one job.
    pub idempotent_create: bool,
    /// A structured value can be asked for.
    pub output_schema: bool,
    /// The search can be narrowed to sites or documents.
    pub include: bool,
    /// A task can continue an earlier one.
    pub follow_up: bool,
    /// The documents behind citations are kept and can be opened.
    pub documents: bool,
    /// Guidance can be given beside the question.
    pub guidance: bool,
    /// Sites or documents can be kept out of the search.
    pub exclude: bool,
    /// Rows can be given to complete, and known things to leave out.
    pub rows: bool,
    /// What a run may cost can be limited.
    pub budget_usd: bool,
    /// How long a run may take can be limited.
    pub budget_seconds: bool,
    /// Labels are kept with the job.
    pub metadata: bool,
    /// The answer to the submission is the report: there is no job to follow.
    pub immediate: bool,
    /// A stream tells what has happened so far and closes; it does not wait for more.
    pub stream_closes: bool,
    /// A stream that is opened again tells everything from the start, in the same order.
    pub stream_restarts: bool,
    /// A job can be told to finish early and keep what it has.
    pub stop: bool,
    /// A job and its results can be removed at the provider.
    pub delete: bool,
}

impl Capabilities {
    /// Nothing beyond asking and waiting: what a provider starts from when it says what it can do.
    pub const NONE: Self = Self {
        stream: false,
        resume: false,
        cancel: false,
        list: false,
        idempotent_create: false,
        output_schema: false,
        include: false,
        follow_up: false,
        documents: false,
        guidance: false,
        exclude: false,
        rows: false,
        budget_usd: false,
        budget_seconds: false,
        metadata: false,
        immediate: false,
        stream_closes: false,
        stream_restarts: false,
        stop: false,
        delete: false,
    };
}

/// What a provider accepts; absent means no documented limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// The longest question, in characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question_chars: Option<u32>,
    /// The deepest nesting of an output schema, as [`crate::schema::Size::depth`] counts it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema_depth: Option<u32>,
    /// The most properties of an output schema's root object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema_roots: Option<u32>,
    /// The most properties of an output schema.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema_properties: Option<u32>,
    /// The most entries of the include list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include: Option<u32>,
    /// The most entries of the exclude list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclude: Option<u32>,
    /// The most runs at the same time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active_runs: Option<u32>,
}

impl Limits {
    /// No documented limit at all: what a provider starts from when it says what it accepts.
    pub const NONE: Self = Self {
        question_chars: None,
        schema_depth: None,
        schema_roots: None,
        schema_properties: None,
        include: None,
        exclude: None,
        active_runs: None,
    };
}

/// What one effort means at a provider.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EffortInfo {
    /// Our word for it.
    pub effort: Effort,
    /// The provider's word for it.
    #[serde(default)]
    pub name: Cow<'static, str>,
    /// The seconds half of the runs take, where documented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub typical_seconds: Option<u32>,
    /// The seconds nine runs in ten take, where documented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slow_seconds: Option<u32>,
    /// What a run costs; absent where it costs nothing, and where no figure is documented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Price>,
}

/// What a run costs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Price {
    /// The least.
    pub from: f64,
    /// The most.
    pub to: f64,
    /// `USD` or the provider's own unit.
    pub unit: Cow<'static, str>,
}

/// How a provider wants to be asked, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pace {
    /// Between the first polls.
    pub poll_ms: u32,
    /// Between later polls.
    pub poll_max_ms: u32,
    /// The longest silence of a living stream.
    pub silence_ms: u32,
    /// The longest wait for an ordinary reply.
    pub reply_ms: u32,
}

impl Pace {
    /// What suits a provider that says nothing about it.
    pub const DEFAULT: Self =
        Self { poll_ms: 1_000, poll_max_ms: 10_000, silence_ms: 60_000, reply_ms: 60_000 };
}

impl Default for Pace {
    fn default() -> Self {
        Self::DEFAULT
    }
}
