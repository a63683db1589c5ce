//! Where runs live: every task that was acknowledged, what happened in it, and how it ended.
//!
//! [`Store`] is small on purpose: an engine that several machines share can stand in for
//! [`SqliteStore`] without a change elsewhere.

mod progress;
mod row;
mod schema;
mod sqlite;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::fmt;

use fathom_core::{Event, Report, Status, StoredDocument, Task};
use serde_json::Value;
use serde_json::value::RawValue;

pub(crate) use crate::index::Scope;
pub(crate) use fathom_core::providers::local::wire::Progress;
pub(crate) use progress::count;
pub(crate) use sqlite::SqliteStore;

/// Keeps runs and their events.
///
/// What a method has acknowledged survives the end of the process. A run that has ended never
/// changes again.
pub(crate) trait Store: Send + Sync + fmt::Debug {
    /// Stores a task, or finds the run that an earlier call with the same token made.
    fn create(&self, new: &NewRun<'_>) -> Result<Created, StoreError>;
    /// Hands out the oldest queued run and marks it running; its first event is `run-started`.
    fn claim(&self) -> Result<Option<Claimed>, StoreError>;
    /// Adds events to a running run and replaces its progress.
    fn append(&self, id: &str, events: &[Timed], progress: &Progress) -> Result<(), StoreError>;
    /// Ends a running run; its last event is `run-ended`.
    fn finish(&self, id: &str, end: &End) -> Result<(), StoreError>;
    /// Ends a queued run at once, and marks a running one so that its worker ends it.
    fn cancel(&self, id: &str) -> Result<Option<Run>, StoreError>;
    /// Takes a run that has ended away for good, with its events; says whether it was there and had ended.
    fn delete(&self, id: &str) -> Result<bool, StoreError>;
    /// One run.
    fn get(&self, id: &str) -> Result<Option<Run>, StoreError>;
    /// Runs, newest first.
    fn list(&self, filter: &Filter) -> Result<Vec<Run>, StoreError>;
    /// Events of a run after one id, oldest first, at most `limit`.
    fn events(&self, id: &str, after: u64, limit: usize) -> Result<Vec<StoredEvent>, StoreError>;
    /// How many runs wait for a worker.
    fn queued(&self) -> Result<u64, StoreError>;
    /// Whether any run is being worked on.
    fn is_working(&self) -> Result<bool, StoreError>;
    /// The versions of documents that finished reports need.
    fn cited(&self) -> Result<HashSet<String>, StoreError>;
    /// Puts runs that a lost process was working on back into the queue; returns how many.
    fn reclaim(&self) -> Result<usize, StoreError>;
}

/// A task to store.
#[derive(Debug)]
pub(crate) struct NewRun<'a> {
    pub task: &'a Task,
    /// The client's own word for this submission.
    pub token: Option<&'a str>,
    /// More queued runs than this are refused.
    pub queue_limit: u64,
    /// How it was asked for, unless by our own API.
    pub foreign: Option<Foreign<'a>>,
}

/// How a run was asked for by clients of another API.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Foreign<'a> {
    /// The API's name; its lists show only its own runs.
    pub protocol: &'a str,
    /// The run's id, in the form that this API gives its ids.
    pub id: &'a str,
    /// The request, for answers that repeat it.
    pub request: &'a Value,
    /// What the run may search beside or instead of the whole library.
    pub material: Option<&'a Material>,
}

/// What a run may search.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Material {
    /// Which documents of the library.
    #[serde(default)]
    pub scope: Scope,
    /// Documents that came with the question; no other run sees them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<StoredDocument>,
}

/// What [`Store::create`] did.
#[derive(Debug)]
pub(crate) enum Created {
    /// A run was made.
    New(Run),
    /// The token was seen before.
    Known(Run),
    /// The queue is full and nothing was stored.
    QueueFull,
}

/// A run that a worker holds.
#[derive(Debug)]
pub(crate) struct Claimed {
    pub id: String,
    pub task: Task,
    pub material: Option<Material>,
    /// Counts from 1; more than one means that an earlier worker was lost.
    pub attempt: u32,
}

/// An event with its time.
#[derive(Debug)]
pub(crate) struct Timed {
    pub at_ms: i64,
    pub event: Event,
    /// The documents that a search which has ended found; stored with it as `documents`.
    pub documents: Vec<String>,
}

impl Timed {
    pub(crate) const fn new(at_ms: i64, event: Event) -> Self {
        Self { at_ms, event, documents: Vec::new() }
    }
}

/// How a run ends.
#[derive(Debug)]
pub(crate) enum End {
    Completed(Box<Report>),
    /// Before it was complete, as was asked for, with what was found so far.
    Early(Box<Report>, Early),
    /// Ended by the person who asked, with what was found so far.
    Cancelled(Option<Box<Report>>),
    Failed(Failure),
}

/// Why a run that has completed ended before it had done everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Early {
    /// Somebody asked for what there was.
    Stopped,
    /// Its time was over.
    TimeLimit,
}

impl Early {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Stopped => "stopped",
            Self::TimeLimit => "time-limit",
        }
    }
}

/// Why a run failed.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Failure {
    /// A kind of the API's errors, as written there.
    pub kind: String,
    pub message: String,
}

/// A run as stored. Report and error stay the text they were stored as, so that every answer shows
/// the same bytes.
#[derive(Debug)]
pub(crate) struct Run {
    /// The place in the order of creation.
    pub seq: i64,
    pub id: String,
    pub status: Status,
    pub task: Task,
    pub created_ms: i64,
    pub started_ms: Option<i64>,
    pub finished_ms: Option<i64>,
    pub progress: Progress,
    pub sources: u32,
    pub report: Option<Box<RawValue>>,
    pub error: Option<Failure>,
    /// The API it was asked for by; empty for our own.
    pub protocol: String,
    /// The request of that API.
    pub request: Option<Box<RawValue>>,
    pub early: Option<Early>,
    /// The grade of the report, as written there.
    pub grade: Option<String>,
}

/// Which runs [`Store::list`] returns.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    pub limit: usize,
    /// So many of the newest are passed over.
    pub offset: usize,
    /// Only runs of this API, and these with report and request.
    pub protocol: Option<&'static str>,
    /// Only runs created before this one.
    pub before: Option<i64>,
    /// Only runs whose question holds this text, in any case.
    pub text: Option<String>,
}

/// An event as stored.
#[derive(Debug, serde::Serialize)]
pub(crate) struct StoredEvent {
    pub id: u64,
    pub at_ms: i64,
    pub event: Box<RawValue>,
    /// The word for the event.
    #[serde(skip)]
    pub kind: String,
}

/// Why the store could not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum StoreError {
    /// The disk, or the space granted to the data folder, is full.
    Full,
    /// Anything else, in words for the log.
    Broken(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full => {
                f.write_str("the disk of the data folder is full; free some space and ask again")
            }
            Self::Broken(message) => write!(f, "the data folder cannot be used: {message}"),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::Full,
            _ => Self::Broken(error.to_string()),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Broken(format!("a stored value is not what was written: {error}"))
    }
}
