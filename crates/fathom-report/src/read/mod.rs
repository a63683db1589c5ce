//! Reading markdown as it arrives.

mod assemble;
mod definition;
mod elements;
mod hold;
mod inline;
mod line;
mod list;
mod names;
mod open;
mod reader;
mod source;
mod start;
mod table;
mod text;

use line::Lines;
pub use names::Definition;
use names::{Names, Scope};
use reader::Reader;

use crate::block::{Block, Pieces};

/// A report that is read while it arrives.
///
/// ```
/// use fathom_report::Document;
///
/// let mut document = Document::new();
/// document.push("# Ri");
/// document.push("vers\n\nThe Tana is long [1");
/// assert_eq!(document.blocks().len(), 2);
/// document.push("].");
/// document.finish();
/// assert_eq!(document.blocks(), Document::read("# Rivers\n\nThe Tana is long [1].").blocks());
/// ```
///
/// # What is promised
///
/// * The blocks depend on the text so far and never on the pieces in which it came.
/// * A block that another block follows is frozen: its key, content and `Arc` stay. So are all
///   items but the last, all rows and all lines of code that are complete.
/// * The cost of a piece does not depend on what came before. Reading the end again costs at most
///   one paragraph, and a paragraph is at most 8 KB long; what goes on is read as the next one.
/// * Links by name and footnotes are not looked up while reading, so a definition may come at any
///   time: see [`Inline::Reference`](crate::block::Inline::Reference).
#[derive(Clone, Debug, Default)]
pub struct Document {
    lines: Lines,
    reader: Reader,
    names: Names,
}

impl Document {
    /// A document without text.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a whole text.
    pub fn read(markdown: &str) -> Self {
        let mut document = Self::new();
        document.push(markdown);
        document.finish();
        document
    }

    /// Takes the next piece of the text.
    pub fn push(&mut self, piece: &str) {
        let Self { lines, reader, names } = self;
        lines.push(piece, |line| reader.line(line, &mut Scope::Keep(names)));
    }

    /// Says that the text is complete. What came last is read as it stands.
    pub fn finish(&mut self) {
        let mut scope = Scope::Keep(&mut self.names);
        if let Some(line) = self.lines.partial() {
            self.reader.line(line, &mut scope);
        }
        self.reader.close(&mut scope);
        self.lines.finish();
    }

    /// The blocks that no further text can change.
    pub const fn frozen(&self) -> &Pieces<Block> {
        &self.reader.done
    }

    /// The blocks so far: the frozen ones and the one that may still grow.
    ///
    /// What cannot be told apart yet is left out for the moment: a line of which only marks have
    /// come, and a marker or link that is not closed.
    pub fn blocks(&self) -> Pieces<Block> {
        let mut reader = self.reader.clone();
        let mut scope = Scope::Peek(&self.names);
        if let Some(line) = self.lines.partial()
            && let Some(line) = hold::shown(line, reader.is_code())
        {
            reader.line(line, &mut scope);
        }
        reader.close(&mut scope);
        reader.done
    }

    /// Where a link by name leads, if that has been said by now.
    pub fn definition(&self, label: &str) -> Option<&Definition> {
        self.names.definition(label)
    }

    /// All link definitions so far, by name.
    pub fn definitions(&self) -> impl Iterator<Item = (&str, &Definition)> {
        self.names.definitions()
    }
}
