//! Writing the report: fixed connecting phrases, quotes, and a citation for every one of them.

mod draft;
mod escape;
mod markdown;
mod render;
mod verify;

pub(crate) use draft::{Block, DISAGREE, Findings, Line, Section, Table};
pub(crate) use markdown::Markdown;
pub(crate) use verify::holds_in;
