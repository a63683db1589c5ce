//! What the measuring and the training of the engine share: readers of the data sets and of question files.
//!
//! Everything here is pure but for reading the files it is given, so that a chore may take what it needs.

pub mod fold;
pub mod places;
pub mod questions;
pub mod sample;
pub mod xquad;
