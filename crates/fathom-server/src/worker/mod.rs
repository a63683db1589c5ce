//! Threads that claim queued runs, research them and store how they ended.

mod control;
mod desk;
mod hub;

use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use fathom_core::{ErrorKind, Event, Report, StoredDocument, Warning, WarningKind};
use fathom_engine::{
    EngineError, IndexError, MemoryIndex, Observer as _, Overlay, PreviousRun, research,
};
use rusqlite::Connection;

use crate::index::{self, FtsIndex};
use crate::library::{Library, Readiness};
use crate::log::{self, Level};
use crate::metrics::Metrics;
use crate::store::{Claimed, Early, End, Failure, Material, Store, StoreError};

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
        let wish = self.desk.wish(&claimed.id);
        self.hub.ring(&claimed.id);
        let seconds = claimed.task.budget.seconds.map(u64::from).map(Duration::from_secs);
        let line = Line {
            run: &claimed.id,
            store: &*self.store,
            hub: &self.hub,
            desk: &self.desk,
            wish: &wish,
            deadline: seconds.and_then(|seconds| begun.checked_add(seconds)),
        };
        let (outcome, written) = with_events(line, |recorder| self.research(claimed, recorder));
        let complete = matches!(&outcome, Outcome::Report(report) if !report.partial);
        if self.desk.is_stopped() && written.is_ok() && !complete {
            log::line(Level::Info, "run-left", &[("run", &claimed.id)]);
            return;
        }
        let end = match written {
            Err(error) => End::Failed(failure_of(&error)),
            Ok(()) => ending(outcome, &why(line)),
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
            let Material { scope, files } = claimed.material.clone().unwrap_or_default();
            self.library.read(|conn| {
                let index = FtsIndex::new(conn).within(&scope);
                if files.is_empty() {
                    return research(&claimed.task, earlier.as_ref(), &index, recorder);
                }
                keep(conn, &files)?;
                let added: MemoryIndex = files.into_iter().collect();
                let both = Overlay::new(&index, &added);
                research(&claimed.task, earlier.as_ref(), &both, recorder)
            })
        });
        match panic::catch_unwind(work) {
            Ok(Ok(Ok(mut report))) => {
                report.warnings.extend(self.library.warning());
                Outcome::Report(Box::new(report))
            }
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

    fn earlier(&self, id: &str) -> Option<PreviousRun> {
        let run = self.store.get(id).ok().flatten()?;
        let report = run.report.and_then(|report| serde_json::from_str(report.get()).ok());
        Some(PreviousRun { question: run.task.question, report })
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

/// Keeps documents that came with a question, so that the evidence in them can be looked up later.
fn keep(conn: &Connection, files: &[StoredDocument]) -> Result<(), EngineError> {
    let kept = files.iter().try_for_each(|file| index::keep(conn, file));
    kept.map_err(|error| EngineError::Index(IndexError::new(error.to_string())))
}

/// Why a run is to end before it has done everything.
enum Why {
    /// It is not.
    Complete,
    Cancelled,
    Early(Early),
}

fn why(line: Line<'_>) -> Why {
    if line.wish.is_cancel() {
        Why::Cancelled
    } else if line.wish.is_end() {
        Why::Early(Early::Stopped)
    } else if line.is_overdue() {
        Why::Early(Early::TimeLimit)
    } else {
        Why::Complete
    }
}

fn ending(outcome: Outcome, why: &Why) -> End {
    match (outcome, why) {
        // The run was quicker than the wish to end it.
        (Outcome::Report(report), Why::Early(_)) if !report.partial => End::Completed(report),
        (Outcome::Report(mut report), Why::Early(early)) => {
            mark_partial(&mut report, *early);
            End::Early(report, *early)
        }
        (Outcome::Nothing, Why::Early(early)) => {
            let mut report = Box::<Report>::default();
            mark_partial(&mut report, *early);
            End::Early(report, *early)
        }
        (Outcome::Report(mut report), why) if report.partial || matches!(why, Why::Cancelled) => {
            report.partial = true;
            warn(
                &mut report,
                "The run was cancelled; the report holds what had been found until then.",
            );
            End::Cancelled(Some(report))
        }
        (Outcome::Report(report), _) => End::Completed(report),
        (Outcome::Failed(failure), _) => End::Failed(failure),
        (Outcome::Nothing, _) => End::Cancelled(None),
    }
}

fn mark_partial(report: &mut Report, early: Early) {
    report.partial = true;
    warn(
        report,
        match early {
            Early::Stopped => {
                "The run was stopped; the report holds what had been found until then."
            }
            Early::TimeLimit => {
                "The time granted to the run was over; the report holds what had been found until then."
            }
        },
    );
}

/// Says why the report is partial, in place of what the engine, which does not know, says.
fn warn(report: &mut Report, message: &str) {
    report.warnings.retain(|warning| warning.kind != WarningKind::Partial);
    report.warnings.push(Warning { kind: WarningKind::Partial, message: message.to_owned() });
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
        End::Completed(_) | End::Early(..) => "completed",
        End::Cancelled(_) => "cancelled",
        End::Failed(_) => "failed",
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use fathom_core::{Report, WarningKind};

    use super::desk::Wish;
    use super::{Desk, Early, End, Hub, Line, Outcome, Why, ending, why};
    use crate::store::SqliteStore;

    fn report(partial: bool) -> Outcome {
        Outcome::Report(Box::new(Report { partial, ..Report::default() }))
    }

    #[test]
    fn a_run_whose_time_is_over_completes_with_what_there_is() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&folder.path().join("runs.db")).unwrap();
        let (hub, desk) = (Hub::default(), Desk::default());
        let wish = std::sync::Arc::<Wish>::default();
        let line = |deadline| Line {
            run: "r",
            store: &store,
            hub: &hub,
            desk: &desk,
            wish: &wish,
            deadline,
        };
        assert!(matches!(why(line(None)), Why::Complete));
        let over = line(Some(Instant::now()));
        assert!(over.is_overdue() && matches!(why(over), Why::Early(Early::TimeLimit)));
        let End::Early(report, Early::TimeLimit) = ending(report(true), &why(over)) else {
            panic!("the run must complete early")
        };
        assert!(report.partial);
        assert_eq!(report.warnings[0].kind, WarningKind::Partial);
        assert!(report.warnings[0].message.contains("time"));
    }

    #[test]
    fn who_cancels_goes_before_who_stops_and_a_complete_report_stays_complete() {
        let desk = Desk::default();
        desk.finish_early("r");
        assert!(desk.wish("r").is_end() && !desk.wish("r").is_cancel());
        desk.cancel("r");
        desk.finish_early("r");
        assert!(desk.wish("r").is_cancel());
        let stopped = Why::Early(Early::Stopped);
        assert!(matches!(ending(report(true), &stopped), End::Early(_, Early::Stopped)));
        assert!(matches!(ending(Outcome::Nothing, &stopped), End::Early(_, Early::Stopped)));
        assert!(matches!(ending(report(false), &stopped), End::Completed(_)));
        assert!(matches!(ending(report(false), &Why::Cancelled), End::Cancelled(Some(_))));
    }
}
