//! The form in which a question is asked.

mod depth;
mod examples;
mod field;
mod form;
mod more;
mod place;
mod shape;
mod writing;

pub use depth::Depth;
pub use examples::Examples;
pub use form::Form;
pub use writing::Writing;
