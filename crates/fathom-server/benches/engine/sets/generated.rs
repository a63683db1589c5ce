//! The demo library: index speed, generated questions, refusals, time and memory.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use fathom_core::{Report, StoredDocument, Task, WarningKind};
use fathom_engine::{Index, research};
use fathom_server::index::{FtsIndex, create, put};
use rusqlite::Connection;

use super::{
    board::Board,
    library::{Silent, files},
};

/// Questions that no document of the demo library answers.
const UNANSWERABLE: &str = include_str!("unanswerable.txt");
/// Questions about fields of a profile, each with the heading that answers it.
const FIELDS: &str = include_str!("fields.txt");
/// Questions about speeches and across documents.
const TOPICS: &str = include_str!("topics.txt");

/// So many questions are generated from fields.
const GENERATED: usize = 220;
const SLOWEST: Duration = Duration::from_secs(1);

/// The demo library, indexed in a file.
pub struct Library {
    pub documents: Vec<StoredDocument>,
    pub connection: Connection,
    // Removes the file in the end.
    _file: tempfile::NamedTempFile,
}

impl Library {
    /// Reads and indexes every document of `folder`; nothing if there is none.
    pub fn build(folder: &Path, board: &mut Board) -> Option<Self> {
        let documents: Vec<StoredDocument> =
            files(folder).iter().filter_map(|file| import(folder, file)).collect();
        if documents.is_empty() {
            board.missing(
                "the demo library",
                "run `cargo xtask demo-library target/demo-library` or set FATHOM_DEMO_LIBRARY",
            );
            return None;
        }
        let file = tempfile::NamedTempFile::new().expect("a temporary file can be made");
        let connection = build(file.path(), &documents, board);
        Some(Self { documents, connection, _file: file })
    }
}

fn import(folder: &Path, file: &Path) -> Option<StoredDocument> {
    let path = file.strip_prefix(folder).ok()?.to_str()?.replace('\\', "/");
    fathom_server::library::import(&path, &fs::read(file).ok()?).ok()
}

fn build(file: &Path, documents: &[StoredDocument], board: &mut Board) -> Connection {
    let mut connection = Connection::open(file).expect("a database can be made");
    connection.pragma_update(None, "journal_mode", "wal").expect("the journal mode can be set");
    let started = Instant::now();
    let transaction = connection.transaction().expect("a transaction can begin");
    create(&transaction).expect("the tables are made");
    for document in documents {
        put(&transaction, document).expect("a document is stored");
    }
    transaction.commit().expect("the transaction ends");
    let elapsed = started.elapsed();
    let bytes: usize = documents.iter().map(|document| document.text.len()).sum();
    let size = FtsIndex::new(&connection).size().expect("the index has a size");
    board
        .tell("demo library", &format!("{} documents, {} passages", size.documents, size.passages));
    let text = u32::try_from(bytes).map_or(f64::MAX, f64::from) / 1e6;
    board.tell(
        "index speed",
        &format!("{text:.1} MB in {elapsed:.1?}, {:.1} MB/s", text / elapsed.as_secs_f64()),
    );
    connection
}

/// Asks every question and judges the reports.
pub fn questions(library: &Library, board: &mut Board) {
    let documents = &library.documents;
    let index = FtsIndex::new(&library.connection);
    let mut times = Vec::new();
    let mut ask = |question: &str| {
        let started = Instant::now();
        let task = Task { question: question.to_owned(), ..Task::default() };
        let report = research(&task, None, &index, &mut Silent).expect("the index can be searched");
        times.push(started.elapsed());
        report
    };
    let asked = answerable(documents);
    let mut unanswered = Vec::new();
    let mut quotes = 0;
    let mut broken = 0;
    for question in &asked {
        let report = ask(question);
        let (checked, wrong) = check(&report, documents);
        quotes += checked;
        broken += wrong;
        if is_refusal(&report) {
            unanswered.push(question);
        }
    }
    let missing: Vec<&str> =
        UNANSWERABLE.lines().filter(|question| !is_refusal(&ask(question))).collect();
    times.sort();
    let at = |percent: usize| times.get(times.len() * percent / 100).copied().unwrap_or_default();
    board.tell(
        "questions asked",
        &format!("{} answerable, {} not", asked.len(), UNANSWERABLE.lines().count()),
    );
    board.exactly("answerable questions left without an answer", unanswered.len(), 0);
    board.exactly("unanswerable questions that were answered", missing.len(), 0);
    for question in unanswered.iter().map(|question| question.as_str()).chain(missing) {
        board.tell("  wrong side", question);
    }
    board.tell("quotes checked against the stored text", &quotes.to_string());
    board.exactly("quotes that are not in the stored text", broken, 0);
    board.tell("question to report, p50", &format!("{:.1?}", at(50)));
    board.at_most("question to report, p95", at(95), SLOWEST);
    if let Some(kib) = resident() {
        board.tell(
            "resident memory, the documents themselves included",
            &format!("{:.1} MB", f64::from(kib) / 1024.0),
        );
    }
}

/// Questions whose answers the library holds: one heading of one profile each, and the topics.
fn answerable(documents: &[StoredDocument]) -> Vec<String> {
    let profiles: Vec<&StoredDocument> =
        documents.iter().filter(|document| document.path.starts_with("factbook/")).collect();
    let fields: Vec<(&str, &str)> =
        FIELDS.lines().filter_map(|line| line.split_once(" | ")).collect();
    let mut questions = Vec::new();
    for at in 0..GENERATED {
        let Some((question, heading)) = fields.get(at % fields.len().max(1)) else { break };
        let holds = |document: &&&StoredDocument| has_value(&document.text, heading);
        // A step that shares no factor with the number of profiles walks through all of them.
        let places = (0..profiles.len()).map(|step| (at * 37 + step) % profiles.len());
        if let Some(document) = places.filter_map(|place| profiles.get(place)).find(holds) {
            questions.push(question.replace("{}", &document.title));
        }
    }
    questions.extend(TOPICS.lines().map(str::to_owned));
    questions
}

/// Whether a profile has a value under the heading, and not only the note that nothing is known or that there is none.
fn has_value(text: &str, heading: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.is_empty());
    let value = lines.by_ref().find(|line| *line == heading).and_then(|_| lines.next());
    let value = value.map(|line| line.split_once(": ").map_or(line, |(_, value)| value));
    let nothing =
        |value: &str| ["NA", "$NA", "none", "0 km"].iter().any(|sign| value.starts_with(sign));
    value.is_some_and(|value| !nothing(value))
}

/// How many quotes a report has, and how many of them do not stand where they are said to.
fn check(report: &Report, documents: &[StoredDocument]) -> (usize, usize) {
    let evidence = || report.citations.iter().flat_map(|citation| &citation.evidence);
    let holds = |evidence: &&fathom_core::Evidence| {
        let document = documents.iter().find(|document| document.document == evidence.document);
        document.and_then(|document| document.text.get(evidence.start..evidence.end))
            == Some(evidence.quote.as_str())
    };
    (evidence().count(), evidence().filter(|evidence| !holds(evidence)).count())
}

fn is_refusal(report: &Report) -> bool {
    report.citations.is_empty()
        && report.warnings.iter().any(|warning| warning.kind == WarningKind::Gap)
}

/// Resident memory in KiB, where the system tells.
fn resident() -> Option<u32> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
