//! Small documents, and the contract that every [`Index`](crate::Index) is held to.

pub mod contract;
mod documents;

pub use documents::document;
