//! One run as the app knows it.

use std::{sync::Arc, time::Duration};

use fathom_core::{
    Error, ErrorKind, Event, Outcome, Record, Report, Source, Status, Task, report::Cost,
};
use serde::{Deserialize, Serialize};

use super::format::sentence;

/// A run with everything that has been heard of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunState {
    /// Our id, which is also the token of the submission.
    pub id: String,
    /// The provider's id, once known.
    pub job: Option<String>,
    /// Who is asked.
    pub provider: String,
    /// What is asked.
    pub task: Task,
    /// When it was asked, in milliseconds since 1970.
    pub created_ms: u64,
    /// When it ended.
    pub finished_ms: Option<u64>,
    /// How far it is.
    pub phase: Phase,
    /// What happened, without the pieces of text.
    pub records: Vec<Record>,
    /// The pieces of text, put together.
    pub text: String,
    /// The sources that came into view.
    pub sources: Vec<Source>,
    /// The report, once there is one.
    pub report: Option<Arc<Report>>,
    /// Why there is none.
    pub error: Option<Error>,
    /// What it has cost so far, where the provider says so.
    pub cost: Option<Cost>,
    /// The provider's own word for where it is.
    pub word: Option<String>,
    /// What stands in the way right now.
    pub trouble: Option<Trouble>,
    /// When something was last heard, in milliseconds since 1970.
    pub last_event_ms: Option<u64>,
    /// The number of the last event.
    pub seen: u64,
}

/// How far a run is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Noted down here; the provider may not have it yet.
    #[default]
    Unsent,
    /// The provider has it.
    Queued,
    /// Being researched.
    Running,
    /// About to end early, on request.
    Cancelling,
    /// Nobody knows whether the provider has it; a person has to look.
    SubmitUnknown,
    /// Over.
    Ended(Status),
}

impl Phase {
    /// Whether nothing more will happen by itself.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Ended(_) | Self::SubmitUnknown)
    }

    /// The nearest of the states that runs have for everybody.
    pub const fn status(self) -> Status {
        match self {
            Self::Unsent | Self::Queued => Status::Queued,
            Self::Running | Self::Cancelling => Status::Running,
            Self::SubmitUnknown => Status::Failed,
            Self::Ended(status) => status,
        }
    }
}

/// Something that did not work and is being tried again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What did not work.
    pub message: String,
    /// How long the pause before the next try is.
    pub wait_ms: u64,
}

/// What a run has done so far; only what events have said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Searches that have ended.
    pub searches: u32,
    /// Passages found.
    pub passages: u32,
    /// Documents read whole.
    pub documents_read: u32,
    /// Sentences scored.
    pub sentences: u32,
    /// Sentences kept for the report.
    pub kept: u32,
    /// Sources that came into view.
    pub sources_found: u32,
    /// Sources that the report cites.
    pub sources_cited: u32,
    /// Quotes compared with their document.
    pub checked: u32,
    /// Sentences that failed the comparison.
    pub dropped: u32,
}

impl RunState {
    /// A run that nobody has heard of yet.
    pub fn new(id: String, provider: String, task: Task, created_ms: u64) -> Self {
        Self { id, provider, task, created_ms, ..Self::default() }
    }

    /// Takes an event; one that has been seen is ignored. A new beginning drops what came of the
    /// attempt before.
    pub fn apply(&mut self, record: Record) {
        if record.id <= self.seen {
            return;
        }
        self.seen = record.id;
        self.trouble = None;
        self.last_event_ms = Some(self.created_ms.saturating_add(record.at_ms));
        match &record.event {
            Event::TextDelta { text } => return self.text.push_str(text),
            Event::RunSubmitted { job } => self.submitted(job),
            Event::RunStarted => self.begin_again(),
            Event::SourceFound { source } => self.sources.push(source.clone()),
            Event::RunEnded { .. } => self.finished_ms = self.last_event_ms,
            _ => {}
        }
        self.records.push(record);
    }

    /// The provider has the run under this name.
    pub fn submitted(&mut self, job: &str) {
        self.job = Some(job.to_owned());
        self.advance(Phase::Queued);
    }

