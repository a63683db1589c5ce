//! Intents, written down before anything is sent.
//!
//! A page can be killed at any moment. What stands here before the request leaves is submitted
//! again by the next page under the same token, so that nothing is lost and nothing doubled. Local
//! storage is the one place that a page can write to without waiting.

use leptos::prelude::window;
use web_sys::Storage;

use crate::state::saved::Intent;

/// One entry for each intent, so that tabs cannot overwrite each other's.
const PREFIX: &str = "fathom.intent.";

/// The journal could not be written: it is switched off or full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unwritten;

/// Writes an intent down. When this returns, it will survive the page.
///
/// # Errors
/// When the browser keeps nothing, or has no room left.
pub fn note(intent: &Intent) -> Result<(), Unwritten> {
    let text = serde_json::to_string(intent).map_err(|_| Unwritten)?;
    storage().ok_or(Unwritten)?.set_item(&key(&intent.id), &text).map_err(|_| Unwritten)
}

/// Removes an intent that is kept elsewhere by now.
pub fn forget(id: &str) {
    if let Some(storage) = storage() {
        // An entry that stays is submitted again under its token, which changes nothing.
        let _ = storage.remove_item(&key(id));
    }
}

/// Everything that has been written down and not been forgotten.
pub fn all() -> Vec<Intent> {
    let Some(storage) = storage() else { return Vec::new() };
    let length = storage.length().unwrap_or(0);
    let keys = (0..length).filter_map(|at| storage.key(at).ok().flatten());
    keys.filter(|key| key.starts_with(PREFIX))
        .filter_map(|key| storage.get_item(&key).ok().flatten())
        .filter_map(|text| serde_json::from_str(&text).ok())
        .collect()
}

fn key(id: &str) -> String {
    [PREFIX, id].concat()
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
