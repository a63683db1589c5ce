//! Tells followers of a run that something new is in the store.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

/// One bell for each run that somebody follows. What happened is read from the store, so a slow
/// follower costs no memory here.
#[derive(Debug, Default)]
pub(crate) struct Hub {
    bells: Mutex<HashMap<String, watch::Sender<()>>>,
}

impl Hub {
    /// Rings the bell of a run.
    pub(crate) fn ring(&self, run: &str) {
        if let Some(bell) = self.bells().get(run) {
            bell.send_replace(());
        }
    }

    /// Listens to the bell of a run.
    pub(crate) fn follow(self: &Arc<Self>, run: &str) -> Follower {
        let bell = self.bells().entry(run.to_owned()).or_default().subscribe();
        Follower { hub: Arc::clone(self), run: run.to_owned(), bell }
    }

    /// How many bells there are.
    pub(crate) fn followed(&self) -> usize {
        self.bells().len()
    }

    fn bells(&self) -> MutexGuard<'_, HashMap<String, watch::Sender<()>>> {
        self.bells.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Somebody who follows a run; the bell goes away with its last follower.
#[derive(Debug)]
pub(crate) struct Follower {
    hub: Arc<Hub>,
    run: String,
    bell: watch::Receiver<()>,
}

impl Follower {
    /// Waits until the bell has rung since the last call.
    pub(crate) async fn wait(&mut self) {
        // The sender lives as long as any follower, so the error cannot happen.
        let _ = self.bell.changed().await;
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        let mut bells = self.hub.bells();
        if bells.get(&self.run).is_some_and(|bell| bell.receiver_count() <= 1) {
            bells.remove(&self.run);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::Hub;

    #[test]
    fn a_bell_goes_away_with_its_last_follower() {
        let hub = Arc::new(Hub::default());
        let (first, second) = (hub.follow("a"), hub.follow("a"));
        drop(first);
        assert_eq!(hub.followed(), 1);
        drop(second);
        assert_eq!(hub.followed(), 0);
        hub.ring("a");
    }
}
