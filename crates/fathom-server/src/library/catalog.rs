//! What the scan knows about every file: kept in the same SQLite file as the index, and changed in
//! the same transaction, so that a kill between two batches loses nothing and repeats little.

use std::collections::HashMap;
use std::path::Path;
use std::time::Duration;

use fathom_core::providers::local::wire::DocumentEntry;
use fathom_core::{BlockKind, StoredDocument, providers::local::wire::Skipped};
use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, params};

use super::walk::Found;
use crate::index;

const TABLES: &str = "
CREATE TABLE files (
    path     TEXT PRIMARY KEY,
    root     TEXT NOT NULL,
    size     INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    hash     TEXT NOT NULL,
    document TEXT,
    title    TEXT,
    url      TEXT,
    date     TEXT,
    author   TEXT,
    bytes    INTEGER NOT NULL DEFAULT 0,
    headings TEXT NOT NULL DEFAULT '',
    reason   TEXT
) STRICT;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
";

/// The version of the tables, kept by SQLite beside them.
const VERSION: i64 = 1;
/// Which way of reading files made what is in the index. Counts up whenever the same bytes are read differently.
const READING: &str = "2";
/// Under which key that is kept.
const READING_KEY: &str = "reading";
/// How many headings of a document are kept for example questions.
const HEADINGS: usize = 40;

/// What is known about a file.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub root: String,
    pub size: u64,
    pub modified_ns: i64,
    pub hash: String,
}

impl Known {
    pub(super) fn is_current(&self, found: &Found) -> bool {
        self.size == found.size
            && self.modified_ns == found.modified_ns
            && Path::new(&self.root) == found.root
    }
}

/// Opens a connection to the library's file.
///
/// A lost commit after a power cut costs a repeated batch and no more, so `synchronous=NORMAL` is enough.
pub(super) fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let conn = Connection::open(path)?;
    conn.busy_timeout(Duration::from_secs(10))?;
    conn.set_prepared_statement_cache_capacity(64);
    conn.execute_batch(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-8000;",
    )?;
    Ok(conn)
}

/// Makes the tables, unless they are there.
pub(super) fn create(conn: &mut Connection) -> Result<(), String> {
    let tables = |conn: &mut Connection| -> rusqlite::Result<i64> {
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let version = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if version == 0 {
            tx.execute_batch(TABLES)?;
            index::create(&tx)?;
            tx.pragma_update(None, "user_version", VERSION)?;
        }
        if matches!(version, 0 | VERSION) {
            // Later than the tables, which are otherwise the same.
            tx.execute_batch("CREATE INDEX IF NOT EXISTS files_url ON files (url)")?;
        }
        tx.commit()?;
        Ok(version)
    };
    match tables(conn) {
        Ok(0 | VERSION) => Ok(()),
        Ok(other) => Err(format!(
            "the index was written by another version of fathom (tables {other}, this program knows {VERSION}); use that version, or another folder with --data"
        )),
        Err(error) => Err(format!(
            "the index in the data folder cannot be used ({error}); choose another folder with --data"
        )),
    }
}

/// Lets every file be read again where an earlier program has read it in another way.
pub(super) fn doubt_older_readings(conn: &mut Connection) -> rusqlite::Result<()> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if meta(&tx, READING_KEY)?.as_deref() != Some(READING) {
        tx.execute("UPDATE files SET hash = '', modified = -1", [])?;
        set_meta(&tx, READING_KEY, READING)?;
    }
    tx.commit()
}

pub(super) fn known(conn: &Connection) -> rusqlite::Result<HashMap<String, Known>> {
    let mut statement = conn.prepare("SELECT path, root, size, modified, hash FROM files")?;
    let rows = statement.query_map([], |row| {
        let known = Known {
            root: row.get(1)?,
            size: row.get::<_, i64>(2)?.unsigned_abs(),
            modified_ns: row.get(3)?,
            hash: row.get(4)?,
        };
        Ok((row.get(0)?, known))
    })?;
    rows.collect()
}

/// Stores a document and what is known about its file.
pub(super) fn put_document(
    conn: &Connection,
    found: &Found,
    hash: &str,
    document: &StoredDocument,
) -> rusqlite::Result<()> {
    index::put(conn, document)?;
    put(conn, found, hash)?;
    conn.prepare_cached(
        "UPDATE files SET document = ?2, title = ?3, url = ?4, date = ?5, author = ?6, bytes = ?7, headings = ?8, reason = NULL WHERE path = ?1",
    )?
    .execute(params![
        found.path,
        document.document,
        document.title,
        document.url,
        document.date,
        document.author,
        signed(document.text.len() as u64),
        headings(document),
    ])?;
    Ok(())
}

/// Takes a file out of the index and says why.
pub(super) fn put_skipped(
    conn: &Connection,
    found: &Found,
    hash: &str,
    skipped: &Skipped,
) -> rusqlite::Result<()> {
    index::remove(conn, &found.path)?;
    put(conn, found, hash)?;
    conn.prepare_cached(
        "UPDATE files SET document = NULL, headings = '', reason = ?2 WHERE path = ?1",
    )?
    .execute(params![found.path, skipped.reason])?;
    Ok(())
}

