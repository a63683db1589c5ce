//! The protocols of deep-research APIs without any I/O.
//!
//! Nothing here reads a clock, a file, a socket, the environment or a random source: requests are
//! built, replies are read, and time enters as elapsed durations. That is why the same code serves
//! the browser, edge runtimes and the native program.
//!
//! Reading order: [`task`] is what a person asks, [`event`] what happens meanwhile, [`report`] what
//! comes out, [`document`] what the evidence points into.

#![forbid(unsafe_code)]

pub mod document;
pub mod event;
pub mod report;
pub mod source;
pub mod task;

pub use document::{Block, BlockKind, StoredDocument};
pub use event::{Event, Record};
pub use report::{Citation, Confidence, Report, Span, Warning, WarningKind};
pub use source::{Evidence, Source};
pub use task::{Effort, Status, Task};
