//! [`Store`] on SQLite in WAL mode: one connection writes, a few read.

use std::collections::HashSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use fathom_core::{Event, Report, Status, Task};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use serde_json::value::RawValue;

use super::row::{COLUMNS, PARTS, WHOLE, read_run};
use super::{
    Claimed, Created, End, Failure, Filter, NewRun, Progress, Run, Store, StoreError, StoredEvent,
    Timed, schema,
};
use crate::clock;

/// A run that was begun this often and never ended takes the program down with it.
const MAX_ATTEMPTS: u32 = 25;
const IDLE_READERS: usize = 4;
/// Runs in one SQLite file.
pub(crate) struct SqliteStore {
    path: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

impl fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteStore").field("path", &self.path).finish_non_exhaustive()
    }
}

impl SqliteStore {
    /// Opens the store in `path`, making it when it is missing.
    pub(crate) fn open(path: &Path) -> Result<Self, StoreError> {
        let mut writer = schema::connect(path)?;
        schema::create(&mut writer)?;
        Ok(Self { path: path.to_owned(), writer: Mutex::new(writer), readers: Mutex::default() })
    }

    /// Lets the file grow to this many bytes and no further; what needs more fails as on a full disk.
    pub(crate) fn limit_bytes(&self, bytes: u64) -> Result<(), StoreError> {
        let writer = lock(&self.writer);
        let page: u64 = writer.pragma_query_value(None, "page_size", |row| row.get(0))?;
        let pages = (bytes / page.max(1)).max(1);
        writer.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?;
        Ok(())
    }

    fn write<T>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut writer = lock(&self.writer);
        let tx = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = change(&tx)?;
        tx.commit()?;
        Ok(value)
    }

    fn read<T>(
        &self,
        look: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = lock(&self.readers).pop();
        let reader = match idle {
            Some(reader) => reader,
            None => schema::connect(&self.path)?,
        };
        let value = look(&reader);
        let mut readers = lock(&self.readers);
        if readers.len() < IDLE_READERS {
            readers.push(reader);
        }
        value
    }
}

impl Store for SqliteStore {
    fn create(&self, new: &NewRun<'_>) -> Result<Created, StoreError> {
        let id = match &new.foreign {
            Some(foreign) => foreign.id.to_owned(),
            None => new_id()?,
        };
        self.write(|tx| {
            if let Some(run) = by_token(tx, new.token)? {
                return Ok(Created::Known(run));
            }
            if queued(tx)? >= new.queue_limit {
                return Ok(Created::QueueFull);
            }
            insert(tx, &id, new)?;
            by_id(tx, &id)?.map(Created::New).ok_or_else(|| lost(&id))
        })
    }

    fn claim(&self) -> Result<Option<Claimed>, StoreError> {
        self.write(|tx| {
            let Some(id) = oldest(tx, "queued")? else { return Ok(None) };
            let now = clock::now_ms();
            tx.prepare_cached(
                "UPDATE runs SET status = 'running', started_ms = ?2, attempt = attempt + 1 WHERE id = ?1",
            )?
            .execute(params![id, now])?;
            let mut progress = Progress::default();
            add_events(tx, &id, &[Timed::new(now, Event::RunStarted)], &mut progress)?;
            Ok(Some(claimed(tx, &id)?))
        })
    }

    fn append(&self, id: &str, events: &[Timed], progress: &Progress) -> Result<(), StoreError> {
        self.write(|tx| add_events(tx, id, events, &mut { *progress }))
    }

    fn finish(&self, id: &str, end: &End) -> Result<(), StoreError> {
        self.write(|tx| end_run(tx, id, end))
    }

    fn cancel(&self, id: &str) -> Result<Option<Run>, StoreError> {
        self.write(|tx| {
            let Some(run) = by_id(tx, id)? else { return Ok(None) };
            match run.status {
                Status::Queued => end_run(tx, id, &End::Cancelled(None))?,
                Status::Running => {
                    tx.execute("UPDATE runs SET cancel = 1 WHERE id = ?1", [id])?;
                }
                _ => return Ok(Some(run)),
            }
            by_id(tx, id)
        })
    }

    fn delete(&self, id: &str) -> Result<bool, StoreError> {
        self.write(|tx| {
            let Some(run) = by_id(tx, id)?.filter(|run| run.status.has_ended()) else {
                return Ok(false);
            };
            tx.execute("DELETE FROM events WHERE run = ?1", [run.seq])?;
            tx.execute("DELETE FROM cited WHERE run = ?1", [run.seq])?;
            tx.execute("DELETE FROM runs WHERE seq = ?1", [run.seq])?;
            Ok(true)
        })
    }

    fn get(&self, id: &str) -> Result<Option<Run>, StoreError> {
        self.read(|conn| by_id(conn, id))
    }

