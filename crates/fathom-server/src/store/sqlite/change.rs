//! What is changed in one go, within a transaction.

use fathom_core::{Event, Grade, Report, Status};
use rusqlite::{Transaction, params};

use super::super::{End, Failure, NewRun, Progress, StoreError, Timed};
use super::look::by_id;
use crate::clock;

/// A run that was begun this often and never ended takes the program down with it.
const MAX_ATTEMPTS: u32 = 25;

pub(super) fn new_id() -> Result<String, StoreError> {
    let mut bytes = [0_u8; 12];
    getrandom::fill(&mut bytes)
        .map_err(|error| StoreError::Broken(format!("no random numbers: {error}")))?;
    Ok(bytes.iter().fold("run_".to_owned(), |id, byte| id + &format!("{byte:02x}")))
}

pub(super) fn lost(id: &str) -> StoreError {
    StoreError::Broken(format!("run {id} is not there"))
}

pub(super) fn insert(tx: &Transaction<'_>, id: &str, new: &NewRun<'_>) -> Result<(), StoreError> {
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
pub(super) fn add_events(
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

pub(super) fn end_run(tx: &Transaction<'_>, id: &str, end: &End) -> Result<(), StoreError> {
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
        "UPDATE runs SET status = ?2, finished_ms = ?3, report = ?4, sources = ?5, error = ?6, early = ?7, grade = ?8 WHERE id = ?1",
    )?
    .execute(params![
        id,
        status.as_str(),
        now,
        report.map(serde_json::to_string).transpose()?,
        report.map_or(0, |report| report.sources.len()),
        error.map(serde_json::to_string).transpose()?,
        early,
        report.and_then(|report| report.grade).map(Grade::as_str),
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
pub(super) fn put_back(tx: &Transaction<'_>, id: &str) -> Result<(), StoreError> {
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
