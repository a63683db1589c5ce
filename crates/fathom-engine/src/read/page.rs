use std::{cell::OnceCell, collections::HashSet, ops::Range, rc::Rc, sync::Arc};

use fathom_core::{Block, BlockKind, StoredDocument};

use super::{Fact, fact};
use crate::{
    index::{
        Hit,
        passage::{push_heading, sound_blocks},
    },
    text::Analyzer,
    verify::Quote,
};

/// A document opened during a run.
pub(crate) struct Page {
    pub document: Arc<StoredDocument>,
    pub analyzer: Analyzer,
    /// The blocks that are not headings, each with the trail above it.
    pub blocks: Vec<(Block, Rc<Trail>)>,
    pub title_terms: Vec<String>,
    facts: OnceCell<Rc<[Rc<Fact>]>>,
}

/// The headings above a block, and the header of the table it is in.
#[derive(Debug, Default)]
pub(crate) struct Trail {
    /// From the top down, without a heading that only repeats the document's title.
    pub headings: Vec<String>,
    pub header: Option<Block>,
    /// The terms of headings and header.
    pub terms: HashSet<String>,
}

impl Page {
    pub(crate) fn new(document: Arc<StoredDocument>) -> Self {
        let analyzer = Analyzer::detect(&document.text);
        let title_terms = analyzer.terms(&document.title);
        let mut walker = Walker {
            document: &document,
            analyzer: &analyzer,
            headings: Vec::new(),
            header: None,
            trail: None,
        };
        let blocks =
            sound_blocks(&document).into_iter().filter_map(|block| walker.take(block)).collect();
        Self { blocks, title_terms, facts: OnceCell::new(), analyzer, document }
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
        crate::index::passage::ranges(&self.document).into_iter().map(place).collect()
    }

    /// Whether the title holds all of `terms`.
    pub(crate) fn is_titled(&self, terms: &[String]) -> bool {
        !terms.is_empty() && terms.iter().all(|term| self.title_terms.contains(term))
    }
}

struct Walker<'a> {
    document: &'a StoredDocument,
    analyzer: &'a Analyzer,
    headings: Vec<Block>,
    header: Option<Block>,
    trail: Option<Rc<Trail>>,
}

impl Walker<'_> {
    fn take(&mut self, block: Block) -> Option<(Block, Rc<Trail>)> {
        match block.kind {
            BlockKind::Heading => {
                push_heading(&mut self.headings, block);
                self.turn(None);
                None
            }
            BlockKind::Header => {
                self.turn(Some(block));
                None
            }
            BlockKind::Row => Some((block, self.trail())),
            BlockKind::Paragraph | BlockKind::Item | BlockKind::Code => {
                if self.header.is_some() {
                    self.turn(None);
                }
                Some((block, self.trail()))
            }
        }
    }

    fn turn(&mut self, header: Option<Block>) {
        self.header = header;
        self.trail = None;
    }

    fn trail(&mut self) -> Rc<Trail> {
        if let Some(trail) = &self.trail {
            return Rc::clone(trail);
        }
        let text =
            |block: &Block| self.document.text.get(block.start..block.end).unwrap_or_default();
        let title = self.document.title.trim();
        let headings: Vec<String> = self
            .headings
            .iter()
            .map(|block| text(block).trim().to_owned())
            .filter(|heading| heading != title)
            .collect();
        let mut terms: HashSet<String> =
            headings.iter().flat_map(|heading| self.analyzer.terms(heading)).collect();
        terms.extend(self.header.iter().flat_map(|header| self.analyzer.terms(text(header))));
        let trail = Rc::new(Trail { headings, header: self.header, terms });
        self.trail = Some(Rc::clone(&trail));
        trail
    }
}
