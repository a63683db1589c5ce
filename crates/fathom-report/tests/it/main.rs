//! Everything that is promised about reading a report, natively and in wasm.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "what is not as it should be fails the test"
)]

// Many rounds: these prove the same on one target as on two.
#[cfg(not(target_family = "wasm"))]
mod changing;
mod checking;
mod citations;
mod dump;
#[cfg(not(target_family = "wasm"))]
mod hostile;
#[cfg(not(target_family = "wasm"))]
mod laws;
mod peer;
mod random;
mod reading;
mod safety;
mod taking;
