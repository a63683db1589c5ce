//! Labelled values: finding one, and filling a JSON Schema from them.

mod field;
mod kind;
mod lookup;
mod schema;
mod schema_check;
mod verify;

pub(crate) use field::{FieldSpec, Shape, Value};
pub(crate) use lookup::{Found, cell, judge, lookup};
pub(crate) use schema::{Filled, Row, fill};
pub use schema_check::{SchemaError, check_schema, fits};
pub(crate) use verify::verify as verify_fields;
