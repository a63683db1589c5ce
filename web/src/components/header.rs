//! The bar at the top of every page.

use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_location};

/// The name and the ways to get around.
#[component]
pub fn Header() -> impl IntoView {
    let path = use_location().pathname;
    let here = move |to: &'static str| (path.get() == to).then_some("page");
    view! {
        <a class="skip" href="#main">"Skip to the text"</a>
        <header class="bar">
            <A href="/" attr:class="name">"Fathom"</A>
            <nav aria-label="Pages">
                <a href="/" aria-current=move || here("/")>"Ask"</a>
                <a href="/history" aria-current=move || here("/history")>"History"</a>
            </nav>
        </header>
    }
}
