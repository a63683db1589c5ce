//! Puts a document's text together, block by block.

use fathom_core::{Block, BlockKind};

/// Text and the blocks that divide it.
#[derive(Debug, Default)]
pub(super) struct Builder {
    text: String,
    blocks: Vec<Block>,
}

impl Builder {
    /// Adds a block. White space is folded, except in code; a block without text is left out.
    pub(super) fn push(&mut self, kind: BlockKind, level: u8, content: &str) {
        let content = if kind == BlockKind::Code { code(content) } else { folded(content) };
        self.put(kind, level, &content);
    }

    fn put(&mut self, kind: BlockKind, level: u8, content: &str) {
        if content.is_empty() {
            return;
        }
        self.text.push_str(self.separator(kind));
        let start = self.text.len();
        self.text.push_str(content);
        self.blocks.push(Block { kind, level, start, end: self.text.len() });
    }

    /// Adds a row of a table. Cells stay in their columns also where one is empty; empty ones at the end are left out.
    pub(super) fn push_row(&mut self, kind: BlockKind, cells: &[String]) {
        let mut cells: Vec<String> =
            cells.iter().map(|cell| folded(cell).replace('|', "/")).collect();
        while cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        self.put(kind, 0, &cells.join(" | "));
    }

    /// How many bytes of text there are.
    pub(super) const fn len(&self) -> usize {
        self.text.len()
    }

    pub(super) fn into_parts(mut self) -> (String, Vec<Block>) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        (self.text, self.blocks)
    }

    fn separator(&self, next: BlockKind) -> &'static str {
        use BlockKind::{Header, Item, Row};
        match (self.blocks.last().map(|block| block.kind), next) {
            (None, _) => "",
            (Some(Item), Item) | (Some(Header | Row), Row) => "\n",
            _ => "\n\n",
        }
    }
}

/// One space for every run of white space; no control characters.
fn folded(content: &str) -> String {
    let mut out = String::with_capacity(content.len());
    for word in
        content.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty())
    {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn code(content: &str) -> String {
    let kept = |c: char| c == '\n' || c == '\t' || !c.is_control();
    content
        .chars()
        .filter(|c| kept(*c))
        .collect::<String>()
        .trim_matches('\n')
        .trim_end()
        .to_owned()
}
