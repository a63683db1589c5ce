//! The page where a question is asked.

use fathom_core::Task;
use leptos::{html, prelude::*};
use leptos_router::hooks::{use_navigate, use_query_map};

use crate::{
    components::{
        ask::{Examples, Form, Writing},
        run_line::RunLine,
    },
    hooks::{
        library::provide_library,
        providers::provide_providers,
        runs::{Opened, Runs, use_runs},
        title::use_title,
    },
    pages::later::fetch_ahead,
    state::{ask::Draft, history::Summary},
};

/// How many runs are listed below the question.
const RECENT: usize = 5;

/// One large field, how deep to go, and what was asked before.
#[component]
pub fn AskPage() -> impl IntoView {
    use_title(|| "Ask".to_owned());
    let runs = use_runs();
    provide_library();
    let providers = provide_providers();
    let writing = Writing::new(runs);
    provide_context(writing);
    take_over(writing, runs);
    // A gateway alone has no library, so somebody else is asked there.
    let asked = Memo::new(move |_| writing.draft.with(Draft::asked));
    Effect::new(move |_| {
        asked.track();
        let offered = providers.all();
        writing.draft.maybe_update(|draft| draft.keep_offered(&offered));
    });
    let field = NodeRef::<html::Textarea>::new();
    let focus = move || {
        if let Some(field) = field.get_untracked() {
            // A field that cannot take the focus can still be pressed.
            let _ = field.focus();
        }
    };
    // A page that has just come is the one moment at which focus may be given.
    Effect::new(move |_| {
        field.track();
        focus();
    });
    // Whoever begins to write will read a report soon.
    Effect::new(move |_| {
        if writing.draft.with(|draft| !draft.question.is_empty()) {
            fetch_ahead();
        }
    });
    let navigate = use_navigate();
    let send = Callback::new(move |task: Task| {
        let asked = writing.draft.with_untracked(|draft| draft.asked());
        let ids: Vec<String> = asked.iter().map(|id| runs.start(id, task.clone())).collect();
        let place = if ids.len() == 1 { "/runs/" } else { "/together/" };
        navigate(&[place, &ids.join("+")].concat(), Default::default());
    });
    view! {
        <section class="ask">
            <h1>"What do you need to know?"</h1>
            <Form question=field send />
            <Examples taken=Callback::new(move |()| focus()) />
        </section>
        <Recent />
    }
}

/// Takes over what the address names: a run to go on from, or one to ask again.
fn take_over(writing: Writing, runs: Runs) {
    let query = use_query_map();
    let follow = Memo::new(move |_| query.with(|query| query.get("follow")));
    let again = Memo::new(move |_| query.with(|query| query.get("again")));
    Effect::new(move |_| {
        if let Some(id) = follow.get() {
            writing.draft.update(|draft| draft.follow_up_of = Some(id));
        }
    });
    let asked = Memo::new(move |_| match runs.open(&again.get()?).get() {
        Opened::Run(run) => Some(run.task.clone()),
        _ => None,
    });
    Effect::new(move |_| {
        if let Some(task) = asked.get() {
            writing.ask_again(&task);
        }
    });
}

/// The newest runs.
#[component]
fn Recent() -> impl IntoView {
    let runs = use_runs();
    runs.refresh_list(None);
    let list = runs.list();
    let newest = Memo::new(move |_| {
        list.with(|all| all.iter().take(RECENT).cloned().collect::<Vec<Summary>>())
    });
    move || {
        let newest = newest.get();
        (!newest.is_empty()).then(|| {
            let lines = newest.into_iter().map(|run| view! { <RunLine run /> }).collect_view();
            view! { <section class="recent"><h2>"Recent"</h2><ul class="lines">{lines}</ul></section> }
        })
    }
}
