//! Asking the engine, and what is learned from.

use fathom_core::{Evidence, Report, StoredDocument, Task};
use fathom_engine::{Observer, Signals, research, signals};
use fathom_server::index::FtsIndex;
use rusqlite::Connection;

use crate::library::index;

/// What kind of library a set is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Articles,
    Manual,
    Profiles,
}

/// Why a question has no answer, where it has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    Answerable,
    /// Its passage is left out, and neighbours that are about the same are there.
    PassageOut,
    /// Nothing about the same is there.
    ArticleOut,
    /// Somebody wrote it so that nothing answers it.
    Absent,
    /// It is about something else.
    Foreign,
}

/// A question that was asked.
#[derive(Clone)]
pub struct Row {
    pub set: String,
    pub kind: Kind,
    pub why: Why,
    /// Questions of one group never stand on both sides of a fold.
    pub group: usize,
    /// Whether the table is fitted to it.
    pub is_seen: bool,
    pub signals: [f64; 8],
    /// Whether one of the first three quotes answers.
    pub answers: bool,
}

/// Some documents, searched as the program does.
pub struct Library {
    connection: Connection,
}

impl Library {
    pub fn of(documents: &[StoredDocument]) -> Self {
        Self { connection: index(documents) }
    }

    /// Asks, and says whether one of the first three quotes is `right`.
    pub fn ask(&self, question: &str, right: impl Fn(&Evidence) -> bool) -> ([f64; 8], bool) {
        let index = FtsIndex::new(&self.connection);
        let signals: Signals = signals(question, &index).expect("the index can be searched");
        let task = Task { question: question.to_owned(), ..Task::default() };
        let report = research(&task, None, &index, &mut Silent).expect("the index can be searched");
        (signals.values(), first_quotes(&report).any(right))
    }
}

/// The first three quotes in reading order.
fn first_quotes(report: &Report) -> impl Iterator<Item = &Evidence> {
    let mut marked: Vec<_> =
        report.citations.iter().filter_map(|citation| Some((citation.span?, citation))).collect();
    marked.sort_by_key(|(span, _)| span.start);
    marked.into_iter().take(3).flat_map(|(_, citation)| &citation.evidence)
}

/// Nobody watches.
struct Silent;

impl Observer for Silent {
    fn event(&mut self, _: fathom_core::Event) {}

    fn is_cancelled(&self) -> bool {
        false
    }
}
