//! "The web" of the local engine: the documents of the library, and, where live pages are on, pages that are fetched.

mod excerpt;
mod markdown;
mod read;
mod search;

use std::sync::Arc;

use fathom_core::StoredDocument;

use crate::web::Page;

pub(super) use excerpt::{Excerpt, clip, excerpts, filled, lead, summary};
pub(super) use markdown::markdown;
pub(super) use read::{Fresh, NotRead, Pages, Read, below, read, read_all, read_stored};
pub(super) use search::{Found, Wanted, search, similar};

use super::address::Origin;

/// The address by which a client knows a document.
pub(super) fn address(origin: &Origin, document: &StoredDocument) -> String {
    document.url.clone().unwrap_or_else(|| origin.of_document(&document.path))
}

/// The day for clients that know no other dates: the first one of a month or a year.
pub(super) fn day(date: Option<&String>) -> Option<String> {
    date.map(|date| match date.len() {
        4 => format!("{date}-01-01"),
        7 => format!("{date}-01"),
        _ => date.clone(),
    })
}

/// A document with the fetched page that it was made from, where it was fetched.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub document: Arc<StoredDocument>,
    pub page: Option<Arc<Page>>,
}

impl Sheet {
    /// A document of the library.
    pub(super) const fn stored(document: Arc<StoredDocument>) -> Self {
        Self { document, page: None }
    }

    /// A page that was fetched.
    pub(super) fn fetched(page: Arc<Page>) -> Self {
        Self { document: Arc::new(page.document.clone()), page: Some(page) }
    }

    /// Its text, or, for a page that was fetched as HTML, its main content with tags.
    pub(super) fn text(&self, tags: bool) -> &str {
        match &self.page {
            Some(page) if tags && !page.html.is_empty() => &page.html,
            _ => &self.document.text,
        }
    }
}
