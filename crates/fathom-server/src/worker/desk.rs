//! Where requests and workers meet: new work, cancellations, and failures that could not be stored yet.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::store::Failure;

/// What workers and requests tell each other.
#[derive(Debug, Default)]
pub(crate) struct Desk {
    /// Counts submissions, so that none is missed between looking and waiting.
    submitted: Mutex<u64>,
    arrived: Condvar,
    stop: AtomicBool,
    wishes: Mutex<HashMap<String, Arc<Wish>>>,
    unsaved: Mutex<HashMap<String, Failure>>,
}

/// What somebody wishes for a run that is under way.
#[derive(Debug, Default)]
pub(super) struct Wish(AtomicU8);

const STOP: u8 = 1;
const CANCEL: u8 = 2;

impl Wish {
    /// Whether the run is to end, in whatever way.
    pub(super) fn is_end(&self) -> bool {
        self.0.load(Ordering::Relaxed) != 0
    }

    /// Whether the run is to end as cancelled.
    pub(super) fn is_cancel(&self) -> bool {
        self.0.load(Ordering::Relaxed) == CANCEL
    }

    fn set(&self, wish: u8) {
        // Who cancels wants no more results, whatever was wished before.
        self.0.fetch_max(wish, Ordering::Relaxed);
    }
}

impl Desk {
    /// Says that there is a new run to claim.
    pub(crate) fn submit(&self) {
        *lock(&self.submitted) += 1;
        self.arrived.notify_one();
    }

    /// Ends all workers; runs under way stay claimed and go on at the next start.
    pub(crate) fn stop(&self) {
        // Under the lock, so that nobody begins to wait without seeing it.
        let submitted = lock(&self.submitted);
        self.stop.store(true, Ordering::Relaxed);
        drop(submitted);
        self.arrived.notify_all();
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// How many runs have been submitted; to be read before looking for one.
    pub(super) fn seen(&self) -> u64 {
        *lock(&self.submitted)
    }

    /// Waits until more than `seen` runs have been submitted, or for so long.
    pub(super) fn wait(&self, seen: u64, limit: Duration) {
        let idle = |submitted: &mut u64| *submitted == seen && !self.is_stopped();
        drop(self.arrived.wait_timeout_while(lock(&self.submitted), limit, idle));
    }

    /// Asks the worker of a run to end it.
    pub(crate) fn cancel(&self, run: &str) {
        self.wish(run).set(CANCEL);
    }

    /// Asks the worker of a run to complete it with what there is.
    pub(crate) fn finish_early(&self, run: &str) {
        self.wish(run).set(STOP);
    }

    /// What is wished for a run; whoever comes first makes the place for it.
    pub(super) fn wish(&self, run: &str) -> Arc<Wish> {
        Arc::clone(lock(&self.wishes).entry(run.to_owned()).or_default())
    }

    /// Forgets what was wished for a run that has ended.
    pub(crate) fn forget(&self, run: &str) {
        lock(&self.wishes).remove(run);
    }

    /// Why a run failed whose end could not be stored yet.
    pub(crate) fn unsaved(&self, run: &str) -> Option<Failure> {
        lock(&self.unsaved).get(run).cloned()
    }

    pub(super) fn set_unsaved(&self, run: &str, failure: Option<Failure>) {
        match failure {
            Some(failure) => lock(&self.unsaved).insert(run.to_owned(), failure),
            None => lock(&self.unsaved).remove(run),
        };
    }
}

/// Every value here is whole after every statement, so a panic elsewhere harms nothing.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
