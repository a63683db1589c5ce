//! The page for an address that leads nowhere.

use leptos::prelude::*;

/// Says so, and leads back.
#[component]
pub fn MissingPage() -> impl IntoView {
    view! {
        <section class="written">
            <h1>"There is no page here"</h1>
            <p>"The address may be mistyped, or the page may have moved. " <a href="/">"Ask a question"</a> " or look into the " <a href="/history">"history"</a> "."</p>
        </section>
    }
}
