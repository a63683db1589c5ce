//! What a run yields.

use serde::Serialize;
use serde_json::Value;

use crate::{
    json,
    source::{Evidence, Source},
};

/// The answer to a task, with everything needed to check it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Report {
    /// The text, with `[n]` markers that refer to [`Report::sources`] by id.
    pub markdown: String,
    /// The value asked for with an output schema.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub structured: Option<Value>,
    /// The sources cited, ordered by id.
    pub sources: Vec<Source>,
    /// Ties from places in the report to sources, in reading order.
    pub citations: Vec<Citation>,
    /// What a careful reader should know: gaps, dropped sentences, nulls in required fields.
    pub warnings: Vec<Warning>,
    /// Whether the run was ended before the report was complete.
    #[serde(skip_serializing_if = "is_false")]
    pub partial: bool,
    /// What it cost and used, where the provider says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<Cost>,
    /// Why the run stopped, in the provider's own word, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop_reason: Option<String>,
    /// Whether the passages quoted answer the question, where the provider says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
    /// The calibrated probability, from 0 to 1, that they do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
}

json::fields!(
    Report: needs markdown;
    may have structured, sources, citations, warnings, partial, cost, stop_reason, grade, confidence
);

/// Whether a report answers its question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grade {
    /// The first quotes answer it.
    Answered,
    /// The passages shown are the closest there are; they may not answer it.
    Related,
    /// Nothing near was found.
    #[default]
    Nothing,
}

json::words!(Grade: Answered "answered", Related "related", Nothing "nothing");

/// What a run cost, as the provider says.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Cost {
    /// All of it.
    pub amount: f64,
    /// `USD`, or the provider's own unit such as `credits`.
    pub unit: String,
    /// What it is made of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<CostPart>,
    /// Whether it was given back.
    #[serde(skip_serializing_if = "is_false")]
    pub refunded: bool,
}

json::fields!(Cost: needs amount, unit; may have parts, refunded);

/// A part of a [`Cost`].
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CostPart {
    /// What it is, in a few plain words such as `searches`.
    pub name: String,
    /// How many were used; some providers count in fractions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<f64>,
    /// What they cost, in the unit of the whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<f64>,
}

json::fields!(CostPart: needs name; may have count, amount);

// serde's `skip_serializing_if` hands a reference.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
fn is_false(value: &bool) -> bool {
    !value
}

/// The tie between one place in the report and its sources.
///
/// A place is either a marker in the markdown (`marker` and `span`) or a field of the structured
/// value (`field`, a path such as `companies[0].name`, `$` for all of it). Without any of these the
/// sources stand behind the text as a whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Citation {
    /// The marker as it stands in the markdown, for example `[3]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// Where that marker stands, in bytes of the markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// The field of the structured value that the sources support.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Ids of the sources.
    pub sources: Vec<u32>,
    /// The passages that carry the claim.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// How sure the provider is, where it says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
}

json::fields!(Citation: may have marker, span, field, sources, evidence, confidence);

/// A range of bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

json::fields!(Span: needs start, end);

/// How sure a provider says it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Confidence {
    /// Several independent sources, or one exact labelled value.
    High,
    /// One source that fits well.
    Medium,
    /// Better checked by hand.
    #[default]
    Low,
}

json::words!(Confidence: High "high", Medium "medium", Low "low");

/// Something a careful reader should know about a report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// What to branch on.
    pub kind: WarningKind,
    /// What to show.
    pub message: String,
}

json::fields!(Warning: needs kind, message);

impl Warning {
    /// A warning of this kind.
    pub fn new(kind: WarningKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }
}

/// The kinds of [`Warning`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum WarningKind {
    /// A part of the question for which nothing was found.
    Gap,
    /// Sources that contradict each other.
    Disagreement,
    /// Sentences that failed the self-check and were left out.
    Dropped,
    /// A field of the schema that could not be supported by any source.
    FieldMissing,
    /// The run ended early; the report holds what had been found.
    Partial,
    /// A document that could not be read.
    Unreadable,
    /// A setting the provider does not support and did not apply.
    Unsupported,
    /// The provider calls the run completed although it stopped before the task was done.
    Unsatisfied,
    /// Something at the provider reduced what the run could cover, in its own words.
    Degraded,
    /// The provider does not say which sources carry the claims.
    Ungrounded,
    /// What was paid has been given back.
    Refunded,
    /// Anything newer than this version knows.
    #[default]
    Other,
}

json::words!(
    WarningKind: Gap "gap", Disagreement "disagreement", Dropped "dropped",
    FieldMissing "field-missing", Partial "partial", Unreadable "unreadable",
    Unsupported "unsupported", Unsatisfied "unsatisfied", Degraded "degraded",
    Ungrounded "ungrounded", Refunded "refunded"; else Other "other"
);
