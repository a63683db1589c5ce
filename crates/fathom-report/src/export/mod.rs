//! Taking a report elsewhere without losing its citations.

mod bundle;
mod markdown;

pub use bundle::{Bundle, BundleError};
pub use markdown::markdown;
