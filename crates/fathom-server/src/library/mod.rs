//! The library: folders of documents, kept in step with the index while the program runs.

mod catalog;
mod examples;
mod import;
mod kinds;
mod missing;
mod pdf;
mod read;
mod scan;
mod walk;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use std::{fmt, thread};

use fathom_core::providers::local::wire::{DocumentEntry, LibraryState, LibraryView, Skipped};
use fathom_core::{Source, StoredDocument, Warning};
use fathom_engine::{Index as _, IndexError};
use rusqlite::Connection;

use crate::index::{self, FtsIndex};
use crate::log::{self, Level};
use crate::store::Store;

pub use import::{Format, MAX_PDF_BYTES, MAX_TEXT_BYTES, import, import_pages};
pub(crate) use import::{
    PageRest, declared_encoding, decode_text, encoding_label, import_page, import_text,
};
pub(crate) use pdf::Extractor;
pub(crate) use walk::{Root, roots};

const IDLE_READERS: usize = 4;
/// The most documents below one address.
const MOST_BELOW: usize = 500;
/// Under which key the catalog says which folders have been read completely.
const COMPLETE: &str = "complete";

/// The documents that can be researched.
pub(crate) struct Library {
    file: PathBuf,
    roots: Vec<Root>,
    extractor: Extractor,
    readers: Mutex<Vec<Connection>>,
    status: Mutex<Status>,
    changed: Condvar,
    stop: AtomicBool,
}

#[derive(Debug, Default)]
struct Status {
    view: LibraryView,
    /// Why the newest scan could not be finished.
    problem: Option<String>,
    said: Option<Instant>,
}

/// Whether the library can be researched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Readiness {
    Ready,
    Indexing {
        indexed: u64,
        total: u64,
    },
    /// The index cannot be made; the text says why.
    Broken(String),
}

impl fmt::Debug for Library {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Library").field("roots", &self.roots).finish_non_exhaustive()
    }
}

impl Library {
    /// Opens the index of these folders. Nothing is scanned yet.
    pub(crate) fn open(
        file: &Path,
        roots: Vec<Root>,
        extractor: Extractor,
    ) -> Result<Self, String> {
        let unusable = |error: rusqlite::Error| {
            format!(
                "the index in the data folder cannot be used ({error}); choose another folder with --data"
            )
        };
        let mut conn = catalog::connect(file).map_err(unusable)?;
        catalog::create(&mut conn)?;
        catalog::doubt_older_readings(&mut conn).map_err(unusable)?;
        let library = Self {
            file: file.to_owned(),
            roots,
            extractor,
            readers: Mutex::default(),
            status: Mutex::default(),
            changed: Condvar::new(),
            stop: AtomicBool::new(false),
        };
        let complete = catalog::meta(&conn, COMPLETE).map_err(unusable)?;
        if complete == Some(library.signature()) {
            library.refresh(&conn, Vec::new()).map_err(unusable)?;
            let mut status = library.status();
            status.view.state = LibraryState::Ready;
            status.view.indexed = status.view.documents;
            status.view.total = status.view.documents;
        }
        Ok(library)
    }

    /// Keeps the index in step with the folders on a thread of its own, until [`Library::stop`].
    pub(crate) fn watch(
        self: &Arc<Self>,
        every: Duration,
        store: Option<Arc<dyn Store>>,
    ) -> std::io::Result<thread::JoinHandle<()>> {
        let library = Arc::clone(self);
        thread::Builder::new().name("library".to_owned()).spawn(move || {
            while !library.is_stopped() {
                library.scan_once(store.as_deref());
                library.pause(every);
            }
        })
    }

