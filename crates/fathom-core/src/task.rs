//! What a person asks, and the state a run can be in.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A question with everything that shapes its answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// The question, in the words of the person who asks.
    pub question: String,
    /// How much work the answer is worth.
    #[serde(default)]
    pub effort: Effort,
    /// A JSON Schema; when given, the report also carries a `structured` value of that shape.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output_schema: Option<Value>,
    /// Globs over document paths (local) or sites (web); empty means everywhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<String>,
    /// The id of an earlier run whose question this one continues.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up_of: Option<String>,
}

/// How deep a run goes. More effort means more phrasings, more sources and a longer report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Effort {
    /// A short answer from the best few passages.
    Quick,
    /// A report with sections.
    #[default]
    Standard,
    /// More facets, more phrasings and a second round for what the first left open.
    Deep,
}

impl Effort {
    /// All efforts, shallow to deep.
    pub const ALL: [Self; 3] = [Self::Quick, Self::Standard, Self::Deep];

    /// The word used on the wire and in the app.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Standard => "standard",
            Self::Deep => "deep",
        }
    }
}

/// The state of a run. A run that has ended never changes again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
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

impl Status {
    /// All states, in the order a run can pass through them.
    pub const ALL: [Self; 5] =
        [Self::Queued, Self::Running, Self::Completed, Self::Failed, Self::Cancelled];

    /// Whether the run is over.
    pub const fn has_ended(self) -> bool {
        matches!(self, Self::Completed | Self::Failed | Self::Cancelled)
    }

    /// The word used on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }
}
