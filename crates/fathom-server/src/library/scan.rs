//! Brings the index up to date with the folders.

use std::collections::{HashMap, HashSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::{Connection, TransactionBehavior};

use super::catalog::{self, Known};
use super::pdf::Extractor;
use super::read::{self, Content, FileRead};
use super::walk::{self, Found, Root, Walk};
use crate::clock;

/// A batch is committed after this many files or this much time, whichever comes first.
const BATCH_FILES: usize = 64;
const BATCH_TIME: Duration = Duration::from_millis(250);
/// A file changed this shortly before it was read may change again within the same tick of its clock.
const FRESH: i64 = 2_000_000_000;
/// Deep pages need more stack than a thread has by default.
const READER_STACK: usize = 64 << 20;
/// Files that may wait between the readers and the index, so that memory stays bounded.
const WAITING: usize = 8;

/// What a scan needs.
#[derive(Debug)]
pub(super) struct Scan<'a> {
    pub roots: &'a [Root],
    pub extractor: &'a Extractor,
    /// Set when the program ends.
    pub stop: &'a AtomicBool,
    /// Hears how many of how many files are up to date.
    pub progress: &'a dyn Progress,
}

/// Hears how far a scan is.
pub(super) trait Progress: std::fmt::Debug + Sync {
    fn found(&self, total: u64, indexed: u64);
    /// Called after every commit.
    fn indexed(&self, conn: &Connection, total: u64, indexed: u64);
}

/// What a complete scan brought.
#[derive(Debug)]
pub(super) struct Done {
    /// Files that could not even be listed; those that were read and left out are in the catalog.
    pub skipped: Vec<fathom_core::providers::local::wire::Skipped>,
    /// How many files are no documents.
    pub others: u64,
    pub changed: usize,
}

impl Scan<'_> {
    /// Looks at every file once. `None` when the program ends meanwhile.
    pub(super) fn run(&self, conn: &mut Connection) -> rusqlite::Result<Option<Done>> {
        let Walk { found, skipped, others, unseen } = walk::walk(self.roots);
        let known = catalog::known(conn)?;
        let total = found.len() as u64;
        let gone = gone(&known, &found, &unseen);
        let changed: Vec<Found> = found
            .into_iter()
            .filter(|found| known.get(&found.path).is_none_or(|known| !known.is_current(found)))
            .collect();
        // A file that has changed is still there in its old version.
        let unknown =
            changed.iter().filter(|found| !known.contains_key(&found.path)).count() as u64;
        self.progress.found(total, total - unknown);
        remove(conn, &gone)?;
        let changed = self.index(conn, changed, &known, (total, total - unknown))?;
        Ok(changed.map(|changed| Done { skipped, others, changed: changed + gone.len() }))
    }

    /// Reads files on a few threads and indexes them on this one. Returns how many had really changed, or
    /// nothing when not all could be read.
    fn index(
        &self,
        conn: &mut Connection,
        files: Vec<Found>,
        known: &HashMap<String, Known>,
        (total, mut indexed): (u64, u64),
    ) -> rusqlite::Result<Option<usize>> {
        if files.is_empty() {
            return Ok(Some(0));
        }
        let (mut left, mut changed) = (files.len(), 0);
        let readers =
            thread::available_parallelism().map_or(1, usize::from).min(files.len()).min(4);
        let queue = Mutex::new(files.into_iter());
        let (sender, receiver) = mpsc::sync_channel(WAITING);
        thread::scope(|scope| {
            for _ in 0..readers {
                let sender = sender.clone();
                let reader =
                    thread::Builder::new().stack_size(READER_STACK).name("reader".to_owned());
                // Without a second thread the first one reads everything; without any, the scan is empty and repeated.
                let _ = reader.spawn_scoped(scope, || self.read_all(&queue, known, sender));
            }
            drop(sender);
            while let Some(batch) = next_batch(&receiver) {
                // What was read while the program ends may have been given up halfway.
                if self.stop.load(Ordering::Relaxed) {
                    return Ok(None);
                }
                commit(conn, &batch)?;
                left -= batch.len();
                changed +=
                    batch.iter().filter(|(_, file)| !matches!(file.content, Content::Same)).count();
                indexed +=
                    batch.iter().filter(|(found, _)| !known.contains_key(&found.path)).count()
                        as u64;
                self.progress.indexed(conn, total, indexed);
            }
            Ok((left == 0).then_some(changed))
        })
    }

    fn read_all(
        &self,
        queue: &Mutex<std::vec::IntoIter<Found>>,
        known: &HashMap<String, Known>,
        sender: mpsc::SyncSender<(Found, FileRead)>,
    ) {
        while !self.stop.load(Ordering::Relaxed) {
            let next = queue.lock().map(|mut files| files.next());
            let Ok(Some(found)) = next else { return };
            // The text of a document depends on nothing but bytes and path, so equal bytes need no second reading.
            let hash = known
                .get(&found.path)
                .map(|known| known.hash.as_str())
                .filter(|hash| !hash.is_empty());
            let file = read::read(&found, hash, self.extractor, self.stop);
            if sender.send((found, file)).is_err() {
                return;
            }
        }
    }
}

fn commit(conn: &mut Connection, batch: &[(Found, FileRead)]) -> rusqlite::Result<()> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for (found, file) in batch {
        let found = &settled(found);
        match &file.content {
            Content::Same => catalog::put(&tx, found, &file.hash)?,
            Content::Document(document) => catalog::put_document(&tx, found, &file.hash, document)?,
            Content::Skipped(skipped) => catalog::put_skipped(&tx, found, &file.hash, skipped)?,
        }
    }
    tx.commit()
}

/// A file that has just been changed is looked at again next time, whatever its clock says.
fn settled(found: &Found) -> Found {
    let now = clock::now_ms().saturating_mul(1_000_000);
    let fresh = now.saturating_sub(found.modified_ns) < FRESH;
    Found { modified_ns: if fresh { -1 } else { found.modified_ns }, ..found.clone() }
}

fn next_batch(receiver: &mpsc::Receiver<(Found, FileRead)>) -> Option<Vec<(Found, FileRead)>> {
    let mut batch = vec![receiver.recv().ok()?];
    let end = Instant::now() + BATCH_TIME;
    while batch.len() < BATCH_FILES {
        match receiver.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(next) => batch.push(next),
            Err(_) => break,
        }
    }
    Some(batch)
}

/// Known files that are no longer there; those in a folder that could not be looked at stay.
fn gone(known: &HashMap<String, Known>, found: &[Found], unseen: &[String]) -> Vec<String> {
    let found: HashSet<&str> = found.iter().map(|found| found.path.as_str()).collect();
    let is_unseen = |path: &str| {
        unseen.iter().any(|folder| {
            path.strip_prefix(&**folder).is_some_and(|rest| {
                folder.is_empty() || folder.ends_with(':') || rest.starts_with('/')
            })
        })
    };
    known
        .keys()
        .filter(|path| !found.contains(path.as_str()) && !is_unseen(path))
        .cloned()
        .collect()
}

fn remove(conn: &mut Connection, paths: &[String]) -> rusqlite::Result<()> {
    for batch in paths.chunks(BATCH_FILES) {
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for path in batch {
            catalog::remove(&tx, path)?;
        }
        tx.commit()?;
    }
    Ok(())
}
