//! The providers, one folder for each vendor.
//!
//! A vendor adds a folder and two lines here; nothing outside this folder names one.

use crate::provider::{Provider, Vendor};

pub mod exa;
pub mod extruct;
pub mod local;
pub mod tavily;

/// Every provider, in the order in which they are offered.
pub static ROSTER: &[&dyn Provider] = &[
    &local::Local,
    &exa::agent::Agent,
    &exa::search::DeepSearch,
    &exa::answer::Answer,
    &exa::research_v1::ResearchV1,
    &exa::research_v0::ResearchV0,
    &tavily::Tavily,
    &extruct::Extruct,
];

/// Every vendor that is reached through a gateway.
pub static VENDORS: &[&Vendor] = &[&exa::VENDOR, &tavily::VENDOR, &extruct::VENDOR];

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
pub static FIXTURES: &[(&str, &[(&str, &str)])] = &[
    ("local", local::FIXTURES),
    ("exa-agent", exa::fixtures::AGENT),
    ("exa-deep-search", exa::fixtures::SEARCH),
    ("exa-answer", exa::fixtures::ANSWER),
    ("exa-research", exa::fixtures::RESEARCH_V1),
    ("exa-research-v0", exa::fixtures::RESEARCH_V0),
    ("tavily", tavily::FIXTURES),
    ("extruct", extruct::FIXTURES),
];
