//! Which pieces answer a facet best.

mod score;
mod select;

pub(crate) use score::{Candidate, Seek, score};
pub(crate) use select::{Budget, merge, select};
