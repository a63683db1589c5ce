//! Extruct.

pub mod wire;
