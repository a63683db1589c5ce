//! Exa.

pub mod wire;