/// Notes that a file has the bytes it had, whatever its time says.
pub(super) fn put(conn: &Connection, found: &Found, hash: &str) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "INSERT INTO files (path, root, size, modified, hash) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (path) DO UPDATE SET root = ?2, size = ?3, modified = ?4, hash = ?5",
    )?
    .execute(params![
        found.path,
        found.root.to_string_lossy(),
        signed(found.size),
        found.modified_ns,
        hash
    ])?;
    Ok(())
}

/// Takes a file that is gone out of the index.
pub(super) fn remove(conn: &Connection, path: &str) -> rusqlite::Result<()> {
    index::remove(conn, path)?;
    conn.prepare_cached("DELETE FROM files WHERE path = ?1")?.execute([path])?;
    Ok(())
}

pub(super) fn skipped(conn: &Connection) -> rusqlite::Result<Vec<Skipped>> {
    let mut statement = conn
        .prepare_cached("SELECT path, reason FROM files WHERE reason IS NOT NULL ORDER BY path")?;
    let rows =
        statement.query_map([], |row| Ok(Skipped { path: row.get(0)?, reason: row.get(1)? }))?;
    rows.collect()
}

pub(super) fn documents(conn: &Connection) -> rusqlite::Result<u64> {
    let mut statement = conn.prepare_cached("SELECT count(document) FROM files")?;
    statement.query_row([], |row| row.get::<_, i64>(0)).map(i64::unsigned_abs)
}

/// Documents after a path, in order of path, whose path or title holds `text` in any case.
pub(super) fn list(
    conn: &Connection,
    after: &str,
    text: Option<&str>,
    limit: usize,
) -> rusqlite::Result<Vec<DocumentEntry>> {
    let mut statement = conn.prepare_cached(
        "SELECT document, path, title, url, date, author, bytes FROM files
         WHERE document IS NOT NULL AND path > ?1
           AND (?2 IS NULL OR instr(lower(path), lower(?2)) > 0 OR instr(lower(title), lower(?2)) > 0)
         ORDER BY path LIMIT ?3",
    )?;
    let rows = statement.query_map(params![after, text, signed(limit as u64)], entry)?;
    rows.collect()
}

/// The document with one of these addresses.
pub(super) fn by_url(
    conn: &Connection,
    urls: &[String],
) -> rusqlite::Result<Option<DocumentEntry>> {
    let marks = vec!["?"; urls.len()].join(", ");
    let mut statement = conn.prepare_cached(&format!(
        "SELECT document, path, title, url, date, author, bytes FROM files
         WHERE document IS NOT NULL AND url IN ({marks}) ORDER BY path LIMIT 1"
    ))?;
    statement.query_row(rusqlite::params_from_iter(urls), entry).optional()
}

/// Documents whose address begins with this text, in order of address.
pub(super) fn below(
    conn: &Connection,
    prefix: &str,
    limit: usize,
) -> rusqlite::Result<Vec<DocumentEntry>> {
    let mut statement = conn.prepare_cached(
        "SELECT document, path, title, url, date, author, bytes FROM files
         WHERE document IS NOT NULL AND url >= ?1 AND url < ?2 ORDER BY url LIMIT ?3",
    )?;
    let end = format!("{prefix}\u{10ffff}");
    statement.query_map(params![prefix, end, signed(limit as u64)], entry)?.collect()
}

/// When a file was changed, in milliseconds since 1970.
pub(super) fn modified_ms(conn: &Connection, path: &str) -> rusqlite::Result<Option<i64>> {
    let mut statement = conn.prepare_cached("SELECT modified FROM files WHERE path = ?1")?;
    let ns: Option<i64> = statement.query_row([path], |row| row.get(0)).optional()?;
    Ok(ns.map(|ns| ns / 1_000_000))
}

fn entry(row: &rusqlite::Row<'_>) -> rusqlite::Result<DocumentEntry> {
    Ok(DocumentEntry {
        document: row.get(0)?,
        path: row.get(1)?,
        title: row.get(2)?,
        url: row.get(3)?,
        date: row.get(4)?,
        author: row.get(5)?,
        bytes: row.get::<_, i64>(6)?.unsigned_abs(),
    })
}

/// Title, length and headings of every document.
pub(super) fn outlines(conn: &Connection) -> rusqlite::Result<Vec<(String, u64, String)>> {
    let mut statement = conn.prepare(
        "SELECT title, bytes, headings FROM files WHERE document IS NOT NULL ORDER BY path",
    )?;
    let rows = statement.query_map([], |row| {
        Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs(), row.get(2)?))
    })?;
    rows.collect()
}

pub(super) fn meta(conn: &Connection, key: &str) -> rusqlite::Result<Option<String>> {
    conn.query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| row.get(0)).optional()
}

pub(super) fn set_meta(conn: &Connection, key: &str, value: &str) -> rusqlite::Result<()> {
    conn.execute(
        "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
        [key, value],
    )?;
    Ok(())
}

fn headings(document: &StoredDocument) -> String {
    let headings = document.blocks.iter().filter(|block| block.kind == BlockKind::Heading);
    let texts = headings.filter_map(|block| document.text.get(block.start..block.end));
    texts.filter(|text| *text != document.title).take(HEADINGS).collect::<Vec<_>>().join("\n")
}

/// SQLite's integers are signed; nothing here comes near their end.
fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
