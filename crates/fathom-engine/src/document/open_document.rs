use std::{cell::OnceCell, ops::Range, rc::Rc, sync::Arc};

use fathom_core::{Block, StoredDocument};

use super::{Fact, HeadingPath, Quote, fact, heading_path};
use crate::{
    index::{Hit, passage},
    text::Analyzer,
};

/// A document opened during a run.
pub(crate) struct OpenDocument {
    pub document: Arc<StoredDocument>,
    pub analyzer: Analyzer,
    /// The blocks that are not headings, each with the headings above it.
    pub blocks: Vec<(Block, Rc<HeadingPath>)>,
    pub title_terms: Vec<String>,
    /// The first letters of the title's words, by which it may be called: `eu`.
    pub initials: Option<String>,
    facts: OnceCell<Rc<[Rc<Fact>]>>,
}

impl OpenDocument {
    pub(crate) fn new(document: Arc<StoredDocument>) -> Self {
        let analyzer = Analyzer::detect(&document.text);
        let title_terms = analyzer.terms(&document.title);
        let blocks = heading_path::blocks(&document, &analyzer);
        let initials = passage::initials(&document.title);
        Self { blocks, title_terms, initials, facts: OnceCell::new(), analyzer, document }
    }

    pub(crate) fn text(&self, range: Range<usize>) -> &str {
        self.document.text.get(range).unwrap_or_default()
    }

    pub(crate) fn quote(&self, range: &Range<usize>) -> Quote {
        Quote { document: Arc::clone(&self.document), start: range.start, end: range.end }
    }

    /// Every labelled value of the document.
    pub(crate) fn facts(&self) -> Rc<[Rc<Fact>]> {
        Rc::clone(self.facts.get_or_init(|| fact::facts(self).into_iter().map(Rc::new).collect()))
    }

    /// Its passages, as if a search had found them all.
    pub(crate) fn passages(&self) -> Vec<Hit> {
        let place = |range: Range<usize>| Hit {
            document: self.document.document.clone(),
            start: range.start,
            end: range.end,
            score: 0.0,
        };
        passage::ranges(&self.document).into_iter().map(place).collect()
    }

    /// Whether the title holds all of `terms`.
    pub(crate) fn is_titled(&self, terms: &[String]) -> bool {
        let is_initials = matches!(terms, [term] if self.initials.as_ref() == Some(term));
        is_initials || !terms.is_empty() && terms.iter().all(|term| self.title_terms.contains(term))
    }

    /// Whether the title holds `term`, or is called so by its first letters.
    pub(crate) fn title_holds(&self, term: &str) -> bool {
        self.title_terms.iter().any(|own| own == term) || self.initials.as_deref() == Some(term)
    }
}
