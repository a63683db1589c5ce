//! What the app knows, as plain data. Nothing here touches the browser.

pub mod ask;
pub mod columns;
pub mod date;
pub mod filter;
pub mod format;
pub mod grade;
pub mod history;
pub mod place;
pub mod run;
pub mod saved;
pub mod stored;
pub mod stroke;
pub mod timeline;

#[cfg(test)]
mod recovery;

/// The name of a provider, or its id where it is not known here.
pub fn provider_name(id: &str) -> String {
    fathom_core::providers::find(id)
        .map_or_else(|| id.to_owned(), |provider| provider.info().name.to_string())
}
