//! Small documents, and the contract that every [`Index`](crate::Index) is held to.

/// What every index must do.
pub mod contract;
mod documents;

pub use documents::document;
