//! The head of a run: what was asked, where, when, and what came of it.

use std::sync::Arc;

use fathom_core::{ErrorKind, Status, provider::Key, providers};
use leptos::prelude::*;

use super::grade::GradeBadge;
use crate::{
    hooks::clock::{offset_minutes, use_clock},
    state::{
        date, filter, format, provider_name,
        run::{Phase, RunState},
    },
};

/// After how long without an event the silence is mentioned, in milliseconds.
const QUIET_MS: u64 = 10_000;

/// The question and the facts of its run.
#[component]
pub fn Facts(
    /// The run.
    #[prop(into)]
    run: Signal<Arc<RunState>>,
) -> impl IntoView {
    let now = use_clock();
    let question = Memo::new(move |_| run.with(|run| run.task.question.clone()));
    let place = Memo::new(move |_| run.with(|run| provider_name(&run.provider)));
    let effort = Memo::new(move |_| {
        run.with(|run| {
            run.task.level.clone().unwrap_or_else(|| run.task.effort.as_str().to_owned())
        })
    });
    let asked = Memo::new(move |_| {
        run.with(|run| date::words(date::day(run.created_ms, offset_minutes())))
    });
    let state = move || run.with(|run| state(run, now.get()));
    let cost = move || run.with(|run| cost(run)).map(|words| view! { <span>{words}</span> });
    let sources = move || run.with(|run| sources(run));
    let filter = Memo::new(move |_| run.with(|run| filter::words(&run.task)));
    let filter = move || filter.get().map(|words| view! { <span dir="auto">{words}</span> });
    let grade = move || run.with(|run| badge(run));
    let trouble =
        move || run.with(|run| run.trouble.as_ref().map(|trouble| trouble.message.clone()));
    view! {
        <h1 dir="auto">{move || question.get()}</h1>
        <div class="facts num">
            {grade}
            <span><b>{move || place.get()}</b> ", " {move || effort.get()}</span>
            <span>{move || asked.get()} ", " {state}</span>
            {filter}
            {sources}
            {cost}
        </div>
        {move || trouble().map(|words| view! { <p class="trouble">{words}</p> })}
        {move || run.with(|run| ended_badly(run)).map(|words| view! { <p class="outcome">{words}</p> })}
    }
}

/// Whether the report answers, where it says so.
pub fn badge(run: &RunState) -> Option<impl IntoView + use<>> {
    let report = run.report.as_ref()?;
    let (grade, confidence) = (report.grade?, report.confidence);
    Some(view! { <GradeBadge grade confidence /> })
}

/// What it cost, where the provider says so; a provider that takes no key takes no money.
pub fn cost(run: &RunState) -> Option<String> {
    let known = run.report.as_ref().and_then(|report| report.cost.clone()).or(run.cost.clone());
    match known {
        Some(cost) if cost.refunded => {
            Some([&format::money(cost.amount, &cost.unit), " given back"].concat())
        }
        Some(cost) if cost.amount > 0.0 => Some(format::money(cost.amount, &cost.unit)),
        _ => run.report.as_ref().filter(|_| is_free(&run.provider)).map(|_| "no cost".to_owned()),
    }
}

fn is_free(provider: &str) -> bool {
    providers::find(provider).is_some_and(|known| known.info().key == Key::NotNeeded)
}

/// What the run is doing, or how long it took.
fn state(run: &RunState, now: u64) -> AnyView {
    let since = |end: u64| format::duration(end.saturating_sub(run.created_ms));
    match run.phase {
        Phase::Ended(Status::Completed) => view! { <b>{run.finished_ms.map(since)}</b> }.into_any(),
        Phase::Ended(Status::Cancelled) => "stopped".into_any(),
        Phase::Ended(_) => "failed".into_any(),
        Phase::SubmitUnknown => "not known to have begun".into_any(),
        phase => {
            let words = match phase {
                Phase::Unsent => "sending",
                Phase::Queued => "waiting for its turn",
                Phase::Cancelling => "stopping",
                _ => "running",
            };
            let quiet = run
                .last_event_ms
                .map(|last| now.saturating_sub(last))
                .filter(|quiet| *quiet >= QUIET_MS);
            let quiet = quiet.map(|quiet| format!(", nothing new for {}", format::duration(quiet)));
            view! { {words} " " <b>{format::clock(now.saturating_sub(run.created_ms))}</b> {quiet} }
                .into_any()
        }
    }
}

/// How many sources there are, once there is one.
fn sources(run: &RunState) -> Option<AnyView> {
    let counts = run.counts();
    if run.report.is_none() {
        return (counts.sources_found > 0).then(|| {
            view! { <span><b>{format::number(u64::from(counts.sources_found))}</b> " sources so far"</span> }.into_any()
        });
    }
    let cited = format::number(u64::from(counts.sources_cited));
    let read = format::number(u64::from(counts.documents_read));
    let word = if counts.sources_cited == 1 { " source cited, " } else { " sources cited, " };
    Some(view! { <span><b>{cited}</b> {word} <b>{read}</b> " read"</span> }.into_any())
}

/// What to say of a run that gave no complete report.
fn ended_badly(run: &RunState) -> Option<String> {
    match run.phase {
        Phase::Ended(Status::Cancelled) if run.report.is_some() => Some(
            "Stopped before it was complete. What had been found until then is below.".to_owned(),
        ),
        Phase::Ended(Status::Cancelled) => Some("Stopped before anything was found.".to_owned()),
        Phase::Ended(Status::Failed) => {
            let error = run.error.as_ref();
            let why = error.map_or_else(String::new, |error| format::sentence(error.message()));
            let was_refused = error.is_some_and(|error| error.kind() == ErrorKind::InvalidTask);
            let what = if was_refused { "The task was not accepted." } else { "The run failed." };
            Some([what, " ", &why].concat())
        }
        Phase::SubmitUnknown => {
            let place = provider_name(&run.provider);
            Some(
                [
                    "The connection dropped after the question was sent. ",
                    &place,
                    " may have begun; asking again could be billed twice.",
                ]
                .concat(),
            )
        }
        _ => None,
    }
}