    fn list(&self, filter: &Filter) -> Result<Vec<Run>, StoreError> {
        self.read(|conn| {
            let (large, protocol) = match filter.protocol {
                Some(_) => (WHOLE, "AND protocol = ?5"),
                None => (PARTS, "AND ?5 IS NULL"),
            };
            let mut statement = conn.prepare_cached(&format!(
                "SELECT {COLUMNS}, {large} FROM runs
                 WHERE seq < ?1 AND (?2 IS NULL OR instr(lower(question), lower(?2)) > 0) {protocol}
                 ORDER BY seq DESC LIMIT ?3 OFFSET ?4"
            ))?;
            let number = |count| i64::try_from(count).unwrap_or(i64::MAX);
            let before = filter.before.unwrap_or(i64::MAX);
            let mut rows = statement.query(params![
                before,
                filter.text,
                number(filter.limit),
                number(filter.offset),
                filter.protocol
            ])?;
            let mut runs = Vec::new();
            while let Some(row) = rows.next()? {
                runs.push(read_run(row)?);
            }
            Ok(runs)
        })
    }

    fn events(&self, id: &str, after: u64, limit: usize) -> Result<Vec<StoredEvent>, StoreError> {
        self.read(|conn| {
            let mut statement = conn.prepare_cached(
                "SELECT e.id, e.at_ms - r.created_ms, e.kind, e.event FROM runs r
                 JOIN events e ON e.run = r.seq WHERE r.id = ?1 AND e.id > ?2 ORDER BY e.id LIMIT ?3",
            )?;
            let after = i64::try_from(after).unwrap_or(i64::MAX);
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            let mut rows = statement.query(params![id, after, limit])?;
            let mut events = Vec::new();
            while let Some(row) = rows.next()? {
                events.push(StoredEvent {
                    id: row.get(0)?,
                    at_ms: row.get::<_, i64>(1)?.max(0),
                    kind: row.get(2)?,
                    event: RawValue::from_string(row.get(3)?)?,
                });
            }
            Ok(events)
        })
    }

    fn queued(&self) -> Result<u64, StoreError> {
        self.read(queued)
    }

    fn is_working(&self) -> Result<bool, StoreError> {
        self.read(|conn| Ok(oldest(conn, "running")?.is_some()))
    }

    fn cited(&self) -> Result<HashSet<String>, StoreError> {
        self.read(|conn| {
            let mut statement = conn.prepare_cached("SELECT DISTINCT document FROM cited")?;
            let documents = statement.query_map([], |row| row.get(0))?;
            Ok(documents.collect::<rusqlite::Result<_>>()?)
        })
    }

    fn reclaim(&self) -> Result<usize, StoreError> {
        self.write(|tx| {
            let mut count = 0;
            while let Some(id) = oldest(tx, "running")? {
                put_back(tx, &id)?;
                count += 1;
            }
            Ok(count)
        })
    }
}

/// A connection is used by one call at a time and every call rolls back what it did not commit, so
/// a panic in between leaves nothing half done.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn new_id() -> Result<String, StoreError> {
    let mut bytes = [0_u8; 12];
    getrandom::fill(&mut bytes)
        .map_err(|error| StoreError::Broken(format!("no random numbers: {error}")))?;
    Ok(bytes.iter().fold("run_".to_owned(), |id, byte| id + &format!("{byte:02x}")))
}

fn lost(id: &str) -> StoreError {
    StoreError::Broken(format!("run {id} is not there"))
}

fn insert(tx: &Transaction<'_>, id: &str, new: &NewRun<'_>) -> Result<(), StoreError> {
    let foreign = new.foreign.as_ref();
    tx.prepare_cached(
        "INSERT INTO runs (id, token, status, question, task, created_ms, progress, protocol, request, material)
         VALUES (?1, ?2, 'queued', ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        id,
        new.token,
        new.task.question,
        serde_json::to_string(new.task)?,
        clock::now_ms(),
        serde_json::to_string(&Progress::default())?,
        foreign.map_or("", |foreign| foreign.protocol),
        foreign.map(|foreign| serde_json::to_string(foreign.request)).transpose()?,
        foreign.and_then(|foreign| foreign.material).map(serde_json::to_string).transpose()?,
    ])?;
    Ok(())
}

fn by_token(conn: &Connection, token: Option<&str>) -> Result<Option<Run>, StoreError> {
    let Some(token) = token else { return Ok(None) };
    one(conn, "token", token)
}

fn by_id(conn: &Connection, id: &str) -> Result<Option<Run>, StoreError> {
    one(conn, "id", id)
}

fn one(conn: &Connection, column: &str, value: &str) -> Result<Option<Run>, StoreError> {
    let sql = format!("SELECT {COLUMNS}, {WHOLE} FROM runs WHERE {column} = ?1");
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query([value])?;
    rows.next()?.map(read_run).transpose()
}

fn oldest(conn: &Connection, status: &str) -> Result<Option<String>, StoreError> {
    // The status is spelled out, because SQLite uses the partial index only for a constant.
    let sql = format!("SELECT id FROM runs WHERE status = '{status}' ORDER BY seq LIMIT 1");
    Ok(conn.prepare_cached(&sql)?.query_row([], |row| row.get(0)).optional()?)
}

