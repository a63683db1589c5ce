//! A run as one line of a list.

use leptos::prelude::*;

use crate::{
    hooks::clock::use_clock,
    state::{format, grade, history::Summary},
};

/// The question, where and how deep it was asked, and what became of it.
#[component]
pub fn RunLine(
    /// The run.
    run: Summary,
) -> impl IntoView {
    let now = use_clock();
    let became = run.became().map(|became| [&became, ", "].concat());
    let graded = run.grade.filter(|_| !run.is_unclear);
    let graded = graded.map(|graded| [grade::short(graded), ", "].concat());
    let Summary { id, question, effort, provider, created_ms, status, is_unclear, .. } = run;
    let state = if is_unclear { "unclear" } else { status.as_str() };
    view! {
        <li class="line">
            <a class="q" href=format!("/runs/{id}") dir="auto">{question}</a>
            <span>{provider} " · " {effort.as_str()}</span>
            <span class="num" data-status=state>{graded} {became} {move || format::ago(created_ms, now.get())}</span>
        </li>
    }
}
