//! Cutting a document into the passages that an index ranks.

use std::ops::Range;

use fathom_core::{Block, BlockKind, StoredDocument};

use crate::text::{Analyzer, sentence};

/// A passage ends at the first sentence border after this many bytes, about 150 words.
const FULL: usize = 900;

/// A piece of a document under one heading, about 100 words long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The first byte in the document's text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The analysed title and heading path, and the header row of a table.
    pub context: String,
    /// The analysed text of the passage.
    pub body: String,
}

/// The passages of `document`, in order; headings are context, so they are in no passage themselves.
pub fn passages(document: &StoredDocument) -> Vec<Passage> {
    let analyzer = Analyzer::detect(&document.text);
    let title = analyzer.line(&document.title);
    let mut found: Vec<Passage> = Vec::new();
    let mut context: Option<(Vec<Block>, String)> = None;
    for piece in pieces(document) {
        if context.as_ref().is_none_or(|(of, _)| *of != piece.context) {
            context = Some((
                piece.context.clone(),
                context_line(document, &analyzer, &title, &piece.context),
            ));
        }
        let Some(text) = document.text.get(piece.range.clone()) else { continue };
        found.push(Passage {
            start: piece.range.start,
            end: piece.range.end,
            context: context.as_ref().map(|(_, line)| line.clone()).unwrap_or_default(),
            body: analyzer.line(text),
        });
    }
    found
}

/// The first letters of a title of two to five words that begin with capitals, in lower case: `eu` for "European Union".
pub(crate) fn initials(title: &str) -> Option<String> {
    let words = title.split_whitespace().filter(|word| word.starts_with(char::is_uppercase));
    let letters: Vec<char> = words.filter_map(|word| word.chars().next()).collect();
    let few = (2..=5).contains(&letters.len());
    few.then(|| letters.into_iter().flat_map(char::to_lowercase).collect())
}

fn context_line(
    document: &StoredDocument,
    analyzer: &Analyzer,
    title: &str,
    blocks: &[Block],
) -> String {
    let mut line = title.to_owned();
    if let Some(initials) = initials(&document.title) {
        line.push(' ');
        line.push_str(&initials);
    }
    for text in blocks.iter().filter_map(|block| document.text.get(block.start..block.end)) {
        if text.trim() != document.title.trim() {
            line.push(' ');
            line.push_str(&analyzer.line(text));
        }
    }
    line
}

/// The ranges of a document's passages.
pub(crate) fn ranges(document: &StoredDocument) -> Vec<Range<usize>> {
    pieces(document).into_iter().map(|piece| piece.range).collect()
}

/// A range of text with the headings and the table header above it.
pub(crate) struct Piece {
    pub range: Range<usize>,
    pub context: Vec<Block>,
}

/// The blocks of a document that lie inside its text, in order and without overlap; a document without any is one
/// paragraph.
pub(crate) fn sound_blocks(document: &StoredDocument) -> Vec<Block> {
    let mut reached = 0;
    let mut sound: Vec<Block> = Vec::with_capacity(document.blocks.len());
    for block in &document.blocks {
        if block.start >= reached
            && document.text.get(block.start..block.end).is_some_and(|text| !text.trim().is_empty())
        {
            reached = block.end;
            sound.push(*block);
        }
    }
    if document.blocks.is_empty() && !document.text.trim().is_empty() {
        sound.push(Block {
            kind: BlockKind::Paragraph,
            level: 0,
            start: 0,
            end: document.text.len(),
        });
    }
    sound
}

fn pieces(document: &StoredDocument) -> Vec<Piece> {
    let mut cutter = Cutter {
        text: &document.text,
        headings: Vec::new(),
        header: None,
        open: None,
        found: Vec::new(),
    };
    for block in sound_blocks(document) {
        cutter.take(block);
    }
    cutter.close();
    cutter.found
}

struct Cutter<'a> {
    text: &'a str,
    headings: Vec<Block>,
    header: Option<Block>,
    open: Option<Range<usize>>,
    found: Vec<Piece>,
}

impl Cutter<'_> {
    fn take(&mut self, block: Block) {
        match block.kind {
            BlockKind::Heading => {
                self.close();
                self.header = None;
                push_heading(&mut self.headings, block);
            }
            BlockKind::Header => {
                self.close();
                self.header = Some(block);
            }
            BlockKind::Row => self.add(block.start..block.end),
            BlockKind::Paragraph | BlockKind::Item | BlockKind::Code => {
                if self.header.is_some() {
                    self.close();
                    self.header = None;
                }
                self.add_long(block);
            }
        }
    }

    /// Adds a block sentence by sentence if it would make the passage too long.
    fn add_long(&mut self, block: Block) {
        if block.end - block.start <= FULL {
            return self.add(block.start..block.end);
        }
        for sentence in
            sentence::sentences(self.text.get(block.start..block.end).unwrap_or_default())
        {
            self.add(block.start + sentence.start..block.start + sentence.end);
        }
    }

    fn add(&mut self, range: Range<usize>) {
        let range = match self.open.take() {
            Some(open) => open.start..range.end,
            None => range,
        };
        self.open = Some(range.clone());
        if range.len() >= FULL {
            self.close();
        }
    }

    fn close(&mut self) {
        if let Some(range) = self.open.take() {
            self.found.push(Piece {
                range,
                context: self.headings.iter().copied().chain(self.header).collect(),
            });
        }
    }
}

/// A heading ends all headings of its level and below.
pub(crate) fn push_heading(headings: &mut Vec<Block>, heading: Block) {
    headings.retain(|above| above.level < heading.level);
    headings.push(heading);
}

#[cfg(test)]
mod tests {
    use super::passages;
    use crate::testing::document;

    #[test]
    fn repeats_title_and_headings_and_never_crosses_a_heading() {
        let document = document(
            "no.md",
            "Norway",
            "# Economy\nIt exports oil.\n## Exports\n- fish\n- ships\n# People\nFive million.",
        );
        let found = passages(&document);
        let context: Vec<&str> = found.iter().map(|passage| passage.context.as_str()).collect();
        assert_eq!(context, ["norway economi", "norway economi export", "norway peopl"]);
        assert_eq!(document.text.get(found[1].start..found[1].end), Some("fish\nships"));
    }

    #[test]
    fn repeats_the_header_of_a_table() {
        let document = document("t.md", "Table", "| Country | Area |\n| Norway | 5 |\nAfter.");
        let found = passages(&document);
        assert_eq!(found[0].context, "tabl countri area");
        assert_eq!(found[0].body, "norway 5");
        assert_eq!(found[1].context, "tabl");
    }

    #[test]
    fn cuts_long_paragraphs_at_sentences() {
        let text = "This is one sentence of a long speech about nothing. ".repeat(60);
        let found = passages(&document("s.md", "Speech", &text));
        assert!(found.len() >= 3);
        assert!(found.iter().all(|passage| passage.end - passage.start < 1_000));
    }
}
