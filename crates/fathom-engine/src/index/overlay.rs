//! Two indexes as one: a library, and a few documents that belong to one question only; and a few documents by
//! themselves, seen with the eyes of a library.

use std::{fmt, sync::Arc};

use fathom_core::StoredDocument;

use super::{Hit, Index, IndexError, MemoryIndex, Query, Size};

/// A library with documents added to it that nobody else sees.
pub struct Overlay<'a> {
    library: &'a dyn Index,
    added: &'a MemoryIndex,
}

impl fmt::Debug for Overlay<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Overlay").field("added", &self.added).finish_non_exhaustive()
    }
}

impl<'a> Overlay<'a> {
    /// Both as one.
    pub const fn new(library: &'a dyn Index, added: &'a MemoryIndex) -> Self {
        Self { library, added }
    }
}

impl Index for Overlay<'_> {
    fn search(&self, query: &Query, limit: usize) -> Result<Vec<Hit>, IndexError> {
        let mut hits = self.library.search(query, limit)?;
        hits.extend(self.added.search_beside(self.library, query, limit)?);
        hits.sort_by(|a, b| b.score.total_cmp(&a.score));
        hits.truncate(limit);
        Ok(hits)
    }

    fn document_frequency(&self, term: &str) -> Result<u64, IndexError> {
        Ok(self.library.document_frequency(term)? + self.added.document_frequency(term)?)
    }

    fn terms(&self, prefix: &str, limit: usize) -> Result<Vec<String>, IndexError> {
        let mut terms = self.added.terms(prefix, limit)?;
        terms.extend(self.library.terms(prefix, limit)?);
        Ok(terms)
    }

    fn document(&self, id: &str) -> Result<Option<Arc<StoredDocument>>, IndexError> {
        match self.added.document(id)? {
            Some(document) => Ok(Some(document)),
            None => self.library.document(id),
        }
    }

    fn size(&self) -> Result<Size, IndexError> {
        let (library, added) = (self.library.size()?, self.added.size()?);
        Ok(Size {
            documents: library.documents + added.documents,
            passages: library.passages + added.passages,
        })
    }
}

/// A few documents alone, whose words count by how rare they are in a library.
pub struct Reweighted<'a> {
    library: &'a dyn Index,
    documents: &'a MemoryIndex,
}

impl fmt::Debug for Reweighted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reweighted").field("documents", &self.documents).finish_non_exhaustive()
    }
}

impl<'a> Reweighted<'a> {
    /// The documents of `documents`, whether or not the library holds them too.
    pub const fn new(library: &'a dyn Index, documents: &'a MemoryIndex) -> Self {
        Self { library, documents }
    }
}

impl Index for Reweighted<'_> {
    fn search(&self, query: &Query, limit: usize) -> Result<Vec<Hit>, IndexError> {
        self.documents.search_beside(self.library, query, limit)
    }

    fn document_frequency(&self, term: &str) -> Result<u64, IndexError> {
        self.library.document_frequency(term)
    }

    fn terms(&self, prefix: &str, limit: usize) -> Result<Vec<String>, IndexError> {
        self.library.terms(prefix, limit)
    }

    fn document(&self, id: &str) -> Result<Option<Arc<StoredDocument>>, IndexError> {
        self.documents.document(id)
    }

    fn size(&self) -> Result<Size, IndexError> {
        self.library.size()
    }
}

#[cfg(test)]
mod tests {
    use super::{Overlay, Reweighted};
    use crate::{
        index::{Index, MemoryIndex, Query},
        testing::document,
    };

    #[test]
    fn added_documents_compete_with_those_of_the_library() {
        let page = |name: &str, text: &str| document(&format!("{name}.md"), name, text);
        let library: MemoryIndex = (0..50)
            .map(|number| page(&format!("station{number}"), "The station exports copper and tin."))
            .collect();
        let added: MemoryIndex =
            [page("memo", "Our station exports cobalt to nobody.")].into_iter().collect();
        let joined = Overlay::new(&library, &added);
        let hits = joined.search(&Query::new(["cobalt", "export"]), 5).unwrap();
        assert!(hits[0].document.starts_with("memo.md@"), "{hits:?}");
        assert_eq!(hits.len(), 5);
        assert_eq!(joined.size().unwrap().documents, 51);
        assert_eq!(joined.document_frequency("export").unwrap(), 51);
        assert!(joined.document("memo.md").unwrap().is_some());
        assert!(joined.document("station7.md").unwrap().is_some());
    }

    #[test]
    fn documents_are_seen_alone_with_the_eyes_of_a_library() {
        let page = |name: &str, text: &str| document(&format!("{name}.md"), name, text);
        let library: MemoryIndex = (0..50)
            .map(|number| page(&format!("station{number}"), "The station exports copper and tin."))
            .collect();
        let one: MemoryIndex =
            [page("memo", "# A\nExports are exports of exports.\n# B\nCobalt is mined.")]
                .into_iter()
                .collect();
        let seen = Reweighted::new(&library, &one);
        let hits = seen.search(&Query::new(["cobalt", "export"]), 5).unwrap();
        let text = &seen.document(&hits[0].document).unwrap().unwrap().text;
        let best = text.get(hits[0].start..hits[0].end);
        assert_eq!(best, Some("Cobalt is mined."), "the rarer word counts");
        assert!(hits.iter().all(|hit| hit.document.starts_with("memo.md@")));
        assert_eq!(seen.size().unwrap().documents, 50);
    }
}
