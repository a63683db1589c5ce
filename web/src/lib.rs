//! The Fathom app: ask, watch, read, check the evidence.
//!
//! `state` decides and knows no browser; `components` show; `hooks` join the two with the network
//! and the browser; `storage` keeps what must survive; `pages` compose.

#![expect(unreachable_pub, reason = "the props that #[component] writes are always pub")]

pub mod app;
pub mod components;
pub mod hooks;
mod last_words;
pub mod pages;
pub mod state;
pub mod storage;

use leptos::{mount::mount_to_body, prelude::document};

/// Starts the app in the page around it.
pub fn start() {
    last_words::install();
    if let Some(opening) = document().get_element_by_id("opening") {
        opening.remove();
    }
    mount_to_body(app::App);
}
