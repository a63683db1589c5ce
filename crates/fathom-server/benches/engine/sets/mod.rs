//! The sets of questions, each with its floors.

pub mod cranfield;
pub mod demo;
pub mod factbook;
pub mod foreign;
pub mod generated;
pub mod manuals;
pub mod questions;
pub mod rust_docs;
pub mod xquad;
