//! What a person asks, and the state a run can be in.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::{json, labels::Labels};

/// A question with everything that shapes its answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Task {
    /// The question, in the words of the person who asks.
    pub question: String,
    /// How much work the answer is worth.
    pub effort: Effort,
    /// A JSON Schema; when given, the report also carries a `structured` value of that shape.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_schema: Option<Value>,
    /// Globs over document paths (local) or sites (web); empty means everywhere.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<String>,
    /// The job of an earlier run whose question this one continues, as the provider names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub follow_up_of: Option<String>,
    /// The provider's own word for the effort, one of the names in its list of efforts, where our
    /// three words are too coarse; it goes before [`Task::effort`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// What to know beside the question: sources to prefer, behaviour, tone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guidance: Option<String>,
    /// Sites (web) or globs (local) that are not to be searched.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exclude: Vec<String>,
    /// Rows that the run is to complete, one JSON object each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Value>,
    /// What is known already and is not to be found again, one JSON object each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub known: Vec<Value>,
    /// The most that the run may use.
    #[serde(skip_serializing_if = "Budget::is_empty")]
    pub budget: Budget,
    /// Labels that the provider keeps with the job.
    #[serde(skip_serializing_if = "Labels::is_empty")]
    pub metadata: Labels,
    /// Settings that only this provider has, under its own names.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub options: Map<String, Value>,
}

json::fields!(
    Task: needs question;
    may have effort, output_schema, include, follow_up_of, level, guidance, exclude, rows, known,
    budget, metadata, options
);

/// The most that a run may use; absent means the provider's own limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Budget {
    /// US dollars.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usd: Option<f64>,
    /// Seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u32>,
}

json::fields!(Budget: may have usd, seconds);

impl Budget {
    /// Whether nothing is limited.
    pub const fn is_empty(&self) -> bool {
        self.usd.is_none() && self.seconds.is_none()
    }
}

/// How deep a run goes. More effort means more phrasings, more sources and a longer report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effort {
    /// A short answer from the best few passages.
    Quick,
    /// A report with sections.
    #[default]
    Standard,
    /// More facets, more phrasings and a second round for what the first left open.
    Deep,
}

json::words!(Effort: Quick "quick", Standard "standard", Deep "deep");

impl Effort {
    /// All efforts, shallow to deep.
    pub const ALL: [Self; 3] = [Self::Quick, Self::Standard, Self::Deep];
}

/// The state of a run. A run that has ended never changes again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Status {
    /// Accepted, waiting for its turn.
    #[default]
    Queued,
    /// Being researched.
    Running,
    /// Ended with a report.
    Completed,
    /// Ended without a report.
    Failed,
    /// Ended by the person who asked; what was found so far is kept as a partial report.
    Cancelled,
}

json::words!(
    Status: Queued "queued", Running "running", Completed "completed", Failed "failed",
    Cancelled "cancelled"
);

impl Status {
    /// All states, in the order a run can pass through them.
    pub const ALL: [Self; 5] =
        [Self::Queued, Self::Running, Self::Completed, Self::Failed, Self::Cancelled];

    /// Whether the run is over.
    pub const fn has_ended(self) -> bool {
        matches!(self, Self::Completed | Self::Failed | Self::Cancelled)
    }
}
