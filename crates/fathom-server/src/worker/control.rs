//! The engine's way to the store: events are written in batches by a thread of their own.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread;
use std::time::Instant;

use fathom_core::Event;
use fathom_engine::Observer;

use super::desk::Wish;
use super::{Desk, Hub};
use crate::clock;
use crate::store::{Progress, Store, StoreError, Timed, count};

/// Events that may wait to be written; the engine waits when there are more.
const WAITING: usize = 256;
/// Documents that are kept with each search.
const FOUND: usize = 20;

/// What one run shares with the rest of the program.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    pub run: &'a str,
    pub store: &'a dyn Store,
    pub hub: &'a Hub,
    pub desk: &'a Desk,
    pub wish: &'a Arc<Wish>,
    /// When the run's own time is over.
    pub deadline: Option<Instant>,
}

impl Line<'_> {
    /// Whether the run's own time is over.
    pub(super) fn is_overdue(&self) -> bool {
        self.deadline.is_some_and(|deadline| Instant::now() >= deadline)
    }
}

/// Runs `work` while its events go to the store as fast as that can take them.
///
/// Returns only after every event is stored.
pub(super) fn with_events<T>(
    line: Line<'_>,
    work: impl FnOnce(&mut Recorder<'_>) -> T,
) -> (T, Result<(), StoreError>) {
    let broken = AtomicBool::new(false);
    let (sender, receiver) = mpsc::sync_channel(WAITING);
    thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let written = write(line, &receiver);
            broken.store(written.is_err(), Ordering::Relaxed);
            // Dropping the receiver lets the engine go on to its end without anybody listening.
            drop(receiver);
            written
        });
        let mut recorder = Recorder { line, sender, broken: &broken, found: Vec::new() };
        let value = work(&mut recorder);
        drop(recorder);
        let written = writer
            .join()
            .unwrap_or_else(|_| Err(StoreError::Broken("the writer of events failed".to_owned())));
        (value, written)
    })
}

/// Writes whatever has arrived as one batch, so that many small events cost few commits.
fn write(line: Line<'_>, events: &Receiver<Timed>) -> Result<(), StoreError> {
    let mut progress = Progress::default();
    while let Ok(first) = events.recv() {
        let batch: Vec<Timed> =
            std::iter::once(first).chain(events.try_iter().take(WAITING)).collect();
        for timed in &batch {
            count(&mut progress, &timed.event);
        }
        line.store.append(line.run, &batch, &progress)?;
        line.hub.ring(line.run);
    }
    Ok(())
}

/// What the engine sees of the program.
#[derive(Debug)]
pub(super) struct Recorder<'a> {
    line: Line<'a>,
    sender: SyncSender<Timed>,
    broken: &'a AtomicBool,
    /// What the newest search found.
    found: Vec<String>,
}

impl Observer for Recorder<'_> {
    fn event(&mut self, event: Event) {
        // Beginning and end of a run are the store's to tell.
        if matches!(event, Event::RunStarted | Event::RunEnded { .. }) {
            return;
        }
        // Nobody listens only after the store has failed, and that ends the run anyway.
        let documents = match event {
            Event::SearchEnded { .. } => std::mem::take(&mut self.found),
            _ => Vec::new(),
        };
        let _ = self.sender.send(Timed { documents, ..Timed::new(clock::now_ms(), event) });
    }

    fn found(&mut self, documents: &[&str]) {
        self.found = documents.iter().take(FOUND).map(|id| (*id).to_owned()).collect();
    }

    fn is_cancelled(&self) -> bool {
        self.line.wish.is_end()
            || self.line.is_overdue()
            || self.broken.load(Ordering::Relaxed)
            || self.line.desk.is_stopped()
    }
}
