//! A run as one line of a list.

use leptos::prelude::*;

use super::grade::GradeBadge;
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
    let became = run.became().map(|became| [&became, ", "].concat());
    let grade = run.grade.filter(|_| !run.is_unclear);
    let badge = grade.map(|grade| view! { <GradeBadge grade short=true /> ", " });
    let Summary { id, question, effort, provider, created_ms, status, is_unclear, .. } = run;
    let state = if is_unclear { "unclear" } else { status.as_str() };
    view! {
        <li class="line">
            <a class="q" href=format!("/runs/{id}") dir="auto">{question}</a>
            <span>{provider} " · " {effort.as_str()}</span>
            <span class="num" data-status=state>{badge} {became} {move || format::ago(created_ms, now.get())}</span>
        </li>
    }
}
