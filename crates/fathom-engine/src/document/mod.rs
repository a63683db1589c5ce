//! Documents opened during a run: their structure, the pieces that can be quoted, and labelled values.

mod fact;
mod heading_path;
mod open_document;
pub(crate) mod quantity;
mod quote;
mod segment;
mod source;

pub(crate) use fact::Fact;
pub(crate) use heading_path::HeadingPath;
pub(crate) use open_document::OpenDocument;
pub(crate) use quote::Quote;
pub(crate) use segment::{Kind, Segment};
pub(crate) use source::source;
