//! A run as a whole, as it is stored and as tabs tell each other of it.

use std::sync::Arc;

use fathom_core::{
    Access, Checkpoint, Error, Record, Report, Run, Source, Task, providers::local::wire::RunView,
};
use serde::{Deserialize, Serialize};

use super::{
    date,
    run::{Phase, RunState},
    saved::{Intent, Saved},
};

/// What has been heard of a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Log {
    /// What happened, without the pieces of text.
    pub records: Vec<Record>,
    /// The pieces of text, put together; nothing once there is a report.
    pub text: String,
    /// The sources that came into view.
    pub sources: Vec<Source>,
    /// The number of the last event.
    pub seen: u64,
    /// When it was heard, in milliseconds since 1970.
    pub last_event_ms: Option<u64>,
}

/// A run with everything that is kept of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Stored {
    /// The run.
    pub saved: Saved,
    /// What has been heard of it.
    #[serde(default)]
    pub log: Log,
    /// Its report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<Report>,
}

impl Stored {
    /// A run as it is to be kept.
    pub fn of(run: &RunState, checkpoint: Option<Checkpoint>) -> Self {
        let report = run.report.as_ref().map(|report| report.as_ref().clone());
        let log = Log {
            records: run.records.clone(),
            text: if report.is_some() { String::new() } else { run.text.clone() },
            sources: run.sources.clone(),
            seen: run.seen,
            last_event_ms: run.last_event_ms,
        };
        Self { saved: Saved::of(run, checkpoint), log, report }
    }

    /// A run that was asked elsewhere. Its events are still to be heard, so it counts as running
    /// even when it has ended.
    pub fn adopted(view: RunView, provider: &str, now_ms: u64) -> Self {
        let RunView { id, question, effort, task, created_at, finished_at, .. } = view;
        let task = task.unwrap_or(Task { question, effort, ..Task::default() });
        let created_ms = date::parse(&created_at).unwrap_or(now_ms);
        let intent = Intent { id: id.clone(), provider: provider.to_owned(), task, created_ms };
        let checkpoint = Some(intent.submitted(&id));
        let saved = Saved {
            intent,
            job: Some(id),
            phase: Phase::Queued,
            finished_ms: finished_at.as_deref().and_then(date::parse),
            checkpoint,
            ..Saved::default()
        };
        Self { saved, ..Self::default() }
    }

    /// The run as it is shown.
    pub fn state(self) -> RunState {
        let Log { records, text, sources, seen, last_event_ms } = self.log;
        let report = self.report.map(Arc::new);
        RunState { records, text, sources, seen, last_event_ms, report, ..self.saved.state() }
    }

    /// The machine that carries the run on. Where the events fall short of the checkpoint they are
    /// asked for again from the beginning.
    ///
    /// # Errors
    /// See [`Saved::take_up`].
    pub fn take_up(&self, access: Access, seed: u64) -> Result<Run, Error> {
        let behind = |checkpoint: &Checkpoint| checkpoint.seen > self.log.seen;
        if !self.saved.checkpoint.as_ref().is_some_and(behind) {
            return self.saved.take_up(access, seed);
        }
        let mut saved = self.saved.clone();
        if let Some(checkpoint) = &mut saved.checkpoint {
            checkpoint.cursor = None;
            checkpoint.seen = 0;
        }
        saved.take_up(access, seed)
    }
}

#[cfg(test)]
mod tests {
    use fathom_core::{Event, Outcome, Status, Task, run::Step};

    use super::*;
    use crate::state::saved::Intent;

    fn state() -> RunState {
        let task = Task { question: "Why?".to_owned(), ..Task::default() };
        let mut run = RunState::new("ours".to_owned(), "local".to_owned(), task, 1_000);
        run.submitted("job");
        run.apply(Record { id: 1, at_ms: 5, event: Event::RunStarted });
        run.apply(Record { id: 2, at_ms: 9, event: Event::TextDelta { text: "## A".to_owned() } });
        run
    }

    fn checkpoint(seen: u64) -> Checkpoint {
        let text = format!(
            r#"{{"provider":"local","task":{{"question":"Why?"}},"token":"ours","stage":"submitted","job":"job","cursor":"{seen}","seen":{seen}}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    fn url_and_cursor(mut run: Run) -> (String, Option<String>) {
        loop {
            if let Step::Send { request, .. } = run.step() {
                let cursor = request.headers.get("last-event-id").map(str::to_owned);
                return (request.url, cursor);
            }
        }
    }

    #[test]
    fn what_is_kept_reads_back_as_it_was() {
        let run = state();
        let text = serde_json::to_string(&Stored::of(&run, Some(checkpoint(2)))).unwrap();
        let back: Stored = serde_json::from_str(&text).unwrap();
        assert_eq!(back.state(), run);
    }

    #[test]
    fn a_finished_run_keeps_its_report_and_not_its_text_twice() {
        let mut run = state();
        run.end(Outcome::Completed(Report::default()), 2_000);
        let stored = Stored::of(&run, None);
        assert_eq!((stored.log.text.as_str(), stored.report.is_some()), ("", true));
        assert_eq!(stored.state().status(), Status::Completed);
    }

    #[test]
    fn a_run_goes_on_after_the_last_event_that_is_kept() {
        let stored = Stored::of(&state(), Some(checkpoint(2)));
        let (url, cursor) = url_and_cursor(stored.take_up(Access::default(), 1).unwrap());
        assert_eq!((url.as_str(), cursor.as_deref()), ("/api/v1/runs/job/events", Some("2")));
    }

    #[test]
    fn a_run_that_was_asked_elsewhere_is_followed_from_its_beginning() {
        let text = r#"{"id":"job","status":"running","question":"Why?","created_at":"1970-01-01T00:00:01.000Z"}"#;
        let stored = Stored::adopted(serde_json::from_str(text).unwrap(), "local", 5);
        assert_eq!((stored.saved.intent.created_ms, stored.saved.phase), (1_000, Phase::Queued));
        let (url, cursor) = url_and_cursor(stored.take_up(Access::default(), 1).unwrap());
        assert_eq!((url.as_str(), cursor), ("/api/v1/runs/job/events", None));
    }

    #[test]
    fn events_that_were_not_kept_are_asked_for_again() {
        let stored = Stored::of(&state(), Some(checkpoint(7)));
        let (_, cursor) = url_and_cursor(stored.take_up(Access::default(), 1).unwrap());
        assert_eq!(cursor, None);
    }

    #[test]
    fn an_intent_alone_is_submitted_under_its_token() {
        let task = Task { question: "Why?".to_owned(), ..Task::default() };
        let intent =
            Intent { id: "ours".to_owned(), provider: "local".to_owned(), task, created_ms: 1 };
        let saved = Saved::intended(intent);
        let mut run = Stored { saved, ..Stored::default() }.take_up(Access::default(), 1).unwrap();
        let request = loop {
            if let Step::Send { request, .. } = run.step() {
                break request;
            }
        };
        assert_eq!(request.url, "/api/v1/runs");
        assert!(request.body.unwrap().contains(r#""token":"ours""#));
    }
}
