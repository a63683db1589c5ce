//! The core as synchronous functions for JavaScript.
//!
//! Everything that crosses is text: settings and answers are JSON, bodies are bytes. Nothing here
//! fetches, waits or throws: JavaScript owns `fetch`, timers and the loop around them, and a refusal
//! comes back as `{"error": ...}` in the form of `/api/v1`, with the `status` that was answered
//! where there was one. So no promise can be lost in here, and a trap is an exception at a known
//! call (docs/decisions/0011).

#![forbid(unsafe_code)]

#[cfg(any(feature = "core", feature = "calls"))]
mod access;
#[cfg(feature = "core")]
mod ask;
#[cfg(feature = "calls")]
mod call;
#[cfg(feature = "calls")]
mod events;
#[cfg(feature = "calls")]
mod gateway;
#[cfg(any(feature = "core", feature = "calls"))]
mod heard;
#[cfg(feature = "core")]
mod machine;
#[cfg(feature = "report")]
mod report;
#[cfg(feature = "core")]
mod roster;
#[cfg(feature = "core")]
mod step;
#[cfg(any(feature = "core", feature = "calls"))]
mod wish;
mod write;

#[cfg(feature = "core")]
pub use ask::{ask, told};
#[cfg(feature = "calls")]
pub use call::{Call, mend};
#[cfg(feature = "calls")]
pub use events::Sse;
#[cfg(feature = "calls")]
pub use gateway::{
    gateway_answer, gateway_base, gateway_facts, gateway_forward, gateway_route, gateway_too_large,
};
#[cfg(feature = "core")]
pub use machine::Machine;
#[cfg(feature = "report")]
pub use report::{Reader, bundle, check_quote, markdown, read, read_bundle, resolve};
#[cfg(feature = "core")]
pub use roster::{check, providers};
