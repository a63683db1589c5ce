//! A run as it is stored, and how it is taken up again.

use fathom_core::{
    Access, Checkpoint, Error, ErrorKind, Grade, Job, Run, Start, Task, providers, run::Stage,
};
use serde::{Deserialize, Serialize};

use super::run::{Phase, RunState};

/// What was about to be submitted, written down before anything else happens.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Intent {
    /// Our id and token.
    pub id: String,
    /// Who is asked.
    pub provider: String,
    /// What is asked.
    pub task: Task,
    /// When, in milliseconds since 1970.
    pub created_ms: u64,
}

impl Intent {
    /// The checkpoint of a run of which only the provider's id is known.
    pub fn submitted(&self, job: &str) -> Checkpoint {
        Checkpoint {
            provider: self.provider.clone(),
            task: self.task.clone(),
            token: self.id.clone(),
            begun_ms: Some(self.created_ms),
            stage: Stage::Submitted,
            job: Some(Job(job.to_owned())),
            cursor: None,
            seen: 0,
            cancel: false,
        }
    }
}

/// Everything about a run but its events and its report, which are stored apart.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Saved {
    /// What was asked, whom, and when.
    pub intent: Intent,
    /// The provider's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job: Option<String>,
    /// How far it is.
    #[serde(default)]
    pub phase: Phase,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_ms: Option<u64>,
    /// Why it has no report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Error>,
    /// How many sources the report cites.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sources: Option<u64>,
    /// Whether the report answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checkpoint: Option<Checkpoint>,
}

impl Saved {
    /// A run that has only been written down.
    pub fn intended(intent: Intent) -> Self {
        Self { intent, ..Self::default() }
    }

    /// A run as it is to be stored.
    pub fn of(run: &RunState, checkpoint: Option<Checkpoint>) -> Self {
        let intent = Intent {
            id: run.id.clone(),
            provider: run.provider.clone(),
            task: run.task.clone(),
            created_ms: run.created_ms,
        };
        Self {
            intent,
            job: run.job.clone(),
            phase: run.phase,
            finished_ms: run.finished_ms,
            error: run.error.clone(),
            sources: run
                .report
                .as_ref()
                .and_then(|report| u64::try_from(report.sources.len()).ok()),
            grade: run.report.as_ref().and_then(|report| report.grade),
            checkpoint,
        }
    }

    /// The run as it can be shown; its events and its report are to be added.
    pub fn state(&self) -> RunState {
        let Intent { id, provider, task, created_ms } = self.intent.clone();
        RunState {
            job: self.job.clone(),
            phase: self.phase,
            finished_ms: self.finished_ms,
            error: self.error.clone(),
            ..RunState::new(id, provider, task, created_ms)
        }
    }

    /// The machine that carries the run on: from its checkpoint, or, when there is none, from what
    /// else is known. A run without a provider's id is submitted under the token that was written
    /// down, so that there is never a second one.
    ///
    /// # Errors
    /// When the provider is not known here, or would refuse the task.
    pub fn take_up(&self, access: Access, seed: u64) -> Result<Run, Error> {
        let Intent { id, provider, task, created_ms } = &self.intent;
        let provider = providers::find(provider).ok_or_else(|| unknown(provider))?;
        let submitted = || self.job.as_deref().map(|job| self.intent.submitted(job));
        match self.checkpoint.clone().or_else(submitted) {
            Some(checkpoint) => Run::resume(provider, access, checkpoint, seed),
            None => {
                let start = Start { token: id.clone(), seed, now_ms: Some(*created_ms) };
                Run::new(provider, access, task.clone(), start)
            }
        }
    }
}

fn unknown(provider: &str) -> Error {
    let message = ["This version knows no provider named ", provider, "."].concat();
    Error::new(ErrorKind::Unsupported, message)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use fathom_core::Report;

    use super::*;

    #[test]
    fn a_provider_that_is_not_known_here_is_named() {
        let intent = Intent { provider: "elsewhere".to_owned(), ..Intent::default() };
        let error = Saved::intended(intent).take_up(Access::default(), 1).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unsupported);
        assert!(error.message().contains("elsewhere"));
    }

    #[test]
    fn a_run_that_the_provider_has_named_is_never_submitted_again() {
        let intent =
            Intent { id: "a".to_owned(), provider: "local".to_owned(), ..Intent::default() };
        let saved = Saved { job: Some("job".to_owned()), ..Saved::intended(intent) };
        let run = saved.take_up(Access::default(), 1).unwrap();
        assert_eq!(run.checkpoint().stage, Stage::Submitted);
    }

    #[test]
    fn the_grade_is_kept_for_lists() {
        let graded = Report { grade: Some(Grade::Nothing), ..Report::default() };
        let run = RunState { report: Some(Arc::new(graded)), ..RunState::default() };
        let text = serde_json::to_string(&Saved::of(&run, None)).unwrap();
        let back: Saved = serde_json::from_str(&text).unwrap();
        assert_eq!(back.grade, Some(Grade::Nothing));
    }

    #[test]
    fn fields_that_a_version_does_not_know_do_no_harm() {
        let text = r#"{"intent":{"id":"a","provider":"local","task":{"question":"Why?"},"created_ms":1,"x":1},"y":2}"#;
        let saved: Saved = serde_json::from_str(text).unwrap();
        assert_eq!((saved.intent.id.as_str(), saved.phase), ("a", Phase::Unsent));
    }
}