fn queued(conn: &Connection) -> Result<u64, StoreError> {
    let mut statement = conn.prepare_cached("SELECT count(*) FROM runs WHERE status = 'queued'")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

fn claimed(tx: &Transaction<'_>, id: &str) -> Result<Claimed, StoreError> {
    let mut statement =
        tx.prepare_cached("SELECT task, attempt, material FROM runs WHERE id = ?1")?;
    let (task, attempt, material): (String, u32, Option<String>) =
        statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let task: Task = serde_json::from_str(&task)?;
    let material = material.map(|material| serde_json::from_str(&material)).transpose()?;
    Ok(Claimed { id: id.to_owned(), task, material, attempt })
}

/// The word that tells kinds of events apart on the wire.
#[derive(serde::Deserialize)]
struct Tag {
    #[serde(rename = "type")]
    kind: String,
}

/// An event as it is stored, with the documents that belong to it.
fn written(timed: &Timed) -> Result<String, StoreError> {
    if timed.documents.is_empty() {
        return Ok(serde_json::to_string(&timed.event)?);
    }
    let mut event = serde_json::to_value(&timed.event)?;
    if let Some(fields) = event.as_object_mut() {
        fields.insert("documents".to_owned(), timed.documents.clone().into());
    }
    Ok(event.to_string())
}

/// Adds events after the newest one the run ever had, and stores the progress with them.
fn add_events(
    tx: &Transaction<'_>,
    id: &str,
    events: &[Timed],
    progress: &mut Progress,
) -> Result<(), StoreError> {
    let (seq, mut last): (i64, u64) = tx
        .prepare_cached("SELECT seq, last_event FROM runs WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut insert = tx.prepare_cached(
        "INSERT INTO events (run, id, at_ms, kind, event) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for timed in events {
        last += 1;
        let event = written(timed)?;
        let Tag { kind } = serde_json::from_str(&event)?;
        insert.execute(params![seq, last, timed.at_ms, kind, event])?;
    }
    progress.last_event = last;
    tx.prepare_cached("UPDATE runs SET last_event = ?2, progress = ?3 WHERE id = ?1")?
        .execute(params![id, last, serde_json::to_string(progress)?])?;
    Ok(())
}

fn end_run(tx: &Transaction<'_>, id: &str, end: &End) -> Result<(), StoreError> {
    let Some(run) = by_id(tx, id)? else { return Err(lost(id)) };
    let (status, report, error, early) = match end {
        End::Completed(report) => (Status::Completed, Some(report), None, None),
        End::Early(report, early) => (Status::Completed, Some(report), None, Some(early.as_str())),
        End::Cancelled(report) => (Status::Cancelled, report.as_ref(), None, None),
        End::Failed(failure) => (Status::Failed, None, Some(failure), None),
    };
    let now = clock::now_ms();
    let ended = Timed::new(now, Event::RunEnded { status });
    add_events(tx, id, &[ended], &mut { run.progress })?;
    if let Some(report) = report {
        cite(tx, run.seq, report)?;
    }
    tx.prepare_cached(
        "UPDATE runs SET status = ?2, finished_ms = ?3, report = ?4, sources = ?5, error = ?6, early = ?7 WHERE id = ?1",
    )?
    .execute(params![
        id,
        status.as_str(),
        now,
        report.map(serde_json::to_string).transpose()?,
        report.map_or(0, |report| report.sources.len()),
        error.map(serde_json::to_string).transpose()?,
        early,
    ])?;
    Ok(())
}

/// Remembers which versions of documents a report needs.
fn cite(tx: &Transaction<'_>, seq: i64, report: &Report) -> Result<(), StoreError> {
    let mut insert =
        tx.prepare_cached("INSERT OR IGNORE INTO cited (document, run) VALUES (?1, ?2)")?;
    let evidence = report.citations.iter().flat_map(|citation| &citation.evidence);
    let sources = report.sources.iter().filter_map(|source| source.document.as_deref());
    for document in evidence.map(|evidence| evidence.document.as_str()).chain(sources) {
        insert.execute(params![document, seq])?;
    }
    Ok(())
}

/// Puts one lost run back: its events are withdrawn, their ids are not used again.
fn put_back(tx: &Transaction<'_>, id: &str) -> Result<(), StoreError> {
    let (seq, cancel, attempt): (i64, bool, u32) =
        tx.query_row("SELECT seq, cancel, attempt FROM runs WHERE id = ?1", [id], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
    tx.execute("DELETE FROM events WHERE run = ?1", [seq])?;
    if cancel {
        return end_run(tx, id, &End::Cancelled(None));
    }
    if attempt >= MAX_ATTEMPTS {
        let message = format!("the program ended {attempt} times while it worked on this run");
        return end_run(tx, id, &End::Failed(Failure { kind: "internal".to_owned(), message }));
    }
    tx.execute("UPDATE runs SET status = 'queued' WHERE id = ?1", [id])?;
    Ok(())
}
