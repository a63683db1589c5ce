//! The providers, one folder for each vendor.
//!
//! A vendor adds a folder and two lines here; nothing outside this folder names one.

use crate::provider::{Provider, Vendor};

pub mod exa;
pub mod extruct;
pub mod local;
pub mod tavily;

/// Every provider, in the order in which they are offered.
pub static ROSTER: &[&dyn Provider] = &[&local::Local, &tavily::Tavily, &extruct::Extruct];

/// Every vendor that is reached through a gateway.
pub static VENDORS: &[&Vendor] = &[&tavily::VENDOR, &extruct::VENDOR];

/// The provider of this id.
pub fn find(id: &str) -> Option<&'static dyn Provider> {
    ROSTER.iter().copied().find(|provider| provider.info().id == id)
}

/// The vendor of this id.
pub fn vendor(id: &str) -> Option<&'static Vendor> {
    VENDORS.iter().copied().find(|vendor| vendor.id == id)
}

/// The transcripts of every provider: its id, a name, and the text.
#[cfg(feature = "fixtures")]
pub static FIXTURES: &[(&str, &[(&str, &str)])] =
    &[("local", local::FIXTURES), ("tavily", tavily::FIXTURES), ("extruct", extruct::FIXTURES)];
