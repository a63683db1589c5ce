//! The bodies of Exa's endpoints, named as Exa names them, in both directions.
//!
//! They are what a server that speaks these protocols reads and writes. Lenient in: unknown fields
//! are ignored, and only what a thing cannot do without is required. Complete out: what the vendor's
//! own clients insist on is always written, also when it is null, empty or zero. Enumerations are
//! words, because the vendor adds to them without notice; the known ones are constants.
//!
//! Our own reading of replies does not go through these types: it walks the JSON, so that one field
//! of an unexpected kind never costs a report that was paid for, and the browser module stays small.

use serde::{Deserialize, Deserializer, Serialize};

pub mod agent;
pub mod answer;
pub mod contents;
pub mod failure;
pub mod research_v0;
pub mod research_v1;
pub mod search;

/// A page of a list, newest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Page<T> {
    /// Always `list` where there is one: the lists of agent runs and of their events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// Only in the list of research v0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// The entries.
    pub data: Vec<T>,
    /// Whether there are more.
    #[serde(default, deserialize_with = "nullable")]
    pub has_more: bool,
    /// Where the next page begins; written as null when there is none, because the Python client of
    /// research v1 refuses a page without it.
    #[serde(default)]
    pub next_cursor: Option<String>,
}

/// A field that may be switched on with defaults or with options of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Toggle<T> {
    /// `true` or `false`.
    Flag(bool),
    /// An object of options.
    With(T),
}

impl<T> Toggle<T> {
    /// Whether it is on.
    pub const fn is_on(&self) -> bool {
        !matches!(self, Self::Flag(false))
    }

    /// The options, where some were given.
    pub const fn options(&self) -> Option<&T> {
        match self {
            Self::With(options) => Some(options),
            Self::Flag(_) => None,
        }
    }
}

/// Reads null as nothing: some clients write fields that they do not set.
fn nullable<'de, T: Default + Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Option::<T>::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// Milliseconds since 1970, which some clients and servers write with a fraction.
mod millis {
    use serde::{Deserialize, Deserializer};

    pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
        // A cast from a float saturates; it never wraps.
        Option::<f64>::deserialize(deserializer).map(|ms| ms.unwrap_or_default() as u64)
    }

    pub(super) fn optional<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<u64>, D::Error> {
        Option::<f64>::deserialize(deserializer).map(|ms| ms.map(|ms| ms as u64))
    }
}

#[cfg(test)]
mod tests;
