use fathom_core::{Source, StoredDocument};

use crate::text::whitespace::{collapse, head};

/// A snippet shows about this much of what is cited first.
const SNIPPET: usize = 200;

/// The registry entry of a document.
pub(crate) fn source(document: &StoredDocument, id: u32, quote: &str) -> Source {
    let line = collapse(quote);
    let snippet = head(&line, SNIPPET).trim_end().to_owned();
    Source {
        id,
        title: document.title.clone(),
        url: document.url.clone(),
        document: Some(document.document.clone()),
        snippet: Some(snippet).filter(|snippet| !snippet.is_empty()),
        date: document.date.clone(),
        author: document.author.clone(),
    }
}
