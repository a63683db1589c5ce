//! Stored documents, as the reading view and the source page ask for them.

use fathom_core::{Access, ErrorKind, StoredDocument, providers::local::request};

use super::ask::ask;
use crate::components::reading::{Absent, Library};

/// The library of stored documents.
pub fn documents() -> Library {
    Library::new(document)
}

async fn document(id: String) -> Result<StoredDocument, Absent> {
    ask(&request::document(&id, &Access::default())).await.map_err(|error| match error.kind() {
        ErrorKind::NotFound => Absent::Gone,
        _ => Absent::Unreachable(error.message().to_owned()),
    })
}
