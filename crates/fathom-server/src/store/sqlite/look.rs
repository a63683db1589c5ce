//! What is read of runs.

use fathom_core::Task;
use rusqlite::{Connection, OptionalExtension as _, Transaction};

use super::super::row::{COLUMNS, WHOLE, read_run};
use super::super::{Claimed, Run, StoreError};

pub(super) fn by_token(conn: &Connection, token: Option<&str>) -> Result<Option<Run>, StoreError> {
    let Some(token) = token else { return Ok(None) };
    one(conn, "token", token)
}

pub(super) fn by_id(conn: &Connection, id: &str) -> Result<Option<Run>, StoreError> {
    one(conn, "id", id)
}

fn one(conn: &Connection, column: &str, value: &str) -> Result<Option<Run>, StoreError> {
    let sql = format!("SELECT {COLUMNS}, {WHOLE} FROM runs WHERE {column} = ?1");
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query([value])?;
    rows.next()?.map(read_run).transpose()
}

pub(super) fn oldest(conn: &Connection, status: &str) -> Result<Option<String>, StoreError> {
    // The status is spelled out, because SQLite uses the partial index only for a constant.
    let sql = format!("SELECT id FROM runs WHERE status = '{status}' ORDER BY seq LIMIT 1");
    Ok(conn.prepare_cached(&sql)?.query_row([], |row| row.get(0)).optional()?)
}

pub(super) fn queued(conn: &Connection) -> Result<u64, StoreError> {
    let mut statement = conn.prepare_cached("SELECT count(*) FROM runs WHERE status = 'queued'")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

pub(super) fn claimed(tx: &Transaction<'_>, id: &str) -> Result<Claimed, StoreError> {
    let mut statement =
        tx.prepare_cached("SELECT task, attempt, material FROM runs WHERE id = ?1")?;
    let (task, attempt, material): (String, u32, Option<String>) =
        statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let task: Task = serde_json::from_str(&task)?;
    let material = material.map(|material| serde_json::from_str(&material)).transpose()?;
    Ok(Claimed { id: id.to_owned(), task, material, attempt })
}
