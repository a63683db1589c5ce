//! Filling a JSON Schema from labelled values in the library.

mod check;
mod kind;
mod lookup;
mod schema;
mod verify;
mod want;

pub use check::{SchemaError, check_schema, fits};
pub(crate) use lookup::{Found, LOOK, cell, judge, lookup};
pub(crate) use schema::{Filled, Row, fill};
#[expect(unused_imports, reason = "called by the run once it checks its fields")]
pub(crate) use verify::verify;
pub(crate) use want::{Shape, Value, Want, Wanted, is_nothing};
