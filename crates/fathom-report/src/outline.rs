//! The contents of a report, and how long it takes to read.

use serde::Serialize;

use crate::{
    block::{Block, BlockKind, Pieces},
    walk, words,
};

/// Words a minute, and characters a minute where words are not parted.
const WORDS: usize = 230;
const CHARACTERS: usize = 500;

/// The headings and the length of a report.
///
/// It grows with the document: [`Outline::advance`] looks at each frozen block once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Outline {
    headings: Vec<Heading>,
    words: usize,
    characters: usize,
    seen: usize,
}

/// A heading in the contents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Heading {
    /// The key of its block.
    pub key: u64,
    /// The level as written.
    pub level: u8,
    /// The anchor.
    pub slug: String,
    /// The words.
    pub title: String,
}

impl Outline {
    /// The outline of a document that is complete.
    pub fn of(blocks: &Pieces<Block>) -> Self {
        let mut outline = Self::default();
        outline.advance(blocks);
        outline
    }

    /// Takes in the blocks that were frozen since the last time.
    pub fn advance(&mut self, frozen: &Pieces<Block>) {
        for block in frozen.iter_from(self.seen) {
            walk::block(block, &mut |block| {
                walk::texts(block, &mut |content| self.count(&words::plain(content)));
            });
            if let BlockKind::Heading { level, slug, content } = &block.kind {
                let title = words::plain(content).trim().to_owned();
                self.headings.push(Heading {
                    key: block.key,
                    level: *level,
                    slug: slug.clone(),
                    title,
                });
            }
        }
        self.seen = frozen.len();
    }

    fn count(&mut self, text: &str) {
        let (words, characters) = words::count(text);
        self.words += words;
        self.characters += characters;
    }

    /// The contents: headings of the highest level there is and of the next, each as its depth
    /// (0 or 1) and the heading.
    pub fn contents(&self) -> impl Iterator<Item = (u8, &Heading)> {
        let mut levels: Vec<u8> = self.headings.iter().map(|heading| heading.level).collect();
        levels.sort_unstable();
        levels.dedup();
        self.headings.iter().filter_map(move |heading| {
            let depth = levels.iter().position(|level| *level == heading.level)?;
            u8::try_from(depth).ok().filter(|depth| *depth < 2).map(|depth| (depth, heading))
        })
    }

    /// All headings in order.
    pub fn headings(&self) -> &[Heading] {
        &self.headings
    }

    /// How many words there are; a character counts as one where words are not parted.
    pub const fn words(&self) -> usize {
        self.words + self.characters
    }

    /// Minutes to read it, at least one.
    pub fn minutes(&self) -> usize {
        (self.words * CHARACTERS + self.characters * WORDS).div_ceil(WORDS * CHARACTERS).max(1)
    }
}
