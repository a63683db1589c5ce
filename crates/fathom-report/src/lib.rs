#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod block;
pub mod check;
pub mod citation;
pub mod export;
pub mod outline;
pub mod structured;
pub mod walk;
pub mod words;

mod read;

pub use block::{Address, Block, BlockKind, Inline, Pieces};
pub use citation::{Field, Form, Marker, Registry, Resolved, Section, Target, Use};
pub use outline::Outline;
pub use read::{Definition, Document};
