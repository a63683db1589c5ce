//! Documents and indexes made in this process, for what is measured beside the program.

use std::fs;
use std::path::{Path, PathBuf};

use fathom_core::StoredDocument;
use fathom_server::index::{create, put};
use rusqlite::Connection;

/// An index of `documents` in memory.
pub fn index(documents: &[StoredDocument]) -> Connection {
    let mut connection = Connection::open_in_memory().expect("SQLite opens a database in memory");
    let transaction = connection.transaction().expect("a transaction can begin");
    create(&transaction).expect("the tables are made");
    for document in documents {
        put(&transaction, document).expect("a document is stored");
    }
    transaction.commit().expect("the transaction ends");
    connection
}

/// Every document below `folder` that can be read without help.
pub fn documents(folder: &Path) -> Vec<StoredDocument> {
    files(folder).iter().filter_map(|file| import(folder, file)).collect()
}

fn import(folder: &Path, file: &Path) -> Option<StoredDocument> {
    let path = file.strip_prefix(folder).ok()?.to_str()?.replace('\\', "/");
    fathom_server::library::import(&path, &fs::read(file).ok()?).ok()
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
