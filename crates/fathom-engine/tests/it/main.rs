//! The engine as others see it: tasks in, reports out, over indexes in memory.
#![expect(clippy::unwrap_used, reason = "a test may fail this way")]
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test may fail this way"
)]

mod hostile;
mod laws;
mod random;
mod reports;
mod schemas;
mod watch;
