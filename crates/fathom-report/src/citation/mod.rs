//! From a marker in the text to its sources and back.
//!
//! A [`Marker`] is what the text says; the [`Registry`] knows what it means. Reading never asks the
//! registry, so text can be shown before its sources are known, and a marker that resolves to
//! nothing is still there to be shown.

mod field;
mod marker;
pub(crate) mod numbers;
mod registry;
pub(crate) mod scan;
pub(crate) mod tag;
mod url;
mod uses;

pub use field::{Field, Step};
pub use marker::{Form, Marker, Target};
pub use registry::{Registry, Resolved};
pub use uses::{Section, Use};
