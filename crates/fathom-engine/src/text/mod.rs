//! Words, sentences and fingerprints: everything the engine knows about plain text.
//!
//! One analyzer serves the index, the questions and the ranking of sentences, so a word that is found is also a word
//! that counts.

pub mod analyzer;
pub mod language;
pub(crate) mod script;
pub mod sentence;
pub mod simhash;
pub mod stop_words;
pub(crate) mod whitespace;

pub use analyzer::Analyzer;
pub use language::Language;
