//! Threads that claim queued runs, research them and store how they ended.

mod control;
mod desk;
mod hub;

use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use fathom_core::{ErrorKind, Event, Report, Warning, WarningKind};
use fathom_engine::{Control as _, Earlier, EngineError, research};

use crate::index::FtsIndex;
use crate::library::{Library, Readiness};
use crate::log::{self, Level};
use crate::metrics::Metrics;
use crate::store::{Claimed, End, Failure, Store, StoreError};

use control::{Line, Recorder, with_events};
pub(crate) use desk::Desk;
pub(crate) use hub::{Follower, Hub};

/// How long a worker sleeps when nobody wakes it, and between two attempts to store an end.
const NAP: Duration = Duration::from_secs(2);
/// How often a run that waits for the index looks whether it has been cancelled.
const GLANCE: Duration = Duration::from_millis(100);
/// How often it says how far the index is.
const SAY: Duration = Duration::from_secs(1);
/// The engine works on whole documents; this is ample.
const STACK: usize = 16 << 20;

/// Everything a worker needs.
#[derive(Clone, Debug)]
pub(crate) struct Worker {
    pub store: Arc<dyn Store>,
    pub library: Arc<Library>,
    pub desk: Arc<Desk>,
    pub hub: Arc<Hub>,
    pub metrics: Arc<Metrics>,
}

/// How the engine left a run.
enum Outcome {
    Report(Box<Report>),
    Failed(Failure),
    /// Cancelled before there was anything to report.
    Nothing,
}

impl Worker {
    /// Starts a worker that ends with [`Desk::stop`].
    pub(crate) fn start(&self) -> std::io::Result<JoinHandle<()>> {
        let worker = self.clone();
        thread::Builder::new()
            .name("worker".to_owned())
            .stack_size(STACK)
            .spawn(move || worker.work())
    }

    fn work(&self) {
        while !self.desk.is_stopped() {
            let seen = self.desk.seen();
            match self.store.claim() {
                Ok(Some(claimed)) => self.carry_out(&claimed),
                Ok(None) => self.desk.wait(seen, NAP),
                Err(error) => {
                    log::line(Level::Error, "claim-failed", &[("cause", &error)]);
                    self.desk.wait(seen, NAP);
                }
            }
        }
    }

    fn carry_out(&self, claimed: &Claimed) {
        let begun = Instant::now();
        let cancel = self.desk.cancel_flag(&claimed.id);
        self.hub.ring(&claimed.id);
        let line = Line {
            run: &claimed.id,
            store: &*self.store,
            hub: &self.hub,
            desk: &self.desk,
            cancel: &cancel,
        };
        let (outcome, written) = with_events(line, |recorder| self.research(claimed, recorder));
        let complete = matches!(&outcome, Outcome::Report(report) if !report.partial);
        if self.desk.is_stopped() && written.is_ok() && !complete {
            log::line(Level::Info, "run-left", &[("run", &claimed.id)]);
            return;
        }
        let end = match written {
            Err(error) => End::Failed(failure_of(&error)),
            Ok(()) => ending(outcome, cancel.load(Ordering::Relaxed)),
        };
        let word = word(&end);
        self.settle(&claimed.id, end);
        self.desk.forget(&claimed.id);
        self.hub.ring(&claimed.id);
        self.metrics.run_ended(word);
        log::line(
            Level::Info,
            "run-ended",
            &[
                ("run", &claimed.id),
                ("status", &word),
                ("attempt", &claimed.attempt),
                ("ms", &begun.elapsed().as_millis()),
            ],
        );
    }

