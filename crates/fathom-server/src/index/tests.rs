use std::collections::HashSet;

use fathom_core::StoredDocument;
use fathom_engine::{
    index::{Hit, Index, IndexError, Query, Size},
    testing::{contract, document},
};
use rusqlite::Connection;

use super::{FtsIndex, create, put, remove, retain};

fn open() -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    create(&connection).unwrap();
    create(&connection).unwrap();
    connection
}

/// An index that owns its connection, as the contract wants it.
struct Owned(Connection);

impl Index for Owned {
    fn terms(&self, prefix: &str, limit: usize) -> Result<Vec<String>, IndexError> {
        FtsIndex::new(&self.0).terms(prefix, limit)
    }

    fn search(&self, query: &Query, limit: usize) -> Result<Vec<Hit>, IndexError> {
        FtsIndex::new(&self.0).search(query, limit)
    }
    fn document_frequency(&self, term: &str) -> Result<u64, IndexError> {
        FtsIndex::new(&self.0).document_frequency(term)
    }
    fn document(&self, id: &str) -> Result<Option<std::sync::Arc<StoredDocument>>, IndexError> {
        FtsIndex::new(&self.0).document(id)
    }
    fn size(&self) -> Result<Size, IndexError> {
        FtsIndex::new(&self.0).size()
    }
}

#[test]
fn keeps_the_contract_of_an_index() {
    contract::check(|documents| {
        let connection = open();
        documents.iter().for_each(|document| put(&connection, document).unwrap());
        Owned(connection)
    })
    .unwrap();
}

#[test]
fn replaces_by_path_and_keeps_the_old_version_readable_until_nobody_cites_it() {
    let connection = open();
    let old = document("no.md", "Norway", "It exports petroleum.");
    let new = document("no.md", "Norway", "It exports fish.");
    put(&connection, &old).unwrap();
    put(&connection, &new).unwrap();
    put(&connection, &new).unwrap();
    let index = FtsIndex::new(&connection);
    assert!(index.search(&Query::new(["petroleum"]), 5).unwrap().is_empty());
    assert_eq!(index.search(&Query::new(["fish"]), 5).unwrap().len(), 1);
    assert_eq!(index.size().unwrap(), Size { documents: 1, passages: 1 });
    assert_eq!(index.document("no.md").unwrap().unwrap().document, new.document);
    assert_eq!(index.document(&old.document).unwrap().unwrap().text, old.text);

    assert_eq!(retain(&connection, &HashSet::from([old.document.clone()])).unwrap(), 0);
    assert_eq!(retain(&connection, &HashSet::new()).unwrap(), 1);
    assert!(index.document(&old.document).unwrap().is_none());
}

#[test]
fn forgets_removed_documents_and_takes_them_back() {
    let connection = open();
    let norway = document("no.md", "Norway", "It exports petroleum.");
    put(&connection, &norway).unwrap();
    assert!(remove(&connection, "no.md").unwrap());
    assert!(!remove(&connection, "no.md").unwrap());
    let index = FtsIndex::new(&connection);
    assert!(index.search(&Query::new(["petroleum"]), 5).unwrap().is_empty());
    assert_eq!(index.document_frequency("petroleum").unwrap(), 0);
    assert!(index.document("no.md").unwrap().is_none());
    put(&connection, &norway).unwrap();
    assert_eq!(index.search(&Query::new(["petroleum"]), 5).unwrap().len(), 1);
}

#[test]
fn reads_through_a_read_only_connection() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("index.db");
    let writer = Connection::open(&file).unwrap();
    writer.pragma_update(None, "journal_mode", "wal").unwrap();
    create(&writer).unwrap();
    put(&writer, &document("no.md", "Norway", "It exports petroleum.")).unwrap();
    let reader =
        Connection::open_with_flags(&file, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    assert_eq!(FtsIndex::new(&reader).search(&Query::new(["petroleum"]), 5).unwrap().len(), 1);
}

#[test]
fn ranks_like_the_index_in_memory() {
    let documents: Vec<StoredDocument> = (0..40)
        .map(|n| {
            document(
                &format!("{n}.md"),
                &format!("Paper {n}"),
                &"alpha beta gamma delta. "
                    .repeat(n % 7 + 1)
                    .replace("beta", if n % 3 == 0 { "rho" } else { "beta" }),
            )
        })
        .collect();
    let connection = open();
    documents.iter().for_each(|document| put(&connection, document).unwrap());
    let memory: fathom_engine::MemoryIndex = documents.into_iter().collect();
    let query = Query::new(["rho", "delta", "paper"]);
    let one = FtsIndex::new(&connection).search(&query, 40).unwrap();
    let other = memory.search(&query, 40).unwrap();
    let paths =
        |hits: &[Hit]| hits.iter().map(|hit| (hit.document.clone(), hit.start)).collect::<Vec<_>>();
    assert_eq!(paths(&one), paths(&other));
    assert!(one.iter().zip(&other).all(|(a, b)| (a.score - b.score).abs() < 1e-6));
}
