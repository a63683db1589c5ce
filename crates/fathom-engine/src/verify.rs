//! The self-check: a quote is the stored text, byte for byte, and reads the same in the report.

use std::sync::Arc;

use fathom_core::{Evidence, StoredDocument};

use crate::write::escape;

/// A range of a stored document.
#[derive(Clone, Debug)]
pub(crate) struct Quote {
    pub document: Arc<StoredDocument>,
    pub start: usize,
    pub end: usize,
}

impl Quote {
    pub(crate) fn text(&self) -> &str {
        self.document.text.get(self.start..self.end).unwrap_or_default()
    }

    pub(crate) fn evidence(&self) -> Evidence {
        Evidence {
            document: self.document.document.clone(),
            start: self.start,
            end: self.end,
            quote: self.text().to_owned(),
        }
    }

    /// Whether `fresh`, the document as it is stored now, holds the quote where it is said to stand, and whether a reader
    /// of the rendered report sees the same words.
    pub(crate) fn holds_in(&self, fresh: Option<&StoredDocument>) -> bool {
        let text = self.text();
        let stored = fresh.and_then(|document| document.text.get(self.start..self.end));
        !text.trim().is_empty()
            && stored == Some(text)
            && escape::unescape(&escape::inline(text)) == escape::collapse(text)
    }
}
