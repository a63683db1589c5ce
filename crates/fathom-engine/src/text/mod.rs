//! Words, sentences and fingerprints: everything the engine knows about plain text.
//!
//! One analyzer serves the index, the questions and the ranking of sentences, so a word that is found is also a word
//! that counts.

pub mod analyze;
pub mod language;
pub mod sentence;
pub mod simhash;
pub mod stop;

pub use analyze::Analyzer;
pub use language::Language;
