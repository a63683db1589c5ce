//! Taking a report elsewhere without losing its citations.

mod bundle;
mod grade;
mod markdown;

pub use bundle::{Bundle, BundleError};
pub use grade::{grade, percent};
pub use markdown::markdown;
