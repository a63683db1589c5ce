//! The tree that a report is read into: plain data, no markup strings.
//!
//! A view walks this tree and makes nodes of its own. Nothing in it can carry script: raw HTML has
//! become [`Inline::Text`], and every address is an [`Address`], which only exists for schemes that
//! are safe to follow.
//!
//! **Diffing.** [`Block::key`] says *which* block it is and never changes; the `Arc` that holds it
//! says *which reading* of it. Two trees of the same document share the `Arc` of every block that
//! did not change, so `Arc::ptr_eq` is the whole comparison. Items and rows follow the same rule.

mod address;
mod changes;
mod pieces;

use serde::Serialize;

pub use address::Address;
pub use changes::{Changes, Grow, Growth};
pub use pieces::Pieces;

use crate::citation::Marker;

/// A block of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Block {
    /// Unique among siblings and the same in every later reading: the byte of the markdown where
    /// the block begins.
    pub key: u64,
    /// What it is.
    #[serde(flatten)]
    pub kind: BlockKind,
}

/// The kinds of [`Block`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum BlockKind {
    /// A heading.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Made from the words of the heading and unique in the document: an anchor for links.
        slug: String,
        /// The words.
        content: Vec<Inline>,
    },
    /// Running text.
    Paragraph {
        /// The text.
        content: Vec<Inline>,
    },
    /// A list.
    List {
        /// The first number of an ordered list; none for bullets.
        #[serde(skip_serializing_if = "Option::is_none")]
        start: Option<u64>,
        /// The items.
        items: Pieces<Item>,
    },
    /// A quotation.
    Quote {
        /// What is quoted.
        blocks: Pieces<Block>,
    },
    /// Text that keeps its line breaks.
    Code {
        /// The first word after the fence, as written; empty when there is none.
        language: String,
        /// The text in pieces of a line each (with its line end) or, of an overlong line, a part.
        text: Pieces<CodeText>,
    },
    /// A table.
    Table {
        /// How each column is aligned; as many as there are columns.
        columns: Vec<Align>,
        /// The cells of the header row.
        head: Vec<Cell>,
        /// The rows; each has as many cells as there are columns.
        rows: Pieces<Row>,
    },
    /// A formula on lines of its own, as TeX.
    Math {
        /// The TeX between the dollar signs.
        tex: String,
    },
    /// The text of a footnote.
    Note {
        /// What `[^label]` refers to.
        label: String,
        /// The text.
        blocks: Pieces<Block>,
    },
    /// A line across.
    Rule,
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item {
    /// As [`Block::key`].
    pub key: u64,
    /// Whether the box is ticked, for an item of a task list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticked: Option<bool>,
    /// Whether blank lines part its blocks; a tight item shows its paragraphs without margins.
    pub loose: bool,
    /// What it says.
    pub blocks: Pieces<Block>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// As [`Block::key`].
    pub key: u64,
    /// The cells.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// What it says.
    pub content: Vec<Inline>,
}

/// A line of code, or a part of an overlong one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CodeText {
    /// As [`Block::key`].
    pub key: u64,
    /// The text, with its line end unless it is the last or a part.
    pub text: String,
}

/// How a column of a table is aligned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// Not said.
    #[default]
    Natural,
    /// To the start of the line.
    Start,
    /// In the middle.
    Centre,
    /// To the end of the line.
    End,
}

/// A piece of running text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Inline {
    /// Plain text; raw HTML ends up here too.
    Text {
        /// The text.
        text: String,
    },
    /// `*emphasis*`.
    Emphasis {
        /// The text.
        content: Vec<Self>,
    },
    /// `**strong**`.
    Strong {
        /// The text.
        content: Vec<Self>,
    },
    /// `~~struck~~`.
    Strike {
        /// The text.
        content: Vec<Self>,
    },
    /// Code within text.
    Code {
        /// The text.
        text: String,
    },
    /// A formula within text, as TeX.
    Math {
        /// The TeX between the dollar signs.
        tex: String,
        /// Whether it stood between double dollar signs.
        display: bool,
    },
    /// A link.
    Link {
        /// Where it leads.
        href: Address,
        /// The title; empty when there is none.
        title: String,
        /// What can be clicked.
        content: Vec<Self>,
    },
    /// An image. Nothing fetches it: a view shows the words and lets the reader ask for it.
    Image {
        /// Where it is.
        src: Address,
        /// What it shows, in words.
        alt: String,
    },
    /// A link by name, `[content][label]`, `[label][]` or `[label]`. It leads where the document's
    /// definition of the label says ([`Document::definition`](crate::Document::definition)), which
    /// may come later; while there is none, the view shows `raw`.
    Reference {
        /// The name.
        label: String,
        /// What can be clicked.
        content: Vec<Self>,
        /// What was written.
        raw: String,
    },
    /// A marker that refers to sources; the [`Registry`](crate::Registry) knows which.
    Citation {
        /// The marker.
        marker: Marker,
    },
    /// A line break that was asked for.
    LineBreak,
    /// A line break of the source text; shows as a space.
    SoftBreak,
}

impl Inline {
    /// Plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }

    /// What is inside, for those kinds that contain text.
    pub fn content(&self) -> &[Self] {
        match self {
            Self::Emphasis { content }
            | Self::Strong { content }
            | Self::Strike { content }
            | Self::Link { content, .. }
            | Self::Reference { content, .. } => content,
            _ => &[],
        }
    }
}
