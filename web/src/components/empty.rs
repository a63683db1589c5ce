//! What to do about a question to which nothing was found.

use std::sync::Arc;

use fathom_core::Grade;
use leptos::prelude::*;

use crate::{
    hooks::{providers::provide_providers, runs::use_runs},
    state::{grade, run::RunState},
};

/// What to try next, where the report says that nothing was found.
#[component]
pub fn NothingFound(
    /// The run.
    #[prop(into)]
    run: Signal<Arc<RunState>>,
) -> impl IntoView {
    let is_empty = Memo::new(move |_| {
        run.with(|run| run.report.as_ref().and_then(|report| report.grade) == Some(Grade::Nothing))
    });
    view! {
        <Show when=move || is_empty.get()>
            <NextSteps run />
        </Show>
    }
}

#[component]
fn NextSteps(run: Signal<Arc<RunState>>) -> impl IntoView {
    let (providers, runs) = (provide_providers(), use_runs());
    let steps = move || {
        let places = grade::places(&providers.all(), |vendor| runs.has_key(vendor));
        let steps = run.with(|run| grade::next_steps(&run.task, &places));
        steps.into_iter().map(|step| view! { <li>{step}</li> }).collect_view()
    };
    let again = move || run.with(|run| format!("/?again={}", run.job.as_ref().unwrap_or(&run.id)));
    view! {
        <section class="next-steps" aria-labelledby="next-steps">
            <h2 id="next-steps">"What to try next"</h2>
            <ul>{steps}</ul>
            <a class="tool" href=again>"Change the question"</a>
        </section>
    }
}
