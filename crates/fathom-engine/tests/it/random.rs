//! A generator of odd input that always gives the same.

use fathom_core::{Block, BlockKind, StoredDocument};
use serde_json::{Map, Value, json};

/// Numbers that look random and are the same each time (xorshift).
pub(crate) struct Random(u64);

const WORDS: [&str; 44] = [
    "Norway",
    "population",
    "exports",
    "the",
    "of",
    "and",
    "is",
    "5,207,689",
    "12%",
    "$3 billion",
    "1981",
    "between",
    "debt",
    "national",
    "Брюссель",
    "столица",
    "挪威的首都",
    "人口。",
    "ß",
    "Ǆ",
    "İ",
    "ﬁ",
    "e\u{301}",
    "\u{200b}",
    "\u{0}",
    "\n\n",
    "\t",
    "[1]",
    "](",
    "**",
    "| a |",
    "# ",
    "- ",
    "1. ",
    "`",
    "<b>",
    "&lt;",
    "$x$",
    "Label: value",
    "U.S.",
    "e.g.",
    "km",
    "🙂",
    "\u{202e}",
];

const KINDS: [BlockKind; 6] = [
    BlockKind::Heading,
    BlockKind::Paragraph,
    BlockKind::Item,
    BlockKind::Header,
    BlockKind::Row,
    BlockKind::Code,
];

impl Random {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(most.max(1)).unwrap()).unwrap()
    }

    pub(crate) fn text(&mut self, words: usize) -> String {
        let mut text = String::new();
        for _ in 0..self.below(words + 1) {
            text.push_str(WORDS[self.below(WORDS.len())]);
            text.push_str(["", " ", " ", " ", ". ", ": ", " | ", ", ", "; "][self.below(9)]);
        }
        text
    }

    /// A document whose blocks are sometimes sound, sometimes overlapping, sometimes outside the text or within a letter.
    pub(crate) fn document(&mut self, number: usize) -> StoredDocument {
        let text = self.text(120);
        let mut blocks = Vec::new();
        let mut start = 0;
        for _ in 0..self.below(14) {
            let end = start + self.below(90);
            blocks.push(Block {
                kind: KINDS[self.below(6)],
                level: u8::try_from(self.below(8)).unwrap(),
                start,
                end,
            });
            start = if self.below(8) == 0 { self.below(text.len() + 20) } else { end };
        }
        let date = ["1985", "2015-07", "soon", ""][self.below(4)];
        StoredDocument {
            document: format!("{number}.md@{:012}", self.below(1_000_000)),
            path: format!("{number}.md"),
            title: self.text(4),
            date: Some(date.to_owned()),
            text,
            blocks,
            ..StoredDocument::default()
        }
    }

    pub(crate) fn schema(&mut self, depth: usize) -> Value {
        let kinds = ["string", "number", "integer", "boolean", "null"];
        match self.below(if depth > 3 { 1 } else { 4 }) {
            1 => {
                let mut properties = Map::new();
                for _ in 0..self.below(4) {
                    properties.insert(self.text(2), self.schema(depth + 1));
                }
                json!({ "type": "object", "properties": properties, "required": ["population"] })
            }
            2 => json!({ "type": "array", "items": self.schema(depth + 1) }),
            3 => json!({ "enum": [self.text(2), 1, null], "description": self.text(6) }),
            _ => json!({ "type": kinds[self.below(5)], "description": self.text(4) }),
        }
    }
}
