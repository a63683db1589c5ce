//! What can be done with a run: stop it, go on from it, take it along.

use std::sync::Arc;

use fathom_core::Status;
use fathom_report::export::{self, Bundle};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    hooks::{download, runs::use_runs},
    state::run::{Phase, RunState},
};

/// The tools below the head of a run.
#[component]
pub fn Tools(
    /// The run.
    #[prop(into)]
    run: Signal<Arc<RunState>>,
) -> impl IntoView {
    let runs = use_runs();
    let can_stop = Memo::new(move |_| {
        run.with(|run| matches!(run.phase, Phase::Unsent | Phase::Queued | Phase::Running))
    });
    let has_report = Memo::new(move |_| run.with(|run| run.report.is_some()));
    let stop = move |_| runs.cancel(&run.with_untracked(|run| run.id.clone()));
    let can_repeat = Memo::new(move |_| {
        run.with(|run| run.phase.is_final() && run.status() != Status::Completed)
    });
    let again = move || run.with(|run| format!("/?again={}", run.job.as_ref().unwrap_or(&run.id)));
    let further = move || run.with(|run| run.job.as_ref().map(|job| format!("/?follow={job}")));
    view! {
        <div class="tools">
            <Show when=move || can_stop.get()>
                <button type="button" class="tool" on:click=stop>"Stop and keep what is there"</button>
                <a class="tool" href="/">"Leave it running"</a>
            </Show>
            <Show when=move || can_repeat.get()>
                <a class="tool" href=again>"Ask again"</a>
            </Show>
            <Show when=move || has_report.get()>
                <a class="tool" href=further>"Ask further"</a>
                <Export run />
            </Show>
        </div>
    }
}

/// The report as a file, with its citations.
#[component]
fn Export(run: Signal<Arc<RunState>>) -> impl IntoView {
    let copied = RwSignal::new("Copy");
    let text = move || run.with_untracked(|run| markdown(run));
    let report_refusal = move |taken: bool| {
        if !taken {
            copied.set("The browser refused the file; copy instead");
        }
    };
    let copy = move |_| {
        if let Some(text) = text() {
            spawn_local(async move {
                let words =
                    if download::copy(text).await { "Copied" } else { "Copying was refused" };
                copied.try_set(words);
            });
        }
    };
    let save_markdown = move |_| {
        if let Some(text) = text() {
            report_refusal(download::save("report.md", "text/markdown", &text));
        }
    };
    let save_json = move |_| {
        if let Some(text) = run.with_untracked(|run| json(run)) {
            report_refusal(download::save("report.json", "application/json", &text));
        }
    };
    let print = move |_| _ = window().print();
    let open = RwSignal::new(false);
    view! {
        <button type="button" class="tool" on:click=copy>{move || copied.get()}</button>
        <button
            type="button"
            class="tool"
            aria-expanded=move || open.get().to_string()
            on:click=move |_| open.update(|open| *open = !*open)
        >
            "Export"
        </button>
        <Show when=move || open.get()>
            <span class="kinds">
                <button type="button" class="tool" on:click=save_markdown>"Markdown"</button>
                <button type="button" class="tool" on:click=save_json>"JSON"</button>
                <button type="button" class="tool" on:click=print>"Print or PDF"</button>
            </span>
        </Show>
    }
}

fn markdown(run: &RunState) -> Option<String> {
    run.report.as_ref().map(|report| export::markdown(&run.task.question, report))
}

fn json(run: &RunState) -> Option<String> {
    let report = run.report.as_ref()?;
    Bundle::new(run.task.clone(), report.as_ref().clone()).to_json().ok()
}
