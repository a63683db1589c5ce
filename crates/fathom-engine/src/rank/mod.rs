//! Which passages and which pieces of them answer a search best, and whether they do.

mod evidence;
mod grade;
mod likeness;
mod merge;
mod scoring_query;
mod stretch;
mod table;
pub(crate) mod weights;

pub(crate) use evidence::{Candidate, RankedPassage, candidates, in_years};
pub use grade::Signals;
pub(crate) use grade::grade;
pub(crate) use merge::say_the_same;
pub(crate) use scoring_query::ScoringQuery;
pub(crate) use stretch::stretch;
