//! The index with everything a run has already learnt from it.

use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
    rc::Rc,
    sync::Arc,
};

use fathom_core::{Event, StoredDocument};

use crate::{
    document::{OpenDocument, Segment, source},
    index::{Hit, Index, IndexError, Query, Size, glob},
    observer::Observer,
};

/// The pieces of a passage, in order.
pub(crate) type Segments = Rc<[Rc<Segment>]>;

/// Words are weighed as if so many passages on other things stood beside the library: a word that all of a few
/// documents share still says what they are about.
const BACKGROUND: u64 = 20;

/// The index with everything a run has already learnt from it.
pub(crate) struct Session<'a> {
    index: &'a dyn Index,
    /// Globs over the paths of the documents that the run may look at; none means all.
    include: &'a [String],
    observer: RefCell<&'a mut dyn Observer>,
    size: Size,
    searches: RefCell<HashMap<String, Rc<[Hit]>>>,
    passages: RefCell<HashSet<(String, usize)>>,
    pages: RefCell<HashMap<String, Option<Rc<OpenDocument>>>>,
    counts: RefCell<HashMap<String, u64>>,
    /// Documents that were told as sources.
    told: RefCell<HashSet<String>>,
    segments: RefCell<HashMap<(String, usize), Segments>>,
}

impl<'a> Session<'a> {
    pub(crate) fn open(
        index: &'a dyn Index,
        include: &'a [String],
        observer: &'a mut dyn Observer,
    ) -> Result<Self, IndexError> {
        Ok(Self {
            size: index.size()?,
            index,
            include,
            observer: RefCell::new(observer),
            searches: RefCell::default(),
            passages: RefCell::default(),
            pages: RefCell::default(),
            counts: RefCell::default(),
            told: RefCell::default(),
            segments: RefCell::default(),
        })
    }

    pub(crate) const fn size(&self) -> Size {
        self.size
    }

    pub(crate) fn tell(&self, event: Event) {
        self.observer.borrow_mut().event(event);
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.observer.borrow().is_cancelled()
    }

    /// Searches and tells so; the same search a second time costs nothing and is not told again. A cancelled run
    /// finds nothing more.
    pub(crate) fn search(
        &self,
        phrase: &str,
        query: &Query,
        limit: usize,
    ) -> Result<Rc<[Hit]>, IndexError> {
        let query = &Query { include: self.include.to_vec(), ..query.clone() };
        let key = key(query, limit);
        if let Some(hits) = self.searches.borrow().get(&key) {
            return Ok(Rc::clone(hits));
        }
        if self.is_cancelled() {
            return Ok(Rc::new([]));
        }
        self.tell(Event::SearchStarted { query: phrase.to_owned() });
        let hits: Rc<[Hit]> = self.index.search(query, limit)?.into();
        let new = hits
            .iter()
            .filter(|hit| self.passages.borrow_mut().insert((hit.document.clone(), hit.start)))
            .count();
        let mut documents: Vec<&str> = Vec::new();
        for hit in hits.iter() {
            if !documents.contains(&hit.document.as_str()) {
                documents.push(&hit.document);
            }
        }
        self.observer.borrow_mut().found(&documents);
        self.tell(Event::SearchEnded {
            query: phrase.to_owned(),
            passages: count(hits.len()),
            new: count(new),
        });
        self.searches.borrow_mut().insert(key, Rc::clone(&hits));
        Ok(hits)
    }

    /// Looks something up for the plan, without telling.
    pub(crate) fn look(&self, query: &Query, limit: usize) -> Result<Vec<Hit>, IndexError> {
        self.index.search(&Query { include: self.include.to_vec(), ..query.clone() }, limit)
    }

    /// The document as the index holds it at this moment.
    pub(crate) fn reread(&self, id: &str) -> Result<Option<Arc<StoredDocument>>, IndexError> {
        self.index.document(id)
    }

    /// In how many passages `term` occurs.
    pub(crate) fn frequency(&self, term: &str) -> Result<u64, IndexError> {
        if let Some(count) = self.counts.borrow().get(term) {
            return Ok(*count);
        }
        let count = self.index.document_frequency(term)?;
        self.counts.borrow_mut().insert(term.to_owned(), count);
        Ok(count)
    }

    /// Up to `limit` terms of the library that begin with `prefix`.
    pub(crate) fn terms(&self, prefix: &str, limit: usize) -> Result<Vec<String>, IndexError> {
        self.index.terms(prefix, limit)
    }

    /// How telling a term is that stands in so many passages.
    #[expect(clippy::cast_precision_loss, reason = "counts of passages are far below 2^52")]
    pub(crate) fn rarity(&self, found: u64) -> f64 {
        let all = (self.size.passages.max(found) + BACKGROUND) as f64;
        let found = found as f64;
        (1.0 + (all - found + 0.5) / (found + 0.5)).ln()
    }

    /// Whether the run may look at a document.
    pub(crate) fn admits(&self, document: &OpenDocument) -> bool {
        glob::matches_any(self.include, &document.document.path)
    }

    pub(crate) fn page(&self, id: &str) -> Result<Option<Rc<OpenDocument>>, IndexError> {
        if let Some(page) = self.pages.borrow().get(id) {
            return Ok(page.clone());
        }
        let page = self.index.document(id)?.map(|document| Rc::new(OpenDocument::new(document)));
        self.pages.borrow_mut().insert(id.to_owned(), page.clone());
        Ok(page)
    }

    /// Tells that a document is being read, once.
    pub(crate) fn tell_source(&self, page: &OpenDocument) {
        let number = self.told.borrow().len() + 1;
        if self.told.borrow_mut().insert(page.document.document.clone()) {
            self.tell(Event::SourceFound { source: source(&page.document, count(number), "") });
        }
    }

    /// The pieces of a passage that can be quoted.
    pub(crate) fn segments(&self, hit: &Hit) -> Result<Segments, IndexError> {
        let key = (hit.document.clone(), hit.start);
        if let Some(segments) = self.segments.borrow().get(&key) {
            return Ok(Rc::clone(segments));
        }
        let segments: Segments = match self.page(&hit.document)? {
            Some(page) => {
                Segment::all(&page, hit.start..hit.end).into_iter().map(Rc::new).collect()
            }
            None => Rc::new([]),
        };
        self.segments.borrow_mut().insert(key, Rc::clone(&segments));
        Ok(segments)
    }

    /// Documents opened and pieces looked at so far.
    pub(crate) fn read_so_far(&self) -> (usize, usize) {
        let pages = self.pages.borrow().values().flatten().count();
        (pages, self.segments.borrow().values().map(|segments| segments.len()).sum())
    }
}

/// A number for an event.
pub(crate) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// What makes two searches the same.
fn key(query: &Query, limit: usize) -> String {
    let mut terms = query.terms.clone();
    terms.sort_unstable();
    terms.dedup();
    format!("{} {:?} {:?} {limit}", terms.join(" "), query.required, query.years)
}
