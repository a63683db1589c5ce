//! A run as a row of its table.

use fathom_core::Status;
use rusqlite::Row;
use serde_json::value::RawValue;

use super::{Early, Run, StoreError};

/// What is read of a run,
pub(super) const COLUMNS: &str = "seq, id, status, task, created_ms, started_ms, finished_ms, progress, sources, error, protocol, early, grade";
/// then what takes the most room,
pub(super) const WHOLE: &str = "report, request";
/// or nothing in its place.
pub(super) const PARTS: &str = "NULL, NULL";

/// Reads a row of [`COLUMNS`] and [`WHOLE`] or [`PARTS`].
pub(super) fn read_run(row: &Row<'_>) -> Result<Run, StoreError> {
    let error: Option<String> = row.get(9)?;
    let early: Option<String> = row.get(11)?;
    let report: Option<String> = row.get(13)?;
    let request: Option<String> = row.get(14)?;
    Ok(Run {
        seq: row.get(0)?,
        id: row.get(1)?,
        status: read_status(&row.get::<_, String>(2)?)?,
        task: serde_json::from_str(&row.get::<_, String>(3)?)?,
        created_ms: row.get(4)?,
        started_ms: row.get(5)?,
        finished_ms: row.get(6)?,
        progress: serde_json::from_str(&row.get::<_, String>(7)?)?,
        sources: row.get(8)?,
        error: error.map(|text| serde_json::from_str(&text)).transpose()?,
        report: report.map(RawValue::from_string).transpose()?,
        protocol: row.get(10)?,
        request: request.map(RawValue::from_string).transpose()?,
        early: [Early::Stopped, Early::TimeLimit]
            .into_iter()
            .find(|known| early.as_deref() == Some(known.as_str())),
        grade: row.get(12)?,
    })
}

fn read_status(word: &str) -> Result<Status, StoreError> {
    use Status::{Cancelled, Completed, Failed, Queued, Running};
    [Queued, Running, Completed, Failed, Cancelled]
        .into_iter()
        .find(|status| status.as_str() == word)
        .ok_or_else(|| StoreError::Broken(format!("no status is called {word}")))
}
