//! What happened in a run, then what happens.

use std::collections::VecDeque;
use std::sync::Arc;

use tokio::sync::watch;

use super::{Shared, blocking, runs};
use crate::error::ApiError;
use crate::store::StoredEvent;
use crate::worker::Follower;

/// Events read at a time: all the memory that a follower takes.
const BATCH: usize = 128;
const LAST: &str = "run-ended";

/// The rest of a run's events, read from the store whenever the bell rings.
pub(crate) struct Tail {
    shared: Arc<Shared>,
    run: String,
    last: u64,
    ready: VecDeque<StoredEvent>,
    follower: Follower,
    ending: watch::Receiver<bool>,
    over: bool,
}

impl Tail {
    /// The events of `run` after the one with the id `last`.
    pub(crate) fn new(shared: &Arc<Shared>, run: &str, last: u64) -> Self {
        Self {
            follower: shared.hub.follow(run),
            ending: shared.ending.clone(),
            shared: Arc::clone(shared),
            run: run.to_owned(),
            last,
            ready: VecDeque::new(),
            over: false,
        }
    }

    /// The next event, once it has happened; `None` after the last one and when the program ends.
    pub(crate) async fn next(&mut self) -> Option<StoredEvent> {
        while self.ready.is_empty() {
            if self.over || *self.ending.borrow() {
                return None;
            }
            // A store that cannot be read ends the stream; the client comes back with the last id it saw.
            self.fill().await.ok()?;
            if self.ready.is_empty() {
                if self.has_ended().await.ok()? {
                    return None;
                }
                tokio::select! {
                    () = self.follower.wait() => {}
                    _ = self.ending.changed() => return None,
                }
            }
        }
        let event = self.ready.pop_front()?;
        self.last = event.id;
        self.over = event.kind == LAST;
        Some(event)
    }

    /// Whether the run is over and nothing is left: the follower had seen the last event, or named one that
    /// never came.
    async fn has_ended(&mut self) -> Result<bool, ApiError> {
        let (shared, run) = (Arc::clone(&self.shared), self.run.clone());
        let run = blocking(move || runs::find(&shared, &run)).await?;
        if run.status.has_ended() {
            // The end may have come between the look at the events and the look at the run.
            self.fill().await?;
        }
        Ok(run.status.has_ended() && self.ready.is_empty())
    }

    /// Reads what has happened meanwhile.
    pub(crate) async fn fill(&mut self) -> Result<(), ApiError> {
        let (shared, run, last) = (Arc::clone(&self.shared), self.run.clone(), self.last);
        self.ready = blocking(move || Ok(shared.store.events(&run, last, BATCH)?)).await?.into();
        Ok(())
    }

    /// Whether nothing is at hand.
    pub(crate) fn is_empty(&self) -> bool {
        self.ready.is_empty()
    }
}
