//! The library's documents and the full-text index over them, in SQLite.
//!
//! Everything here works on a connection, inside whatever transaction the caller has open. A document is replaced by
//! its path; versions that are no longer current leave the index but stay readable until [`retain`] drops them.
//!
//! The passages are analysed by the engine before they are stored, so FTS5 only has to divide terms at spaces, and the
//! table keeps no copy of the text (`content=''`).

mod fts;
mod scope;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use fathom_core::{Source, StoredDocument};
use fathom_engine::{index::CONTEXT_WEIGHT, passages};
use rusqlite::{Connection, OptionalExtension, Result, params};

pub use fts::FtsIndex;
pub use scope::{About, Scope, is_same_page, parts, plain};

/// Makes the tables, if they are not there yet.
///
/// # Errors
/// When the database cannot be written.
pub fn create(connection: &Connection) -> Result<()> {
    // The text stands last: a row's path and date are read far more often and must not drag it along.
    connection.execute_batch(
        "CREATE TABLE IF NOT EXISTS documents (
            id INTEGER PRIMARY KEY,
            document TEXT NOT NULL UNIQUE,
            path TEXT NOT NULL,
            current INTEGER NOT NULL,
            title TEXT NOT NULL,
            url TEXT,
            date TEXT,
            author TEXT,
            blocks TEXT NOT NULL,
            text TEXT NOT NULL
        );
        CREATE UNIQUE INDEX IF NOT EXISTS documents_current ON documents (path) WHERE current = 1;
        CREATE TABLE IF NOT EXISTS passages (
            id INTEGER PRIMARY KEY,
            document INTEGER NOT NULL REFERENCES documents (id),
            first INTEGER NOT NULL,
            last INTEGER NOT NULL
        );
        CREATE INDEX IF NOT EXISTS passages_document ON passages (document);
        CREATE VIRTUAL TABLE IF NOT EXISTS passages_fts USING fts5 (
            context, body, content = '', contentless_delete = 1,
            tokenize = \"unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'\"
        );
        CREATE VIRTUAL TABLE IF NOT EXISTS passages_terms USING fts5vocab (passages_fts, row);",
    )?;
    connection.execute(
        "INSERT INTO passages_fts (passages_fts, rank) VALUES ('rank', ?1)",
        [format!("bm25({CONTEXT_WEIGHT:.1}, 1.0)")],
    )?;
    Ok(())
}

/// Makes `document` the current version of its path and indexes it.
///
/// # Errors
/// When the database cannot be written.
pub fn put(connection: &Connection, document: &StoredDocument) -> Result<()> {
    remove(connection, &document.path)?;
    let blocks = serde_json::to_string(&document.blocks)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
    let id: i64 = connection
        .prepare_cached(
            "INSERT INTO documents (document, path, current, title, url, date, author, blocks, text)
             VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (document) DO UPDATE SET current = 1, title = excluded.title, url = excluded.url,
                date = excluded.date, author = excluded.author, blocks = excluded.blocks
             RETURNING id",
        )?
        .query_row(
            params![
                document.document, document.path, document.title, document.url, document.date, document.author, blocks,
                document.text
            ],
            |row| row.get(0),
        )?;
    let mut place = connection
        .prepare_cached("INSERT INTO passages (document, first, last) VALUES (?1, ?2, ?3)")?;
    let mut terms = connection
        .prepare_cached("INSERT INTO passages_fts (rowid, context, body) VALUES (?1, ?2, ?3)")?;
    for passage in passages(document) {
        let rowid = place.insert([id, offset(passage.start)?, offset(passage.end)?])?;
        terms.execute(params![rowid, passage.context, passage.body])?;
    }
    Ok(())
}

/// Stores a document that is no part of the library: it is never found, but it can be read by its id until [`retain`]
/// drops it.
///
/// # Errors
/// When the database cannot be written.
pub fn keep(connection: &Connection, document: &StoredDocument) -> Result<()> {
    let blocks = serde_json::to_string(&document.blocks)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO documents (document, path, current, title, url, date, author, blocks, text)
             VALUES (?1, ?2, 0, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            document.document, document.path, document.title, document.url, document.date, document.author, blocks,
            document.text
        ])?;
    Ok(())
}

/// Title and address of a version of a document, as a source without a number.
///
/// # Errors
/// When the database cannot be read.
pub fn place(connection: &Connection, document: &str) -> Result<Option<Source>> {
    connection
        .prepare_cached("SELECT title, url, date, author FROM documents WHERE document = ?1")?
        .query_row([document], |row| {
            Ok(Source {
                title: row.get(0)?,
                url: row.get(1)?,
                document: Some(document.to_owned()),
                date: row.get(2)?,
                author: row.get(3)?,
                ..Source::default()
            })
        })
        .optional()
}

fn offset(byte: usize) -> Result<i64> {
    i64::try_from(byte).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

/// Takes the current document of `path` out of the index; says whether there was one. The version stays readable.
///
/// # Errors
/// When the database cannot be written.
pub fn remove(connection: &Connection, path: &str) -> Result<bool> {
    let current: Option<i64> = connection
        .prepare_cached("SELECT id FROM documents WHERE path = ?1 AND current = 1")?
        .query_row([path], |row| row.get(0))
        .optional()?;
    let Some(id) = current else { return Ok(false) };
    connection
        .prepare_cached(
            "DELETE FROM passages_fts WHERE rowid IN (SELECT id FROM passages WHERE document = ?1)",
        )?
        .execute([id])?;
    connection.prepare_cached("DELETE FROM passages WHERE document = ?1")?.execute([id])?;
    connection.prepare_cached("UPDATE documents SET current = 0 WHERE id = ?1")?.execute([id])?;
    Ok(true)
}

/// Drops every version that is neither current nor in `cited`; returns how many.
///
/// # Errors
/// When the database cannot be written.
pub fn retain(connection: &Connection, cited: &HashSet<String>) -> Result<usize> {
    let old: Vec<(i64, String)> = connection
        .prepare_cached("SELECT id, document FROM documents WHERE current = 0")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_>>()?;
    let mut drop = connection.prepare_cached("DELETE FROM documents WHERE id = ?1")?;
    let mut dropped = 0;
    for (id, _) in old.iter().filter(|(_, document)| !cited.contains(document)) {
        dropped += drop.execute([id])?;
    }
    Ok(dropped)
}
