//! What a marker in running text says, before anybody looks up what it refers to.

use fathom_core::Span;
use serde::{Serialize, Serializer};

use crate::block::Address;

/// A piece of running text that refers to sources, such as `[3]` or `【1†page】`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Marker {
    /// What was written.
    pub raw: String,
    /// Where it stands, in bytes of the markdown; unique, so it also names the marker.
    pub span: Span,
    /// How it was written.
    pub form: Form,
    /// What it refers to, in order; empty only when the writer left it so.
    pub targets: Vec<Target>,
}

/// One thing that a [`Marker`] refers to. As JSON it is an object with a `kind`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A source by its number.
    Number(u32),
    /// A source or a footnote by name, for example `turn0search1`.
    Name(String),
    /// A source by its address.
    Page {
        /// The address.
        url: Address,
        /// The words that came with it; empty when there were none.
        title: String,
    },
}

impl Serialize for Target {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(tag = "kind", rename_all = "kebab-case")]
        enum Shown<'a> {
            Number { number: u32 },
            Name { name: &'a str },
            Page { url: &'a Address, title: &'a str },
        }
        let shown = match self {
            Self::Number(number) => Shown::Number { number: *number },
            Self::Name(name) => Shown::Name { name },
            Self::Page { url, title } => Shown::Page { url, title },
        };
        shown.serialize(serializer)
    }
}

/// The ways of writing a [`Marker`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// `[1]`, `[1, 2]`, `[1-3]`.
    Brackets,
    /// `[^1]`.
    Footnote,
    /// `【1†page】`.
    Lenticular,
    /// Private-use characters around `cite` and names.
    PrivateUse,
    /// `[citation:Title](url)`.
    CitationLink,
    /// `[[1]](url)` or `[1](url)`.
    NumberLink,
    /// `([Title](url))`.
    LinkInParentheses,
    /// `<cite>1</cite>`, `<citation href="url">`.
    CiteTag,
    /// `<sup>1</sup>`.
    Superscript,
    /// An address that stands in the text by itself.
    BareAddress,
}
