//! A run as one line of a list.

use fathom_core::Status;
use leptos::prelude::*;

use crate::{
    hooks::clock::use_clock,
    state::{format, history::Summary},
};

/// The question, where and how deep it was asked, and what became of it.
#[component]
pub fn RunLine(
    /// The run.
    run: Summary,
) -> impl IntoView {
    let now = use_clock();
    let Summary { id, question, effort, provider, created_ms, status, is_unclear, sources } = run;
    let became = match (status, sources) {
        _ if is_unclear => "not known whether it arrived".to_owned(),
        (Status::Completed, Some(0)) => "nothing found".to_owned(),
        (Status::Completed, Some(sources)) => format::count(sources, "source", "sources"),
        (Status::Completed, None) => "done".to_owned(),
        (Status::Cancelled, _) => "stopped".to_owned(),
        (other, _) => other.as_str().to_owned(),
    };
    let state = if is_unclear { "unclear" } else { status.as_str() };
    view! {
        <li class="line">
            <a class="q" href=format!("/runs/{id}") dir="auto">{question}</a>
            <span>{provider} " · " {effort.as_str()}</span>
            <span class="num" data-status=state>{became} ", " {move || format::ago(created_ms, now.get())}</span>
        </li>
    }
}
