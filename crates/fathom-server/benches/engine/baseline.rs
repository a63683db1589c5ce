//! What a user would otherwise have: full-text search, the five best passages whole.

use std::path::Path;

use fathom_core::StoredDocument;
use fathom_engine::{Index as _, query};
use fathom_server::index::FtsIndex;
use rusqlite::{Connection, OpenFlags};

use crate::judge::{Case, Figures};
use crate::library::index;

/// So many passages are shown.
const SHOWN: usize = 5;

pub struct Baseline(Connection);

impl Baseline {
    /// Over these documents.
    pub fn of(documents: &[StoredDocument]) -> Self {
        Self(index(documents))
    }

    /// Over the index of a program, where that is too large to be made twice.
    pub fn in_data(folder: &Path) -> Option<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
        Connection::open_with_flags(folder.join("library.db"), flags).ok().map(Self)
    }

    pub fn figures(&self, cases: &[Case]) -> Figures {
        let judge = |case: &Case| case.judge_passages(&self.passages(&case.question));
        Figures::of(cases.iter().map(judge).collect())
    }

    /// Path and text of the best passages.
    fn passages(&self, question: &str) -> Vec<(String, String)> {
        let index = FtsIndex::new(&self.0);
        let hits = index.search(&query(question), SHOWN);
        let passage = |hit: fathom_engine::Hit| {
            let document = index.document(&hit.document).ok()??;
            let text = document.text.get(hit.start..hit.end)?.to_owned();
            Some((document.path.clone(), text))
        };
        hits.expect("the index can be searched").into_iter().filter_map(passage).collect()
    }
}
