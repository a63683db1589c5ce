//! Where state meets the network, the browser and signals.

pub mod ask;
pub mod clock;
pub mod documents;
pub mod download;
pub mod keys;
pub mod library;
pub mod providers;
pub mod runs;
pub mod theme;
pub mod title;
pub mod vendor_keys;
