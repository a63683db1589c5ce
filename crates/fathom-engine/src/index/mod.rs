//! What the engine needs from a search index, and the pieces it shares with every implementation.

pub mod glob;
pub mod memory;
mod overlay;
pub mod passage;

use std::{error::Error, fmt, sync::Arc};

use fathom_core::StoredDocument;

pub use memory::MemoryIndex;
pub use overlay::{Overlay, Reweighted};
pub use passage::{Passage, passages};

/// How much more a term in the title or the heading path weighs than one in the passage itself.
pub const CONTEXT_WEIGHT: f64 = 2.0;

/// Ranked search over the passages of current documents.
///
/// Object safe on purpose: the engine does not care whether the passages are in memory, in a file or elsewhere.
/// Every implementation is held to the contract in `testing::contract` (feature `testing`).
pub trait Index {
    /// Returns up to `limit` passages that hold at least one term of `query` and all that it requires, best first by
    /// BM25.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn search(&self, query: &Query, limit: usize) -> Result<Vec<Hit>, IndexError>;

    /// Returns in how many passages `term` occurs.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn document_frequency(&self, term: &str) -> Result<u64, IndexError>;

    /// Returns up to `limit` terms that begin with `prefix`, in any order.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn terms(&self, prefix: &str, limit: usize) -> Result<Vec<String>, IndexError>;

    /// Returns the document of that id; an id without a version means the current one.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn document(&self, id: &str) -> Result<Option<Arc<StoredDocument>>, IndexError>;

    /// Returns how much there is to search.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn size(&self) -> Result<Size, IndexError>;
}

/// What to look for: any of these terms, in these documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Terms as [`Analyzer`](crate::text::Analyzer) makes them.
    pub terms: Vec<String>,
    /// Terms that a passage must hold besides, all of them.
    pub required: Vec<String>,
    /// Globs over document paths; empty means everywhere.
    pub include: Vec<String>,
    /// Only documents whose own date lies in these years.
    pub years: Option<Years>,
}

impl Query {
    /// A query for any of `terms`, everywhere.
    pub fn new(terms: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { terms: terms.into_iter().map(Into::into).collect(), ..Self::default() }
    }

    /// Whether a document of that path and date may be found.
    pub fn admits(&self, path: &str, date: Option<&str>) -> bool {
        let dated = self
            .years
            .is_none_or(|years| date.and_then(year_of).is_some_and(|year| years.contains(year)));
        dated && glob::matches_any(&self.include, path)
    }
}

/// A span of years, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Years {
    /// The first year.
    pub from: u16,
    /// The last year.
    pub to: u16,
}

impl Years {
    /// Whether `year` lies in the span.
    pub const fn contains(self, year: u16) -> bool {
        self.from <= year && year <= self.to
    }
}

/// The year at the beginning of an ISO 8601 date.
pub fn year_of(date: &str) -> Option<u16> {
    let digits = date.get(..4).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()))?;
    digits.parse().ok().filter(|_| date.as_bytes().get(4).is_none_or(|next| !next.is_ascii_digit()))
}

/// A passage that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The id of the stored document, with its version.
    pub document: String,
    /// The first byte of the passage in the document's text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// BM25; higher is better, and only comparable within one search.
    pub score: f64,
}

/// How much an index holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Current documents.
    pub documents: u64,
    /// Their passages.
    pub passages: u64,
}

/// The index could not be read. The message says what failed; it never holds document text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexError(String);

impl IndexError {
    /// An error with that message.
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for IndexError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the index could not be read: {}", self.0)
    }
}

impl Error for IndexError {}

#[cfg(test)]
mod tests {
    use super::{Query, Years, year_of};

    #[test]
    fn reads_years_of_dates() {
        assert_eq!(year_of("1982-01-26"), Some(1982));
        assert_eq!(year_of("1982"), Some(1982));
        assert_eq!(year_of("19820"), None);
        assert_eq!(year_of("ca. 1982"), None);
    }

    #[test]
    fn admits_by_path_and_year() {
        let query = Query {
            include: vec!["europe/*.md".to_owned()],
            years: Some(Years { from: 1980, to: 1990 }),
            ..Query::default()
        };
        assert!(query.admits("europe/no.md", Some("1985-01-01")));
        assert!(!query.admits("asia/cn.md", Some("1985-01-01")));
        assert!(!query.admits("europe/no.md", Some("1995-01-01")));
        assert!(!query.admits("europe/no.md", None));
    }
}
