//! One run from question to report.

mod compare;
mod disagree;
mod gather;
mod profile;
mod ranking;
mod run;
mod topic;

use std::{error::Error, fmt};

use fathom_core::{Event, Evidence, Report, Task};

use crate::{
    index::{Index, IndexError},
    read::Library,
};

/// Where a run tells what it does, and hears that it should stop.
pub trait Control {
    /// Takes an event as it happens.
    fn event(&mut self, event: Event);
    /// Hears which documents a search has found, best first and each once, right before the search is told to have
    /// ended. Who does not care need not listen.
    fn found(&mut self, _documents: &[&str]) {}
    /// Whether the person who asked has cancelled the run.
    fn is_cancelled(&self) -> bool;
}

/// The run that a follow-up question continues.
#[derive(Clone, Debug, Default)]
pub struct Earlier {
    /// Its question.
    pub question: String,
    /// Its report, if it came to one.
    pub report: Option<Report>,
}

/// Why a run could not be carried out at all.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EngineError {
    /// The question holds no words.
    EmptyQuestion,
    /// The output schema cannot be filled; the message says why.
    Schema(String),
    /// The index could not be read.
    Index(IndexError),
}

impl fmt::Display for EngineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmptyQuestion => f.write_str("the question is empty; ask something"),
            Self::Schema(message) => f.write_str(message),
            Self::Index(error) => error.fmt(f),
        }
    }
}

impl Error for EngineError {}

impl From<IndexError> for EngineError {
    fn from(error: IndexError) -> Self {
        Self::Index(error)
    }
}

/// Researches `task` in `index` and reports to `control`.
///
/// A cancelled run returns what it had, marked partial. The report never holds a quote that is not in its document.
///
/// # Errors
/// When the task cannot be carried out or the index cannot be read.
pub fn research(
    task: &Task,
    earlier: Option<&Earlier>,
    index: &dyn Index,
    control: &mut dyn Control,
) -> Result<Report, EngineError> {
    if !task.question.chars().any(char::is_alphanumeric) {
        return Err(EngineError::EmptyQuestion);
    }
    if let Some(schema) = &task.output_schema {
        crate::fill::check_schema(schema)
            .map_err(|error| EngineError::Schema(error.to_string()))?;
    }
    control.event(Event::RunStarted);
    let library = Library::open(index, control)?;
    Ok(run::run(task, earlier, &library)?)
}

/// Returns the pieces of text that answer `question` best, best first, without writing a report.
///
/// # Errors
/// When the index cannot be read.
pub fn evidence(
    question: &str,
    index: &dyn Index,
    limit: usize,
) -> Result<Vec<Evidence>, EngineError> {
    let found = highlights(question, index, limit)?;
    Ok(found.into_iter().map(|highlight| highlight.evidence).collect())
}

/// A piece of text that answers a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Highlight {
    /// Where it stands.
    pub evidence: Evidence,
    /// How well it answers; higher is better, about 1 for a piece that holds everything that is asked.
    pub score: f64,
}

/// As [`evidence`], with how well each piece answers.
///
/// # Errors
/// When the index cannot be read.
pub fn highlights(
    question: &str,
    index: &dyn Index,
    limit: usize,
) -> Result<Vec<Highlight>, EngineError> {
    let mut control = Silent;
    let library = Library::open(index, &mut control)?;
    let ranked = gather::ranked(question, &library)?;
    Ok(ranked
        .iter()
        .take(limit)
        .map(|candidate| Highlight {
            evidence: candidate.unit.page.quote(&candidate.unit.range).evidence(),
            score: candidate.score,
        })
        .collect())
}

/// Nobody watches, and nobody cancels.
struct Silent;

impl Control for Silent {
    fn event(&mut self, _: Event) {}

    fn is_cancelled(&self) -> bool {
        false
    }
}
