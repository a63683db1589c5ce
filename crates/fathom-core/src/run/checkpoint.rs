//! The only thing to store of a run.

use serde::Serialize;

use super::Start;
use crate::{
    json,
    provider::{Job, Provider},
    task::Task,
};

/// Enough of a run to take it up again in another process, on another day.
///
/// It is a type of its own, apart from [`crate::Run`], so that the machine can change without
/// breaking runs that were saved earlier. It holds no key.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Checkpoint {
    /// The provider's id.
    pub provider: String,
    /// What was asked.
    pub task: Task,
    /// Our token for the submission.
    pub token: String,
    /// When the submission began, in milliseconds since 1970, as the caller's clock said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub begun_ms: Option<u64>,
    /// How far the submission got.
    pub stage: Stage,
    /// The provider's handle, once known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job: Option<Job>,
    /// The id of the last event seen, as the stream named it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// The number of the last event seen, 0 before the first.
    pub seen: u64,
    /// Whether the run is to be cancelled.
    pub cancel: bool,
}

json::fields!(
    Checkpoint: needs provider, task, stage;
    may have token, begun_ms, job, cursor, seen, cancel
);

/// How far a submission got.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Stage {
    /// The request is about to leave, or has left; whether it arrived is not known. A job named
    /// beside this is only a clue.
    #[default]
    Intended,
    /// The provider has the job.
    Submitted,
    /// The answer was lost and the job could not be found; a person has to decide.
    SubmitUnknown,
}

json::words!(
    Stage: Intended "intended", Submitted "submitted", SubmitUnknown "submit-unknown"
);

impl Checkpoint {
    /// The checkpoint of a run that has not been submitted yet.
    pub(super) fn new(provider: &dyn Provider, task: Task, start: Start) -> Self {
        Self {
            provider: provider.info().id.clone().into_owned(),
            task,
            token: start.token,
            begun_ms: start.now_ms,
            stage: Stage::Intended,
            job: None,
            cursor: None,
            seen: 0,
            cancel: false,
        }
    }

    /// The checkpoint after a person has found the job that was thought lost.
    #[must_use]
    pub fn with_job(self, job: Job) -> Self {
        Self { stage: Stage::Submitted, job: Some(job), ..self }
    }
}
