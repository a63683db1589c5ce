//! Tavily.

pub mod wire;
