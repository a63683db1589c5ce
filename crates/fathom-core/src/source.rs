//! Where a claim comes from.

use serde::Serialize;

use crate::json;

/// One entry of a report's registry of sources.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Source {
    /// The number this source has in its report, from 1 without gaps.
    pub id: u32,
    /// The name of the page or document.
    pub title: String,
    /// Where the public page is, when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The stored document behind this source, when the provider keeps one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// A short extract that says what the source is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snippet: Option<String>,
    /// The date the source gives for itself, as written there (ISO 8601 where known).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Who wrote it, as written there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
}

json::fields!(Source: needs id, title; may have url, document, snippet, date, author);

impl Source {
    /// Markers have four digits at most. Sources that a provider names before it numbers them get
    /// ids above this, so that no marker of a growing text finds the wrong one.
    pub const UNNUMBERED: u32 = 9_999;
}

/// Puts sources in the order of their ids, the first of each id alone.
pub(crate) fn arrange(sources: &mut Vec<Source>) {
    let keys =
        sources.iter().zip(0_u64..).map(|(source, place)| (u64::from(source.id) << 32) | place);
    let mut keys: Vec<u64> = keys.collect();
    sort(&mut keys);
    keys.dedup_by_key(|key| *key >> 32);
    let places = keys.iter().filter_map(|key| usize::try_from(*key & 0xffff_ffff).ok());
    *sources = places.filter_map(|place| sources.get_mut(place).map(std::mem::take)).collect();
}

/// The one sort of this crate: a general one is made anew for whatever it sorts, three kilobytes each.
pub(crate) fn sort(keys: &mut [u64]) {
    keys.sort_unstable();
}

/// A passage of a stored document that carries a claim.
///
/// For every evidence of the local engine `text[start..end] == quote`, in bytes of the document's
/// stored text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// The id of the stored document.
    pub document: String,
    /// The first byte of the passage in the document's text.
    pub start: usize,
    /// One past the last byte of the passage.
    pub end: usize,
    /// The passage itself, byte for byte.
    pub quote: String,
}

json::fields!(Evidence: needs document, start, end, quote);
