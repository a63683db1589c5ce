use std::{ops::Range, sync::Arc};

use fathom_core::{Evidence, StoredDocument};

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

    /// The text before, in and after `part`, a range of the document, where white space stands on both sides of it.
    pub(crate) fn around(&self, part: &Range<usize>) -> Option<[&str; 3]> {
        let text = &self.document.text;
        let before = text.get(self.start..part.start)?;
        let after = text.get(part.end..self.end)?;
        let whole = before.is_empty() && after.is_empty();
        let apart = (before.is_empty() || before.ends_with(char::is_whitespace))
            && (after.is_empty() || after.starts_with(char::is_whitespace));
        (apart && !whole).then_some([before, text.get(part.clone())?, after])
    }

    pub(crate) fn evidence(&self) -> Evidence {
        Evidence {
            document: self.document.document.clone(),
            start: self.start,
            end: self.end,
            quote: self.text().to_owned(),
        }
    }
}
