//! The self-check: a quote is the stored text, byte for byte, and reads the same in the report.

use fathom_core::StoredDocument;

use super::escape;
use crate::{document::Quote, text::whitespace::collapse};

/// Whether `fresh`, the document as it is stored now, holds the quote where it is said to stand, and whether a reader
/// of the rendered report sees the same words.
pub(crate) fn holds_in(quote: &Quote, fresh: Option<&StoredDocument>) -> bool {
    let text = quote.text();
    let stored = fresh.and_then(|document| document.text.get(quote.start..quote.end));
    !text.trim().is_empty()
        && stored == Some(text)
        && escape::unescape(&escape::inline(text)) == collapse(text)
}