    /// Ends scanning after the file at hand.
    pub(crate) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
        self.changed.notify_all();
    }

    /// The warning of every report, where files could not be read.
    pub(crate) fn warning(&self) -> Option<Warning> {
        missing::warning(&self.status().view.skipped)
    }

    /// What the API shows.
    pub(crate) fn view(&self) -> LibraryView {
        self.status().view.clone()
    }

    /// Whether the library can be researched, after waiting for that up to `patience`.
    pub(crate) fn readiness(&self, patience: Duration) -> Readiness {
        let unready = |status: &mut Status| {
            status.view.state == LibraryState::Indexing
                && status.problem.is_none()
                && !self.is_stopped()
        };
        let waited = self.changed.wait_timeout_while(self.status(), patience, unready);
        let (status, _) = waited.unwrap_or_else(PoisonError::into_inner);
        match (&status.problem, status.view.state) {
            (_, LibraryState::Ready) => Readiness::Ready,
            (Some(problem), LibraryState::Indexing) => Readiness::Broken(problem.clone()),
            (None, LibraryState::Indexing) => {
                Readiness::Indexing { indexed: status.view.indexed, total: status.view.total }
            }
        }
    }

    /// Documents after a path, in order of path.
    pub(crate) fn list(
        &self,
        after: &str,
        text: Option<&str>,
        limit: usize,
    ) -> rusqlite::Result<Vec<DocumentEntry>> {
        self.read(|conn| catalog::list(conn, after, text, limit))?
    }

    /// The document with this address, whatever its scheme, a `www.` and the `/` at its end.
    pub(crate) fn by_url(&self, url: &str) -> rusqlite::Result<Option<DocumentEntry>> {
        let plain = index::plain(url);
        let mut forms = vec![url.to_owned()];
        for scheme in ["https://", "http://"] {
            for www in ["", "www."] {
                forms.extend(["", "/"].map(|end| [scheme, www, &plain, end].concat()));
            }
        }
        self.read(|conn| catalog::by_url(conn, &forms))?
    }

    /// Documents whose address begins with this host and path, whatever their scheme and a `www.`.
    pub(crate) fn below(&self, prefix: &str) -> rusqlite::Result<Vec<DocumentEntry>> {
        let plain = prefix.strip_prefix("www.").unwrap_or(prefix);
        let mut found = Vec::new();
        for scheme in ["https://", "http://"] {
            for www in ["", "www."] {
                let prefix = [scheme, www, plain].concat();
                found.extend(self.read(|conn| catalog::below(conn, &prefix, MOST_BELOW))??);
            }
        }
        Ok(found)
    }

    /// When the file of a document was changed, in milliseconds since 1970.
    pub(crate) fn modified_ms(&self, path: &str) -> rusqlite::Result<Option<i64>> {
        self.read(|conn| catalog::modified_ms(conn, path))?
    }

    /// A document by its id; without a version, the current one.
    pub(crate) fn document(&self, id: &str) -> Result<Option<Arc<StoredDocument>>, IndexError> {
        self.read(|conn| FtsIndex::new(conn).document(id))
            .map_err(|error| IndexError::new(error.to_string()))?
    }

    /// Where these versions of documents came from, in the same order, without those that are gone.
    pub(crate) fn places(&self, documents: &[String]) -> rusqlite::Result<Vec<Source>> {
        self.read(|conn| {
            documents.iter().filter_map(|id| index::place(conn, id).transpose()).collect()
        })?
    }

    /// Lends a connection for reading.
    pub(crate) fn read<T>(&self, look: impl FnOnce(&Connection) -> T) -> rusqlite::Result<T> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let reader = match idle {
            Some(reader) => reader,
            None => catalog::connect(&self.file)?,
        };
        let value = look(&reader);
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if readers.len() < IDLE_READERS {
            readers.push(reader);
        }
        Ok(value)
    }

    /// Brings the index up to date once.
    pub(crate) fn scan_once(&self, store: Option<&dyn Store>) {
        let scanned = self.scan(store);
        if let Err(error) = &scanned {
            log::line(Level::Error, "library-scan-failed", &[("cause", error)]);
        }
        let problem = scanned.err().map(|error| match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => "the library cannot be indexed, because the disk of the data folder is full; free some space".to_owned(),
            _ => format!("the library cannot be indexed: {error}"),
        });
        self.status().problem = problem;
        self.changed.notify_all();
    }

    fn scan(&self, store: Option<&dyn Store>) -> rusqlite::Result<()> {
        let mut conn = catalog::connect(&self.file)?;
        let scan = scan::Scan {
            roots: &self.roots,
            extractor: &self.extractor,
            stop: &self.stop,
            progress: self,
        };
        let Some(done) = scan.run(&mut conn)? else { return Ok(()) };
        self.status().view.others = done.others;
        let first = self.status().view.state == LibraryState::Indexing;
        if first || done.changed > 0 {
            prune(&conn, store)?;
            catalog::set_meta(&conn, COMPLETE, &self.signature())?;
            self.refresh(&conn, done.skipped)?;
            let mut status = self.status();
            status.view.state = LibraryState::Ready;
            log::line(
                Level::Info,
                "library-ready",
                &[
                    ("documents", &status.view.documents),
                    ("passages", &status.view.passages),
                    ("skipped", &status.view.skipped.len()),
                    ("others", &status.view.others),
                ],
            );
        } else {
            self.refresh_skipped(&conn, done.skipped)?;
        }
        Ok(())
    }

    fn refresh(&self, conn: &Connection, unlisted: Vec<Skipped>) -> rusqlite::Result<()> {
        let outlines = catalog::outlines(conn)?;
        let outlines: Vec<_> = outlines
            .iter()
            .map(|(title, bytes, headings)| examples::Outline {
                title,
                bytes: *bytes,
                headings: headings.lines().collect(),
            })
            .collect();
        let examples = examples::examples(&outlines);
        let passages = passages(conn)?;
        let mut status = self.status();
        status.view.examples = examples;
        status.view.documents = outlines.len() as u64;
        status.view.passages = passages;
        drop(status);
        self.refresh_skipped(conn, unlisted)
    }

    fn refresh_skipped(&self, conn: &Connection, unlisted: Vec<Skipped>) -> rusqlite::Result<()> {
        let mut skipped = catalog::skipped(conn)?;
        skipped.extend(unlisted);
        skipped.sort_by(|a, b| a.path.cmp(&b.path));
        let before = std::mem::replace(&mut self.status().view.skipped, skipped.clone());
        missing::log_new(&before, &skipped);
        Ok(())
    }

    /// Which folders, under which names: another set has to be read completely first.
    fn signature(&self) -> String {
        let roots =
            self.roots.iter().map(|root| format!("{}{}", root.prefix, root.folder.display()));
        roots.collect::<Vec<_>>().join("\n")
    }

    fn status(&self) -> MutexGuard<'_, Status> {
        // Every change of the status is complete in itself.
        self.status.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn pause(&self, length: Duration) {
        let _ = self.changed.wait_timeout_while(self.status(), length, |_| !self.is_stopped());
    }
}

