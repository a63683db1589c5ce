//! [`Store`] on SQLite in WAL mode: one connection writes, a few read.

mod change;
mod look;

use std::collections::HashSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use fathom_core::{Event, Status};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use serde_json::value::RawValue;

use super::row::{COLUMNS, PARTS, WHOLE, read_run};
use super::{
    Claimed, Created, End, Filter, NewRun, Progress, Run, Store, StoreError, StoredEvent, Timed,
    schema,
};
use crate::clock;
use change::{add_events, end_run, insert, lost, new_id, put_back};
use look::{by_id, by_token, claimed, oldest, queued};

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
