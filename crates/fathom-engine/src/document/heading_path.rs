use std::{collections::HashSet, rc::Rc};

use fathom_core::{Block, BlockKind, StoredDocument};

use crate::{
    index::passage::{push_heading, sound_blocks},
    text::Analyzer,
};

/// The headings above a block, and the header of the table it is in.
#[derive(Debug, Default)]
pub(crate) struct HeadingPath {
    /// From the top down, without a heading that only repeats the document's title.
    pub headings: Vec<String>,
    pub header: Option<Block>,
    /// The terms of headings and header.
    pub terms: HashSet<String>,
    /// The terms of the last heading.
    pub last: Vec<String>,
}

/// The blocks of a document that are not headings, each with the headings above it.
pub(super) fn blocks(
    document: &StoredDocument,
    analyzer: &Analyzer,
) -> Vec<(Block, Rc<HeadingPath>)> {
    let mut walker = Walker { document, analyzer, headings: Vec::new(), header: None, path: None };
    sound_blocks(document).into_iter().filter_map(|block| walker.take(block)).collect()
}

struct Walker<'a> {
    document: &'a StoredDocument,
    analyzer: &'a Analyzer,
    headings: Vec<Block>,
    header: Option<Block>,
    path: Option<Rc<HeadingPath>>,
}

impl Walker<'_> {
    fn take(&mut self, block: Block) -> Option<(Block, Rc<HeadingPath>)> {
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
            BlockKind::Row => Some((block, self.path())),
            BlockKind::Paragraph | BlockKind::Item | BlockKind::Code => {
                if self.header.is_some() {
                    self.turn(None);
                }
                Some((block, self.path()))
            }
        }
    }

    fn turn(&mut self, header: Option<Block>) {
        self.header = header;
        self.path = None;
    }

    fn path(&mut self) -> Rc<HeadingPath> {
        if let Some(path) = &self.path {
            return Rc::clone(path);
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
        let last = headings.last().map(|heading| self.analyzer.terms(heading)).unwrap_or_default();
        let path = Rc::new(HeadingPath { headings, header: self.header, terms, last });
        self.path = Some(Rc::clone(&path));
        path
    }
}
