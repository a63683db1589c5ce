//! The title of the window.

use leptos::prelude::*;

/// Keeps the window's title; the name of the app follows.
pub fn use_title(title: impl Fn() -> String + Send + Sync + 'static) {
    let title = Memo::new(move |_| title());
    Effect::new(move |_| document().set_title(&format!("{} · Fathom", title.get())));
}
