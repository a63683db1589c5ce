//! Indexes made for a measurement.

use std::{
    fs,
    path::{Path, PathBuf},
};

use fathom_core::{Block, BlockKind, StoredDocument};
use fathom_engine::{Control, Index, Query};
use fathom_server::index::{FtsIndex, create, put};
use rusqlite::Connection;

/// A run that nobody watches.
pub struct Silent;

impl Control for Silent {
    fn event(&mut self, _: fathom_core::Event) {}

    fn is_cancelled(&self) -> bool {
        false
    }
}

/// An index of `documents` in memory.
pub fn index(documents: &[StoredDocument]) -> Connection {
    let connection = Connection::open_in_memory().expect("SQLite opens a database in memory");
    create(&connection).expect("the tables are made");
    for document in documents {
        put(&connection, document).expect("a document is stored");
    }
    connection
}

/// A document of paragraphs.
pub fn document(path: &str, title: &str, text: &str) -> StoredDocument {
    let block = Block { kind: BlockKind::Paragraph, level: 0, start: 0, end: text.len() };
    StoredDocument {
        document: format!("{path}@000000000000"),
        path: path.to_owned(),
        title: title.to_owned(),
        text: text.to_owned(),
        blocks: vec![block],
        ..StoredDocument::default()
    }
}

/// The paths of the best documents for a question, best first, each once.
pub fn ranked(connection: &Connection, question: &str) -> Vec<String> {
    let hits = FtsIndex::new(connection)
        .search(&Query::from_question(question), 60)
        .expect("the index can be searched");
    let mut paths: Vec<String> = Vec::new();
    for hit in hits {
        let path = hit.document.split('@').next().unwrap_or_default().to_owned();
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    paths
}

/// Every file below `folder`, sorted.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
