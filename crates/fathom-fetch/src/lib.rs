//! The transport of `fathom-core` for browsers and edge runtimes.
//!
//! [`Fetch`] sends requests with the host's `fetch`, or with a function that stands in for it, and
//! sleeps with `setTimeout`. Everything that comes from JavaScript is taken with care, because in
//! this place a careless cast ends the whole module or leaves a promise that never settles:
//! rejections need not be errors, a response need not be of this realm, and any property may throw.
//! All of it becomes a [`TransportError`](fathom_core::run::TransportError).
//!
//! Dropping a future of [`Fetch`] or a [`FetchBody`] aborts the request.

#![forbid(unsafe_code)]

mod abort;
mod body;
mod fetch;
mod value;

pub use body::FetchBody;
pub use fetch::Fetch;
