//! The page of a run: its timeline while it runs, its report when it is done.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map},
};

use crate::{
    components::{
        announcer::Announcer,
        empty::NothingFound,
        facts::Facts,
        reading::{Library, ReadingState, ReadingText, ReportView},
        sounding::Sounding,
        take_over::TakeOver,
        tools::Tools,
    },
    hooks::{
        runs::{Opened, use_runs},
        title::use_title,
    },
    state::{
        format,
        grade::told,
        run::{Phase, RunState},
        timeline::{Entry, timeline, word},
    },
};

/// The run that the address names, by our id or by the provider's.
#[component]
pub fn RunPage() -> impl IntoView {
    let runs = use_runs();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let opened = Memo::new(move |_| runs.open(&id.get()));
    let shown = Memo::new(move |_| match opened.get().get() {
        Opened::Loading => Shown::Loading,
        Opened::Missing(words) => Shown::Missing(words),
        Opened::Run(_) => Shown::Run,
    });
    let run = Memo::new(move |last: Option<&Arc<RunState>>| match opened.get().get() {
        Opened::Run(run) => run,
        _ => last.cloned().unwrap_or_default(),
    });
    settle_address(id, run);
    move || match shown.get() {
        Shown::Loading => {
            view! { <p class="written" role="status">"Opening the run."</p> }.into_any()
        }
        Shown::Missing(words) => missing(words).into_any(),
        Shown::Run => view! { <OpenRun run /> }.into_any(),
    }
}

#[derive(Clone, PartialEq)]
enum Shown {
    Loading,
    Missing(String),
    Run,
}

/// Once the provider has named the run, so does the address: it then works in other browsers too.
fn settle_address(id: Memo<String>, run: Memo<Arc<RunState>>) {
    let navigate = use_navigate();
    let job = Memo::new(move |_| run.with(|run| run.job.clone()));
    Effect::new(move |_| {
        if let Some(job) = job.get()
            && id.get_untracked() == run.with_untracked(|run| run.id.clone())
            && id.get_untracked() != job
        {
            let options =
                NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
            navigate(&format!("/runs/{job}"), options);
        }
    });
}

fn missing(words: String) -> impl IntoView {
    view! {
        <section class="written">
            <h1>"This run could not be opened"</h1>
            <p>{words} " " <a href="/history">"Look into the history"</a> " or " <a href="/">"ask again"</a> "."</p>
        </section>
    }
}

#[component]
fn OpenRun(run: Memo<Arc<RunState>>) -> impl IntoView {
    let signal: Signal<Arc<RunState>> = run.into();
    let reading = Memo::new(move |_| run.with(|run| reading(run)));
    let entries = Memo::new(move |_| run.with(|run| timeline(run)));
    let words = Memo::new(move |_| run.with(|run| told(run)));
    let failed = Memo::new(move |_| run.with(|run| run.error.is_some()));
    let ended = Memo::new(move |_| run.with(|run| run.has_ended()));
    use_title(move || {
        run.with(|run| match word(run) {
            Some(word) => [word, ": ", &run.task.question].concat(),
            None => run.task.question.clone(),
        })
    });
    let strip = move || {
        view! {
            <Show
                when=move || ended.get()
                fallback=move || view! { <Sounding entries /> }
            >
                <Folded run entries />
            </Show>
        }
    };
    let library = expect_context::<Library>();
    let head = move || view! { <Facts run=signal /><Tools run=signal /><Unclear run /> };
    let after = move || view! { <NothingFound run=signal /> };
    view! {
        <Announcer words urgent=failed />
        <ReportView state=reading library head strip after />
    }
}

/// What to do about a run of which nobody knows whether it began.
#[component]
fn Unclear(run: Memo<Arc<RunState>>) -> impl IntoView {
    let is_unclear = Memo::new(move |_| run.with(|run| run.phase == Phase::SubmitUnknown));
    let provider = Memo::new(move |_| run.with(|run| run.provider.clone()));
    view! {
        <Show when=move || is_unclear.get()>
            <div class="unclear">
                <p>"Look at the provider's own page. If the run is there, paste its id to follow it here:"</p>
                <TakeOver provider />
            </div>
        </Show>
    }
}

/// The timeline of a run that has ended, folded into one line; a run that never began has none.
#[component]
fn Folded(run: Memo<Arc<RunState>>, entries: Memo<Vec<Entry>>) -> impl IntoView {
    let has_begun = Memo::new(move |_| run.with(|run| !run.records.is_empty()));
    move || {
        has_begun.get().then(|| {
            view! {
                <details class="folded-line">
                    <summary>{run.with(|run| summary(run))}</summary>
                    <Sounding entries />
                </details>
            }
        })
    }
}

/// What the reading view shows of a run.
fn reading(run: &RunState) -> ReadingState {
    let text = match &run.report {
        Some(report) => ReadingText::Final(Arc::clone(report)),
        None => ReadingText::Growing { text: run.text.clone(), sources: run.sources.clone() },
    };
    ReadingState {
        run: run.job.clone().unwrap_or_else(|| run.id.clone()),
        question: run.task.question.clone(),
        schema: run.task.output_schema.clone().map(Arc::new),
        status: run.status(),
        text,
    }
}

/// The timeline in one line.
fn summary(run: &RunState) -> String {
    let counts = run.counts();
    format!(
        "{}, {}, {} read",
        format::count(u64::from(counts.searches), "phrasing", "phrasings"),
        format::count(u64::from(counts.passages), "passage", "passages"),
        format::count(u64::from(counts.documents_read), "document", "documents"),
    )
}
