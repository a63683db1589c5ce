//! The program as its clients see it: in-process on a free port, or as the real binary.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop where it stands"
)]

mod access;
mod bad_files;
mod bad_requests;
mod citations;
mod command;
mod conformance;
mod events;
mod full_disk;
mod gateway;
mod kill;
mod live;
mod local;
mod openapi;
mod runs;
mod support;
