//! One question, asked at several places at once.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::{
    components::facts::{badge, cost},
    hooks::{
        runs::{Opened, use_runs},
        title::use_title,
    },
    state::{provider_name, timeline::headline},
};

/// The runs that the address names. Each goes its own way: one that fails leaves the others whole.
#[component]
pub fn TogetherPage() -> impl IntoView {
    let params = use_params_map();
    let ids = Memo::new(move |_| {
        let ids = params.with(|params| params.get("ids").unwrap_or_default());
        ids.split('+').filter(|id| !id.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    });
    use_title(|| "Asked together".to_owned());
    let runs = use_runs();
    let question = Memo::new(move |_| {
        let first = ids.with(|ids| ids.first().map(|id| runs.open(id)))?;
        match first.get() {
            Opened::Run(run) => Some(run.task.question.clone()),
            _ => None,
        }
    });
    let lines = move || ids.get().into_iter().map(|id| view! { <OneRun id /> }).collect_view();
    view! {
        <section class="catalogue together">
            <h1 dir="auto">{move || question.get()}</h1>
            <ul class="lines">{lines}</ul>
        </section>
    }
}

#[component]
fn OneRun(id: String) -> impl IntoView {
    let runs = use_runs();
    let address = ["/runs/", &id].concat();
    let opened = Memo::new(move |_| runs.open(&id).get());
    let name = Memo::new(move |_| match opened.get() {
        Opened::Run(run) => provider_name(&run.provider),
        Opened::Loading => "Opening".to_owned(),
        Opened::Missing(_) => "Not found".to_owned(),
    });
    let state = Memo::new(move |_| match opened.get() {
        Opened::Run(run) => headline(&run),
        Opened::Loading => String::new(),
        Opened::Missing(words) => words,
    });
    let status = Memo::new(move |_| match opened.get() {
        Opened::Run(run) => run.status().as_str(),
        _ => "",
    });
    let price = Memo::new(move |_| match opened.get() {
        Opened::Run(run) => cost(&run).unwrap_or_default(),
        _ => String::new(),
    });
    let grade = move || match opened.get() {
        Opened::Run(run) => badge(&run).map(|badge| view! { {badge} " · " }),
        _ => None,
    };
    view! {
        <li class="line">
            <a class="q" href=address>{move || name.get()}</a>
            <span role="status">{grade} {move || state.get()}</span>
            <span class="num" data-status=move || status.get()>{move || price.get()}</span>
        </li>
    }
}
