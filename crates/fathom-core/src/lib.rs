#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod call;
pub mod document;
pub mod drive;
pub mod error;
pub mod event;
#[cfg(feature = "fixtures")]
pub mod fixture;
pub mod gateway;
pub mod http;
mod index;
pub mod json;
mod labels;
pub mod links;
pub mod markers;
mod number;
mod pages;
pub mod provider;
pub mod providers;
pub mod report;
pub mod run;
pub mod schema;
pub mod secret;
pub mod source;
pub mod sse;
pub mod task;
pub mod text;

pub use document::{Block, BlockKind, StoredDocument};
pub use drive::{Body, Transport, ask, drive};
pub use error::{Error, ErrorKind};
pub use event::{Event, Record};
pub use labels::Labels;
pub use provider::{Access, Info, Job, Provider};
pub use report::{Citation, Confidence, Cost, CostPart, Grade, Report, Span, Warning, WarningKind};
pub use run::{Checkpoint, Notice, Outcome, Run, Start};
pub use secret::Secret;
pub use source::{Evidence, Source};
pub use task::{Budget, Effort, Status, Task};
