//! A stored document: the text that evidence points into.

use serde::{Deserialize, Serialize};

/// A document as the library keeps it.
///
/// `text` is plain text made once when the document was read in; a file that changes
/// becomes a new document with an id of its own. `blocks` say which bytes are headings, paragraphs, list
/// items, table rows or code, in order and without overlap, so that nobody has to parse again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredDocument {
    /// The id of this version: its path, `@`, and the first 12 hex digits of its text's hash. A
    /// report cites versions, so it stays true when the file changes or goes away.
    pub document: String,
    /// The path inside its library folder, with `/` on every system; a document of a second
    /// library folder carries that folder's name and a colon in front.
    #[serde(default)]
    pub path: String,
    /// The title: from front matter, the first heading, or the file name.
    pub title: String,
    /// Where the public page is, when the document says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The date the document gives for itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The author the document names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// The stored text.
    pub text: String,
    /// Its structure.
    #[serde(default)]
    pub blocks: Vec<Block>,
}

/// A piece of a document's text, without its line end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Heading level (1 to 6), list depth (from 1), else 0.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub level: u8,
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
fn is_zero(value: &u8) -> bool {
    *value == 0
}

/// The kinds of [`Block`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// A heading.
    Heading,
    /// Running text.
    Paragraph,
    /// A list item.
    Item,
    /// The header row of a table, cells divided by ` | `.
    Header,
    /// A row of a table, cells divided by ` | `.
    Row,
    /// Text that must keep its line breaks.
    Code,
}
