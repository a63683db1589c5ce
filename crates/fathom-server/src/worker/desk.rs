//! Where requests and workers meet: new work, cancellations, and failures that could not be stored yet.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
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
    cancels: Mutex<HashMap<String, Arc<AtomicBool>>>,
    unsaved: Mutex<HashMap<String, Failure>>,
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
        self.cancel_flag(run).store(true, Ordering::Relaxed);
    }

    /// The flag by which a run is cancelled; whoever comes first makes it.
    pub(super) fn cancel_flag(&self, run: &str) -> Arc<AtomicBool> {
        Arc::clone(lock(&self.cancels).entry(run.to_owned()).or_default())
    }

    /// Forgets the flag of a run that has ended.
    pub(crate) fn forget(&self, run: &str) {
        lock(&self.cancels).remove(run);
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
