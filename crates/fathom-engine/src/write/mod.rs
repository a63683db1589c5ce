//! Writing the report: fixed connecting phrases, quotes, and a citation for every one of them.

pub(crate) mod draft;
pub(crate) mod escape;
mod markdown;
mod render;

pub(crate) use draft::{Block, Line, Section, Table};
pub(crate) use markdown::{Markdown, source};
