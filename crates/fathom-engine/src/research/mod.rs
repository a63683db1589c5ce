//! One run from question to report.

mod contradictions;
mod lines;
mod pipeline;
mod retrieve;
mod strategy;

use std::{error::Error, fmt};

use fathom_core::{Event, Evidence, Report, Task};

use crate::{
    extract::check_schema,
    index::{Index, IndexError},
    observer::{Observer, Silent},
    rank::Signals,
    session::Session,
};

pub use crate::plan::PreviousRun;

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

/// Answers `task` from the documents of `index`. A cancelled run still gives a report, of what had been found.
///
/// # Errors
/// When there is nothing to ask, when the output schema cannot be filled, or when the index cannot be read.
pub fn research(
    task: &Task,
    previous: Option<&PreviousRun>,
    index: &dyn Index,
    observer: &mut dyn Observer,
) -> Result<Report, EngineError> {
    if !task.question.chars().any(char::is_alphanumeric) {
        return Err(EngineError::EmptyQuestion);
    }
    if let Some(schema) = &task.output_schema {
        check_schema(schema).map_err(|error| EngineError::Schema(error.to_string()))?;
    }
    observer.event(Event::RunStarted);
    let session = Session::open(index, &task.include, observer)?;
    Ok(pipeline::run(task, previous, &session)?)
}

/// A piece that answers a question, and how well.
#[derive(Clone, Debug, PartialEq)]
pub struct Highlight {
    /// Where it stands.
    pub evidence: Evidence,
    /// From 0 to 1; comparable within one question only.
    pub score: f64,
}

/// The pieces of the index that answer `question` best, best first.
///
/// # Errors
/// When the index cannot be read.
pub fn highlights(
    question: &str,
    index: &dyn Index,
    limit: usize,
) -> Result<Vec<Highlight>, EngineError> {
    let mut observer = Silent;
    let session = Session::open(index, &[], &mut observer)?;
    let found = retrieve::ranked(question, &session)?;
    let pieces = found.iter().take(limit).map(|candidate| Highlight {
        evidence: candidate.segment.page.quote(&candidate.segment.range).evidence(),
        score: candidate.score,
    });
    Ok(pieces.collect())
}

/// What the grade of a question is told by, for those who train or examine it.
///
/// # Errors
/// When the index cannot be read.
pub fn signals(question: &str, index: &dyn Index) -> Result<Signals, EngineError> {
    let mut observer = Silent;
    let session = Session::open(index, &[], &mut observer)?;
    Ok(retrieve::signals(question, &session)?)
}
