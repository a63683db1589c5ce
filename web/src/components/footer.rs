//! The quiet line at the end of every page.

use leptos::prelude::*;

use crate::hooks::theme::{Theme, use_theme};

/// The look of the app, and the keys it knows.
#[component]
pub fn Footer() -> impl IntoView {
    let theme = use_theme();
    let choose = move |event: web_sys::Event| {
        if let Some(chosen) = Theme::named(&event_target_value(&event)) {
            theme.set(chosen);
        }
    };
    let options = Theme::ALL.into_iter().map(|this| {
        let words = if this == Theme::System { "as the system" } else { this.as_str() };
        view! { <option value=this.as_str() selected=move || theme.get() == this>{words}</option> }
    });
    view! {
        <footer class="foot">
            <label>"Look: " <select on:change=choose>{options.collect_view()}</select></label>
            <span class="keys"><kbd>"Ctrl"</kbd>" + "<kbd>"Enter"</kbd>" asks, "<kbd>"/"</kbd>" goes to the question"</span>
        </footer>
    }
}
