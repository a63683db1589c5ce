//! Taking over a job that was begun elsewhere, by its id at the provider.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use crate::hooks::runs::use_runs;

/// A field for the id of a job.
#[component]
pub fn TakeOver(
    /// Who has the job.
    #[prop(into)]
    provider: Signal<String>,
) -> impl IntoView {
    let runs = use_runs();
    let navigate = use_navigate();
    let typed = RwSignal::new(String::new());
    let problem = RwSignal::new(String::new());
    let take = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match typed.with_untracked(|job| runs.adopt(&provider.get_untracked(), job)) {
            Ok(id) => navigate(&["/runs/", &id].concat(), Default::default()),
            Err(error) => problem.set(error.message().to_owned()),
        }
    };
    view! {
        <form class="take-over" on:submit=take>
            <label>
                "Its id there "
                <input
                    type="text"
                    name="job"
                    autocomplete="off"
                    spellcheck="false"
                    on:input=move |event| typed.set(event_target_value(&event))
                />
            </label>
            <button type="submit" class="tool">"Take it over"</button>
            <p class="problem" role="status">{move || problem.get()}</p>
        </form>
    }
}
