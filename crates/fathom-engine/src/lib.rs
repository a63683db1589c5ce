#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod fill;
pub mod index;
mod joined;
pub mod memory;
mod plan;
mod rank;
mod read;
mod research;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod text;
mod verify;
mod write;

pub use fill::{SchemaError, check_schema, fits};
pub use index::{Hit, Index, IndexError, Passage, Query, Size, Years, passages};
pub use joined::{Joined, Seen};
pub use memory::MemoryIndex;
pub use research::{Control, Earlier, EngineError, Highlight, evidence, highlights, research};
