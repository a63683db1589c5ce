//! The tables of the store.

use std::path::Path;

use rusqlite::{Connection, Transaction};

use super::StoreError;

pub(super) const TABLES: &str = "
CREATE TABLE runs (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT NOT NULL UNIQUE,
    token       TEXT UNIQUE,
    status      TEXT NOT NULL,
    question    TEXT NOT NULL,
    task        TEXT NOT NULL,
    created_ms  INTEGER NOT NULL,
    started_ms  INTEGER,
    finished_ms INTEGER,
    attempt     INTEGER NOT NULL DEFAULT 0,
    last_event  INTEGER NOT NULL DEFAULT 0,
    cancel      INTEGER NOT NULL DEFAULT 0,
    progress    TEXT NOT NULL,
    sources     INTEGER NOT NULL DEFAULT 0,
    report      TEXT,
    error       TEXT
) STRICT;
CREATE INDEX open_runs ON runs (status, seq) WHERE status IN ('queued', 'running');
CREATE TRIGGER ended_runs_stay BEFORE UPDATE ON runs
WHEN OLD.status IN ('completed', 'failed', 'cancelled')
BEGIN SELECT RAISE(ABORT, 'a run that has ended never changes'); END;
CREATE TABLE events (
    run   INTEGER NOT NULL REFERENCES runs (seq),
    id    INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    kind  TEXT NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (run, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE cited (
    document TEXT NOT NULL,
    run      INTEGER NOT NULL REFERENCES runs (seq),
    PRIMARY KEY (document, run)
) STRICT, WITHOUT ROWID;
";

/// What the second version added: how a run was asked for, and whether it was ended early.
const SECOND: &str = "
ALTER TABLE runs ADD COLUMN protocol TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN request TEXT;
ALTER TABLE runs ADD COLUMN material TEXT;
ALTER TABLE runs ADD COLUMN early TEXT;
CREATE INDEX runs_of_protocol ON runs (protocol, seq);
";

/// What the third version added: whether the report answers.
const THIRD: &str = "ALTER TABLE runs ADD COLUMN grade TEXT;";

/// The version of the tables, kept by SQLite beside them.
const VERSION: i64 = 3;

/// Opens a connection with the settings that every connection of the store needs.
///
/// `synchronous=FULL` makes an acknowledged commit survive a power cut, not only a kill.
pub(super) fn connect(path: &Path) -> Result<Connection, StoreError> {
    let conn = Connection::open(path)?;
    conn.busy_timeout(std::time::Duration::from_secs(10))?;
    conn.set_prepared_statement_cache_capacity(32);
    conn.execute_batch(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-4000;",
    )?;
    Ok(conn)
}

/// Makes the tables, or brings those of an earlier version up to this one.
pub(super) fn create(conn: &mut Connection) -> Result<(), StoreError> {
    let tx = conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    match version(&tx)? {
        VERSION => return Ok(()),
        0 => {
            tx.execute_batch(TABLES)?;
            tx.execute_batch(SECOND)?;
            tx.execute_batch(THIRD)?;
        }
        1 => {
            tx.execute_batch(SECOND)?;
            tx.execute_batch(THIRD)?;
        }
        2 => tx.execute_batch(THIRD)?,
        other => {
            return Err(StoreError::Broken(format!(
                "it was written by another version of fathom (tables {other}, this program knows {VERSION}); use that version, or another data folder"
            )));
        }
    }
    tx.pragma_update(None, "user_version", VERSION)?;
    Ok(tx.commit()?)
}

fn version(tx: &Transaction<'_>) -> Result<i64, StoreError> {
    Ok(tx.pragma_query_value(None, "user_version", |row| row.get(0))?)
}
