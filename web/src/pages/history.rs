//! Every run, newest first.

use leptos::prelude::*;

use crate::{
    components::{run_line::RunLine, take_over::TakeOver},
    hooks::{
        clock::{offset_minutes, use_clock},
        providers::provide_providers,
        runs::{Runs, use_runs},
        title::use_title,
    },
    state::history::{Summary, by_day, filter},
};

/// A catalogue of runs with a search on top.
#[component]
pub fn HistoryPage() -> impl IntoView {
    let runs = use_runs();
    runs.refresh_list(None);
    use_title(|| "History".to_owned());
    let list = runs.list();
    let query = RwSignal::new(String::new());
    let found = Memo::new(move |_| list.with(|all| filter(all, &query.get())));
    let days = move || {
        let now = use_clock_day();
        by_day(found.get(), now, offset_minutes()).into_iter().map(day).collect_view()
    };
    let nothing = move || {
        found.with(Vec::is_empty).then(|| {
            let words = if list.with(Vec::is_empty) {
                "Nothing has been asked yet."
            } else {
                "No question matches."
            };
            view! { <p class="quiet">{words} " " <a href="/">"Ask a question"</a></p> }
        })
    };
    view! {
        <section class="catalogue">
            <h1>"History"</h1>
            <label class="search">
                <span>"Search"</span>
                <input
                    type="search"
                    placeholder="Words of a question"
                    prop:value=move || query.get()
                    on:input=move |event| query.set(event_target_value(&event))
                    on:change=move |_| look_further(runs, &query.get_untracked())
                />
            </label>
            {days}
            {nothing}
            <Show when=move || runs.has_more()>
                <button type="button" class="btn plain" on:click=move |_| runs.load_more()>"Show older"</button>
            </Show>
            <Elsewhere />
        </section>
    }
}

/// Runs that were begun with another program, at a provider that keeps them.
#[component]
fn Elsewhere() -> impl IntoView {
    let providers = provide_providers();
    let keeps = Memo::new(move |_| {
        let all = providers.all().into_iter().filter(|info| !info.capabilities.immediate);
        all.map(|info| (info.id.into_owned(), info.name.into_owned())).collect::<Vec<_>>()
    });
    let chosen = RwSignal::new(None::<String>);
    let first = move || keeps.with(|keeps| keeps.first().map(|(id, _)| id.clone()));
    let provider = Memo::new(move |_| chosen.get().or_else(first).unwrap_or_default());
    let options = move || {
        let options =
            keeps.get().into_iter().map(|(id, name)| view! { <option value=id>{name}</option> });
        options.collect_view()
    };
    view! {
        <details class="more elsewhere">
            <summary>"Take over a run that was begun elsewhere"</summary>
            <label class="pick">
                "At "
                <select on:change=move |event| chosen.set(Some(event_target_value(&event)))>{options}</select>
            </label>
            <TakeOver provider />
        </details>
    }
}

/// Asks the program too: it may know of runs that are not listed here yet.
fn look_further(runs: Runs, query: &str) {
    let words = query.trim();
    if !words.is_empty() {
        runs.refresh_list(Some(words.to_owned()));
    }
}

/// The time, read once: a list that regroups itself each second would lose the reader's place.
fn use_clock_day() -> u64 {
    use_clock().get_untracked()
}

fn day((name, runs): (String, Vec<Summary>)) -> impl IntoView {
    let lines = runs.into_iter().map(|run| view! { <RunLine run /> }).collect_view();
    view! { <section class="day"><h2>{name}</h2><ul class="lines">{lines}</ul></section> }
}