    /// The provider says where the run is.
    pub fn told(&mut self, status: Status) {
        self.trouble = None;
        match status {
            Status::Queued => self.advance(Phase::Queued),
            Status::Running => self.advance(Phase::Running),
            Status::Completed | Status::Failed | Status::Cancelled => {}
        }
    }

    /// Something did not work and is tried again after `wait`.
    pub fn troubled(&mut self, error: &Error, wait: Duration) {
        let wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
        let message =
            self.what_is_safe(error).map_or_else(|| sentence(error.message()), str::to_owned);
        self.trouble = Some(Trouble { message, wait_ms });
    }

    /// What a lost connection means to whoever waits.
    fn what_is_safe(&self, error: &Error) -> Option<&'static str> {
        let is_lost = matches!(error.kind(), ErrorKind::Unreachable | ErrorKind::Timeout);
        is_lost.then_some(match self.phase {
            Phase::Unsent => {
                "The program cannot be reached. The question is kept, and sent as soon as it can be."
            }
            _ => "The connection is gone. What has been found is safe, and the run goes on without it.",
        })
    }

    /// Somebody wants it to end.
    pub fn cancelling(&mut self) {
        if !self.phase.is_final() {
            self.phase = Phase::Cancelling;
        }
    }

    /// The run is over, or waiting for it is. Returns whether it is over.
    pub fn end(&mut self, outcome: Outcome, now_ms: u64) -> bool {
        let (phase, report, error) = match outcome {
            Outcome::Completed(report) => (Phase::Ended(Status::Completed), Some(report), None),
            Outcome::Cancelled(report) => (Phase::Ended(Status::Cancelled), report, None),
            Outcome::Failed(error) => (Phase::Ended(Status::Failed), None, Some(error)),
            Outcome::SubmitUnknown(error) => (Phase::SubmitUnknown, None, Some(error)),
            Outcome::Paused(error) => {
                if let Some(error) = error {
                    self.troubled(&error, Duration::ZERO);
                }
                return false;
            }
        };
        self.phase = phase;
        self.report = report.map(Arc::new);
        self.error = error;
        self.trouble = None;
        self.finished_ms.get_or_insert(now_ms);
        true
    }

    /// The state that lists show.
    pub fn status(&self) -> Status {
        self.phase.status()
    }

    /// Whether the run is over.
    pub fn has_ended(&self) -> bool {
        matches!(self.phase, Phase::Ended(_))
    }

    /// What has been done so far.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for record in &self.records {
            counts.add(&record.event);
        }
        let cited = self.report.as_ref().map_or(0, |report| report.sources.len());
        counts.sources_cited = u32::try_from(cited).unwrap_or(u32::MAX);
        counts
    }

    fn begin_again(&mut self) {
        self.advance(Phase::Running);
        self.text.clear();
        self.sources.clear();
        let earlier = self.records.iter().position(|known| known.event == Event::RunStarted);
        self.records.truncate(earlier.unwrap_or(self.records.len()));
    }

    /// Goes on, never back, and never away from a wish to end.
    fn advance(&mut self, to: Phase) {
        let goes = match self.phase {
            Phase::Unsent => true,
            Phase::Queued => to == Phase::Running,
            _ => false,
        };
        if goes {
            self.phase = to;
        }
    }
}

impl Counts {
    fn add(&mut self, event: &Event) {
        match event {
            Event::SearchEnded { passages, .. } => {
                self.searches = self.searches.saturating_add(1);
                self.passages = self.passages.saturating_add(*passages);
            }
            Event::SourceFound { .. } => {
                self.sources_found = self.sources_found.saturating_add(1);
            }
            Event::ReadEnded { documents, sentences } => {
                self.documents_read = self.documents_read.saturating_add(*documents);
                self.sentences = self.sentences.saturating_add(*sentences);
            }
            Event::SelectEnded { kept, .. } => self.kept = self.kept.saturating_add(*kept),
            Event::CheckEnded { checked, dropped } => {
                self.checked = self.checked.saturating_add(*checked);
                self.dropped = self.dropped.saturating_add(*dropped);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
