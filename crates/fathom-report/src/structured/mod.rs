//! A structured value as tables, each value with the path that its citations name.

mod sheet;

pub use sheet::{Column, Sheet, SheetCell, SheetRow, sheets};