impl scan::Progress for Library {
    fn found(&self, total: u64, indexed: u64) {
        let mut status = self.status();
        status.view.total = total;
        status.view.indexed = indexed;
        drop(status);
        self.changed.notify_all();
    }

    fn indexed(&self, conn: &Connection, total: u64, indexed: u64) {
        let (documents, passages) = (catalog::documents(conn), passages(conn));
        let mut status = self.status();
        status.view.total = total;
        status.view.indexed = indexed;
        status.view.documents = documents.unwrap_or(status.view.documents);
        status.view.passages = passages.unwrap_or(status.view.passages);
        if status.said.is_none_or(|said| said.elapsed() >= Duration::from_secs(1)) {
            status.said = Some(Instant::now());
            log::line(Level::Info, "indexing", &[("indexed", &indexed), ("total", &total)]);
        }
        drop(status);
        self.changed.notify_all();
    }
}

/// Drops versions of documents that nothing can refer to any more. A run that is being worked on may
/// be about to cite a version that has just been replaced, so nothing is dropped meanwhile.
fn prune(conn: &Connection, store: Option<&dyn Store>) -> rusqlite::Result<()> {
    let Some(store) = store else {
        return index::retain(conn, &std::collections::HashSet::new()).map(|_| ());
    };
    match (store.is_working(), store.cited()) {
        (Ok(false), Ok(cited)) => index::retain(conn, &cited).map(|_| ()),
        _ => Ok(()),
    }
}

fn passages(conn: &Connection) -> rusqlite::Result<u64> {
    conn.query_row("SELECT count(*) FROM passages", [], |row| row.get::<_, i64>(0))
        .map(i64::unsigned_abs)
}