    fn research(&self, claimed: &Claimed, recorder: &mut Recorder<'_>) -> Outcome {
        if let Some(outcome) = self.await_library(recorder) {
            return outcome;
        }
        let earlier = claimed.task.follow_up_of.as_deref().and_then(|id| self.earlier(id));
        // The engine sees documents nobody has vetted: a panic there must cost this run and no more.
        let work = AssertUnwindSafe(|| {
            self.library.read(|conn| {
                research(&claimed.task, earlier.as_ref(), &FtsIndex::new(conn), recorder)
            })
        });
        match panic::catch_unwind(work) {
            Ok(Ok(Ok(report))) => Outcome::Report(Box::new(report)),
            Ok(Ok(Err(error))) => Outcome::Failed(engine_failure(&error)),
            Ok(Err(error)) => Outcome::Failed(failure(
                ErrorKind::Internal,
                format!("the index cannot be read: {error}"),
            )),
            Err(_) => Outcome::Failed(failure(
                ErrorKind::Internal,
                "the engine failed on this question; the log says where".to_owned(),
            )),
        }
    }

    /// Waits for the first complete index; returns how the run ends when it never comes.
    fn await_library(&self, recorder: &mut Recorder<'_>) -> Option<Outcome> {
        let mut said: Option<(Instant, u64)> = None;
        let mut patience = Duration::ZERO;
        loop {
            let (indexed, total) = match self.library.readiness(patience) {
                Readiness::Ready => return None,
                Readiness::Broken(problem) => {
                    return Some(Outcome::Failed(failure(ErrorKind::Unavailable, problem)));
                }
                Readiness::Indexing { indexed, total } => (indexed, total),
            };
            if recorder.is_cancelled() {
                return Some(Outcome::Nothing);
            }
            if said.is_none_or(|(when, count)| count != indexed && when.elapsed() >= SAY) {
                said = Some((Instant::now(), indexed));
                recorder.event(Event::IndexAwaited { indexed, total });
            }
            patience = GLANCE;
        }
    }

    fn earlier(&self, id: &str) -> Option<Earlier> {
        let run = self.store.get(id).ok().flatten()?;
        let report = run.report.and_then(|report| serde_json::from_str(report.get()).ok());
        Some(Earlier { question: run.task.question, report })
    }

    /// Stores how a run ended. When that cannot be stored the run has failed, and is shown as failed,
    /// until it can be.
    fn settle(&self, run: &str, mut end: End) {
        while let Err(error) = self.store.finish(run, &end) {
            log::line(Level::Error, "run-end-not-stored", &[("run", &run), ("cause", &error)]);
            let failure = failure_of(&error);
            self.desk.set_unsaved(run, Some(failure.clone()));
            end = End::Failed(failure);
            if self.desk.is_stopped() {
                return;
            }
            let seen = self.desk.seen();
            self.desk.wait(seen, NAP);
        }
        self.desk.set_unsaved(run, None);
    }
}

fn ending(outcome: Outcome, cancelled: bool) -> End {
    match outcome {
        Outcome::Report(mut report) if report.partial || cancelled => {
            mark_partial(&mut report);
            End::Cancelled(Some(report))
        }
        Outcome::Report(report) => End::Completed(report),
        Outcome::Failed(failure) => End::Failed(failure),
        Outcome::Nothing => End::Cancelled(None),
    }
}

fn mark_partial(report: &mut Report) {
    report.partial = true;
    if !report.warnings.iter().any(|warning| warning.kind == WarningKind::Partial) {
        let message =
            "The run was cancelled; the report holds what had been found until then.".to_owned();
        report.warnings.push(Warning { kind: WarningKind::Partial, message });
    }
}

fn failure(kind: ErrorKind, message: String) -> Failure {
    Failure { kind: kind.as_str().to_owned(), message }
}

fn failure_of(error: &StoreError) -> Failure {
    match error {
        StoreError::Full => failure(ErrorKind::Unavailable, error.to_string()),
        StoreError::Broken(_) => failure(ErrorKind::Internal, error.to_string()),
    }
}

fn engine_failure(error: &EngineError) -> Failure {
    let kind = match error {
        EngineError::EmptyQuestion | EngineError::Schema(_) => ErrorKind::InvalidTask,
        _ => ErrorKind::Internal,
    };
    failure(kind, error.to_string())
}

const fn word(end: &End) -> &'static str {
    match end {
        End::Completed(_) => "completed",
        End::Cancelled(_) => "cancelled",
        End::Failed(_) => "failed",
    }
}
