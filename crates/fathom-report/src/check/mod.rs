//! Does the quote stand in the document?

mod compose;
mod find;
mod fold;
mod forms;
mod marks;

use std::fmt;

use fathom_core::Span;
use serde::Serialize;

pub use find::find;
pub(crate) use fold::is_unparted;
pub use marks::marks;

/// What a check of one piece of evidence came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "status", rename_all = "kebab-case")]
pub enum Check {
    /// The quote stands where the evidence says, letter for letter.
    Found {
        /// Where.
        span: Span,
    },
    /// The quote stands in the document letter for letter, at another place or with no place given.
    FoundElsewhere {
        /// Where.
        span: Span,
    },
    /// The quote stands in the document with other spacing, punctuation or case, with other writings
    /// of the same letters, or with the omissions that it marks itself.
    FoundAlike {
        /// Where.
        span: Span,
    },
    /// The document was read and does not contain the quote.
    NotFound,
    /// The document could not be read.
    Unreachable,
    /// Nobody has looked.
    NotChecked,
}

impl Check {
    /// Where the quote stands.
    pub const fn span(self) -> Option<Span> {
        match self {
            Self::Found { span } | Self::FoundElsewhere { span } | Self::FoundAlike { span } => {
                Some(span)
            }
            Self::NotFound | Self::Unreachable | Self::NotChecked => None,
        }
    }

    /// Whether a careful reader should look at this one.
    pub const fn is_problem(self) -> bool {
        matches!(self, Self::NotFound | Self::Unreachable)
    }

    /// The status in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Found { .. } => "quote found",
            Self::FoundElsewhere { .. } => "quote found at another place",
            Self::FoundAlike { .. } => "quote found, written differently",
            Self::NotFound => "document read, quote not found",
            Self::Unreachable => "document could not be read",
            Self::NotChecked => "not checked",
        }
    }
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}
