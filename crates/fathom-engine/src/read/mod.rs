//! Documents opened during a run: their structure, the pieces that can be quoted, and labelled values.

mod fact;
mod page;
mod unit;
pub(crate) mod value;

use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
    rc::Rc,
    sync::Arc,
};

pub(crate) use fact::{Fact, split_label};
pub(crate) use page::{Page, Trail};
pub(crate) use unit::{Kind, Unit};

use fathom_core::{Event, StoredDocument};

use crate::{
    index::{Hit, Index, IndexError, Query, Size},
    research::Control,
    write::source,
};

/// The pieces of a passage, in order.
pub(crate) type Units = Rc<[Rc<Unit>]>;

/// The index with everything a run has already learnt from it.
pub(crate) struct Library<'a> {
    index: &'a dyn Index,
    control: RefCell<&'a mut dyn Control>,
    size: Size,
    searches: RefCell<HashMap<String, Rc<[Hit]>>>,
    passages: RefCell<HashSet<(String, usize)>>,
    pages: RefCell<HashMap<String, Option<Rc<Page>>>>,
    counts: RefCell<HashMap<String, u64>>,
    units: RefCell<HashMap<(String, usize), Units>>,
}

impl<'a> Library<'a> {
    pub(crate) fn open(
        index: &'a dyn Index,
        control: &'a mut dyn Control,
    ) -> Result<Self, IndexError> {
        Ok(Self {
            size: index.size()?,
            index,
            control: RefCell::new(control),
            searches: RefCell::default(),
            passages: RefCell::default(),
            pages: RefCell::default(),
            counts: RefCell::default(),
            units: RefCell::default(),
        })
    }

    pub(crate) const fn size(&self) -> Size {
        self.size
    }

    pub(crate) fn tell(&self, event: Event) {
        self.control.borrow_mut().event(event);
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.control.borrow().is_cancelled()
    }

    /// Searches and tells so; the same search a second time costs nothing and is not told again. A cancelled run
    /// finds nothing more.
    pub(crate) fn search(
        &self,
        phrase: &str,
        query: &Query,
        limit: usize,
    ) -> Result<Rc<[Hit]>, IndexError> {
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
        self.control.borrow_mut().found(&documents);
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
        self.index.search(query, limit)
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

    /// How telling `term` is in this library; a term it does not hold is the most telling of all.
    #[expect(clippy::cast_precision_loss, reason = "counts of passages are far below 2^52")]
    pub(crate) fn weight(&self, term: &str) -> Result<f64, IndexError> {
        let all = self.size.passages as f64;
        Ok((1.0 + all / (self.frequency(term)? as f64).max(0.5)).ln())
    }

    pub(crate) fn page(&self, id: &str) -> Result<Option<Rc<Page>>, IndexError> {
        if let Some(page) = self.pages.borrow().get(id) {
            return Ok(page.clone());
        }
        let page = self.index.document(id)?.map(|document| Rc::new(Page::new(document)));
        self.pages.borrow_mut().insert(id.to_owned(), page.clone());
        if let Some(page) = &page {
            let number = self.pages.borrow().values().flatten().count();
            self.tell(Event::SourceFound { source: source(&page.document, count(number), "") });
        }
        Ok(page)
    }

    /// The pieces of a passage that can be quoted.
    pub(crate) fn units(&self, hit: &Hit) -> Result<Units, IndexError> {
        let key = (hit.document.clone(), hit.start);
        if let Some(units) = self.units.borrow().get(&key) {
            return Ok(Rc::clone(units));
        }
        let units: Units = match self.page(&hit.document)? {
            Some(page) => unit::units(&page, hit.start..hit.end).into_iter().map(Rc::new).collect(),
            None => Rc::new([]),
        };
        self.units.borrow_mut().insert(key, Rc::clone(&units));
        Ok(units)
    }

    /// Documents opened and pieces looked at so far.
    pub(crate) fn read_so_far(&self) -> (usize, usize) {
        let pages = self.pages.borrow().values().flatten().count();
        (pages, self.units.borrow().values().map(|units| units.len()).sum())
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
    format!("{} {:?} {:?} {limit}", terms.join(" "), query.include, query.years)
}
