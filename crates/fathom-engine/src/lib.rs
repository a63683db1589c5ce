#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod document;
pub mod extract;
pub mod index;
mod observer;
mod plan;
mod rank;
mod report;
mod research;
mod session;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod text;

pub use extract::{SchemaError, check_schema, fits};
pub use index::{
    Hit, Index, IndexError, MemoryIndex, Overlay, Passage, Query, Reweighted, Size, Years, passages,
};
pub use observer::Observer;
pub use plan::query;
pub use rank::Signals;
pub use research::{EngineError, Highlight, PreviousRun, highlights, research, signals};
