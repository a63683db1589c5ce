//! Everything about fathom-core that needs more than one module, natively and in WebAssembly.
//!
//! The same tests run in both places; each file swaps the attribute.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise"
)]

mod call;
mod conformance;
mod drafts;
mod driving;
mod exa;
mod fake;
mod gateway;
mod json;
mod mangled;
mod player;
mod random;
mod readers;
mod run;
mod server;
mod wire;
