//! An index in memory: for tests, for a few dropped files in a browser, and as the model other indexes are compared with.

use std::{
    cmp::Ordering,
    collections::{HashMap, HashSet},
    sync::Arc,
};

use fathom_core::StoredDocument;

use super::{CONTEXT_WEIGHT, Hit, Index, IndexError, Query, Size, passages};

const K1: f64 = 1.2;
const B: f64 = 0.75;
/// A term in more than half of all passages still counts a little.
const LEAST_IDF: f64 = 1e-6;

/// Passages ranked by BM25, all in memory.
#[derive(Debug, Default)]
pub struct MemoryIndex {
    documents: Vec<Arc<StoredDocument>>,
    passages: Vec<Entry>,
    postings: HashMap<String, Vec<Posting>>,
    /// Where the document of an id or a path stands.
    places: HashMap<String, usize>,
    terms: f64,
}

#[derive(Debug)]
struct Entry {
    document: usize,
    start: usize,
    end: usize,
    length: f64,
}

#[derive(Debug)]
struct Posting {
    passage: usize,
    weight: f64,
}

impl MemoryIndex {
    /// An empty index.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a document. To replace one, build a new index: this one only grows.
    pub fn add(&mut self, document: StoredDocument) {
        let number = self.documents.len();
        for passage in passages(&document) {
            let mut weights: HashMap<&str, f64> = HashMap::new();
            let mut length = 0.0;
            for (line, weight) in [(&passage.context, CONTEXT_WEIGHT), (&passage.body, 1.0)] {
                for term in line.split(' ').filter(|term| !term.is_empty()) {
                    *weights.entry(term).or_default() += weight;
                    length += 1.0;
                }
            }
            let entry = self.passages.len();
            for (term, weight) in weights {
                self.postings
                    .entry(term.to_owned())
                    .or_default()
                    .push(Posting { passage: entry, weight });
            }
            self.terms += length;
            self.passages.push(Entry {
                document: number,
                start: passage.start,
                end: passage.end,
                length,
            });
        }
        self.places.insert(document.document.clone(), number);
        self.places.entry(document.path.clone()).or_insert(number);
        self.documents.push(Arc::new(document));
    }

    /// As [`Index::search`], where a term is as rare as it is here and in `other` together, so that the scores of both
    /// can be compared.
    ///
    /// # Errors
    /// When `other` cannot be read.
    pub fn search_beside(
        &self,
        other: &dyn Index,
        query: &Query,
        limit: usize,
    ) -> Result<Vec<Hit>, IndexError> {
        self.ranked(query, Some(other), limit)
    }

    fn ranked(
        &self,
        query: &Query,
        other: Option<&dyn Index>,
        limit: usize,
    ) -> Result<Vec<Hit>, IndexError> {
        let mut ranked: Vec<(usize, f64)> = self.score(query, other)?.into_iter().collect();
        ranked.sort_by(|a, b| b.1.partial_cmp(&a.1).unwrap_or(Ordering::Equal).then(a.0.cmp(&b.0)));
        Ok(ranked
            .into_iter()
            .filter_map(|(passage, score)| self.hit(passage, score, query))
            .take(limit)
            .collect())
    }

    fn score(
        &self,
        query: &Query,
        other: Option<&dyn Index>,
    ) -> Result<HashMap<usize, f64>, IndexError> {
        let elsewhere = other.map_or(Ok(0), |other| other.size().map(|size| size.passages))?;
        let count = as_f64(self.passages.len()) + wide(elsewhere);
        let average = self.terms / as_f64(self.passages.len()).max(1.0);
        let mut scores: HashMap<usize, f64> = HashMap::new();
        for (at, term) in query.terms.iter().enumerate() {
            let repeated = query.terms.iter().take(at).any(|earlier| earlier == term);
            let Some(postings) = self.postings.get(term).filter(|_| !repeated) else { continue };
            let elsewhere = other.map_or(Ok(0), |other| other.document_frequency(term))?;
            let found = as_f64(postings.len()) + wide(elsewhere);
            let idf = ((count - found + 0.5) / (found + 0.5)).ln().max(LEAST_IDF);
            for posting in postings {
                let Some(entry) = self.passages.get(posting.passage) else { continue };
                let norm = K1 * (1.0 - B + B * entry.length / average);
                *scores.entry(posting.passage).or_default() +=
                    idf * posting.weight * (K1 + 1.0) / (posting.weight + norm);
            }
        }
        for term in &query.required {
            let holding = self.postings.get(term).map(Vec::as_slice).unwrap_or_default();
            let holding: HashSet<usize> = holding.iter().map(|posting| posting.passage).collect();
            scores.retain(|passage, _| holding.contains(passage));
        }
        Ok(scores)
    }

    fn hit(&self, passage: usize, score: f64, query: &Query) -> Option<Hit> {
        let entry = self.passages.get(passage)?;
        let document = self.documents.get(entry.document)?;
        query.admits(&document.path, document.date.as_deref()).then(|| Hit {
            document: document.document.clone(),
            start: entry.start,
            end: entry.end,
            score,
        })
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "an index in memory holds far fewer than 2^52 passages"
)]
const fn as_f64(count: usize) -> f64 {
    count as f64
}

#[expect(clippy::cast_precision_loss, reason = "counts of passages are far below 2^52")]
const fn wide(count: u64) -> f64 {
    count as f64
}

impl FromIterator<StoredDocument> for MemoryIndex {
    fn from_iter<T: IntoIterator<Item = StoredDocument>>(documents: T) -> Self {
        let mut index = Self::new();
        documents.into_iter().for_each(|document| index.add(document));
        index
    }
}

impl Index for MemoryIndex {
    fn search(&self, query: &Query, limit: usize) -> Result<Vec<Hit>, IndexError> {
        self.ranked(query, None, limit)
    }

    fn document_frequency(&self, term: &str) -> Result<u64, IndexError> {
        Ok(self.postings.get(term).map_or(0, |postings| postings.len() as u64))
    }

    fn terms(&self, prefix: &str, limit: usize) -> Result<Vec<String>, IndexError> {
        let alike = self.postings.keys().filter(|term| term.starts_with(prefix));
        Ok(alike.take(limit).cloned().collect())
    }

    fn document(&self, id: &str) -> Result<Option<Arc<StoredDocument>>, IndexError> {
        let place = self.places.get(id).and_then(|at| self.documents.get(*at));
        Ok(place.cloned())
    }

    fn size(&self) -> Result<Size, IndexError> {
        Ok(Size { documents: self.documents.len() as u64, passages: self.passages.len() as u64 })
    }
}

#[cfg(test)]
mod tests {
    use super::MemoryIndex;
    use crate::testing::contract;

    #[test]
    fn keeps_the_contract_of_an_index() {
        contract::check(|documents| documents.iter().cloned().collect::<MemoryIndex>()).unwrap();
    }
}
