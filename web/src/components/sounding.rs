//! The timeline of a run: a line that sinks from the question to the report.

use leptos::prelude::*;

use crate::state::timeline::Entry;

/// What has happened so far, oldest on top.
#[component]
pub fn Sounding(
    /// What happened.
    #[prop(into)]
    entries: Signal<Vec<Entry>>,
) -> impl IntoView {
    let lines = move || entries.get().into_iter().map(line).collect_view();
    view! { <nav class="progress" aria-label="Progress"><ol class="sound">{lines}</ol></nav> }
}

fn line(entry: Entry) -> impl IntoView {
    let Entry { title, detail, now, .. } = entry;
    view! {
        <li class:now=now aria-current=now.then_some("step")>
            <svg viewBox="0 0 12 12" aria-hidden="true">
                {if now { view! { <circle cx="6" cy="6" r="4.5" /> }.into_any() } else { view! { <path d="M1 6H11" /> }.into_any() }}
            </svg>
            <b>{title}</b>
            <span>{detail}</span>
        </li>
    }
}
