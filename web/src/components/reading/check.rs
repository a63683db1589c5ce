//! Checking quotes against the stored documents, and what came of it.

use std::collections::BTreeMap;

use fathom_core::{Evidence, Span};
use fathom_report::check::{Check, find};
use leptos::{prelude::*, task};

use super::{
    desk::Desk,
    go,
    library::Library,
    support::{self, Cited},
};

/// The checks that were made, by document and place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Checks(BTreeMap<(String, usize, usize), Check>);

impl Checks {
    /// What came of the check of a quote.
    pub(super) fn of(&self, evidence: &Evidence) -> Check {
        self.0.get(&key(evidence)).copied().unwrap_or(Check::NotChecked)
    }

    fn note(&mut self, evidence: &Evidence, check: Check) {
        self.0.insert(key(evidence), check);
    }
}

fn key(evidence: &Evidence) -> (String, usize, usize) {
    (evidence.document.clone(), evidence.start, evidence.end)
}

/// The class that gives the words of a check their shape.
pub(super) const fn class(check: Check) -> &'static str {
    match check {
        Check::Found { .. } | Check::FoundElsewhere { .. } | Check::FoundAlike { .. } => {
            "verdict found"
        }
        Check::NotFound => "verdict not-found",
        Check::Unreachable | Check::NotChecked => "verdict unknown",
    }
}

/// A check as a sentence.
pub(super) fn sentence(check: Check) -> String {
    let words = check.words();
    let mut letters = words.chars();
    let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let place = if check.span().is_some() { " in the stored document" } else { "" };
    format!("{capital}{}{place}.", letters.as_str())
}

/// Looks a quote up in its document.
async fn look(library: Library, evidence: &Evidence) -> Check {
    match library.document(&evidence.document).await {
        Ok(document) => {
            let expected = Span { start: evidence.start, end: evidence.end };
            find(&document.text, &evidence.quote, Some(expected))
        }
        Err(_) => Check::Unreachable,
    }
}

/// Checks quotes that were not checked before, one after the other.
pub(super) fn look_up(desk: Desk, library: Library, evidence: Vec<Evidence>) {
    task::spawn_local(async move {
        for evidence in evidence {
            if desk.checks.try_with_untracked(|checks| checks.of(&evidence))
                != Some(Check::NotChecked)
            {
                continue;
            }
            let check = look(library, &evidence).await;
            if desk.checks.try_update(|checks| checks.note(&evidence, check)).is_none() {
                return;
            }
        }
    });
}

/// A claim that did not hold.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Problem {
    node: String,
    words: String,
}

/// The tool "Check evidence" with its result: a sentence, and the list of problems alone.
#[component]
pub(super) fn CheckTool(library: Library) -> impl IntoView {
    let desk = Desk::of_view();
    let asked = RwSignal::new(false);
    let all = Memo::new(move |_| {
        desk.report()
            .map(|report| {
                support::all_evidence(&report)
                    .map(|(place, evidence)| (place, evidence.clone()))
                    .collect::<Vec<_>>()
            })
            .unwrap_or_default()
    });
    let start = move |_| {
        asked.set(true);
        look_up(
            desk,
            library,
            all.with_untracked(|all| all.iter().map(|(_, evidence)| evidence.clone()).collect()),
        );
    };
    let shown = move || match asked.get() {
        true => problems(desk, &all.get()),
        false => Vec::new(),
    };
    view! {
        <Show when=move || desk.state.with(|state| state.report().is_some())>
            <div class="check">
                <button class="tool" type="button" on:click=start>"Check evidence"</button>
                <p role="status">{move || asked.get().then(|| tally(desk, &all.get()))}</p>
                <ul class="problems">
                    <For
                        each=shown
                        key=Clone::clone
                        children=|problem| {
                            let node = problem.node.clone();
                            view! { <li><a href=format!("#{}", problem.node) on:click=move |event| {
                                event.prevent_default();
                                go::to(&node);
                            }>{problem.words}</a></li> }
                        }
                    />
                </ul>
            </div>
        </Show>
    }
}

/// "24 of 24 quotes found", while checking and after.
fn tally(desk: Desk, all: &[(Cited, Evidence)]) -> String {
    let checks: Vec<_> =
        desk.checks.with(|checks| all.iter().map(|(_, evidence)| checks.of(evidence)).collect());
    let count = |fits: fn(Check) -> bool| checks.iter().filter(|check| fits(**check)).count();
    let mut words =
        format!("{} of {} quotes found", count(|check| check.span().is_some()), all.len());
    for (number, name) in [
        (count(|check| check == Check::NotFound), "not found"),
        (count(|check| check == Check::Unreachable), "without a document to look into"),
        (count(|check| check == Check::NotChecked), "waiting"),
    ] {
        if number > 0 {
            words.push_str(&format!(", {number} {name}"));
        }
    }
    match desk.registry().unresolved().count() {
        0 => words + ".",
        1 => words + "; 1 reference has no source.",
        number => format!("{words}; {number} references have no source."),
    }
}

fn problems(desk: Desk, all: &[(Cited, Evidence)]) -> Vec<Problem> {
    let registry = desk.registry();
    let failed = all.iter().filter_map(|(place, evidence)| {
        let check = desk.checks.with(|checks| checks.of(evidence));
        let quote: String = evidence.quote.chars().take(80).collect();
        let words = format!("{} “{quote}”", sentence(check));
        check.is_problem().then_some(())?;
        Some(Problem { node: desk.node_of(place)?, words })
    });
    let lost = registry.unresolved().map(|place| Problem {
        node: format!("cite-none-{}", place.span.start),
        words: format!("The reference {} has no source.", place.raw),
    });
    failed.chain(lost).collect()
}
