use std::sync::Arc;

use fathom_core::{Outcome, Record, Report, Source, Task, event::FacetOrigin};

use super::*;

fn run(events: Vec<Event>) -> RunState {
    let mut run = RunState::new("ours".to_owned(), "local".to_owned(), Task::default(), 1_000);
    for (id, event) in (1..).zip(events) {
        run.apply(Record { id, at_ms: id * 100, event });
    }
    run
}

fn search(query: &str, passages: u32) -> [Event; 2] {
    let query = query.to_owned();
    let started = Event::SearchStarted { query: query.clone() };
    [started, Event::SearchEnded { query, passages, new: passages }]
}

fn whole() -> Vec<Event> {
    let facet = Facet { title: "Exports".to_owned(), origin: FacetOrigin::Question };
    let mut events = vec![
        Event::RunSubmitted { job: "job".to_owned() },
        Event::IndexAwaited { indexed: 3, total: 494 },
        Event::IndexAwaited { indexed: 41, total: 494 },
        Event::RunStarted,
        Event::PlanMade { facets: vec![facet.clone(), facet.clone(), facet], queries: 11 },
    ];
    events.extend(search("one", 200));
    events.push(Event::SourceFound { source: Source::default() });
    events.extend(search("two", 14));
    events.extend([
        Event::ReadEnded { documents: 31, sentences: 912 },
        Event::SelectEnded { kept: 1, merged: 2 },
        Event::OutlineMade { sections: vec!["Exports".to_owned()] },
        Event::TextDelta { text: "## Exp".to_owned() },
        Event::TextDelta { text: "orts\n\nOil. [1]".to_owned() },
        Event::CheckEnded { checked: 24, dropped: 0 },
    ]);
    events
}

#[test]
fn a_run_reads_as_steps_with_true_counts() {
    let mut run = run(whole());
    run.end(
        Outcome::Completed(Report { sources: vec![Source::default()], ..Report::default() }),
        4_200,
    );
    let lines: Vec<String> =
        timeline(&run).iter().map(|entry| [&entry.title, "|", &entry.detail].concat()).collect();
    assert_eq!(
        lines,
        [
            "Question sent|",
            "Waiting for the library|41 of 494 documents read",
            "Planned|3 parts, 11 phrasings",
            "Searched 2 phrasings|214 passages",
            "Read 31 documents|912 sentences",
            "Selected|1 sentence, 2 repeated",
            "Outlined|1 section",
            "Wrote “Exports”|",
            "Checked 24 quotes|all found",
            "Done|1 source",
        ]
    );
    assert_eq!(headline(&run), "Done: 1 source in 3.2 s.");
}

#[test]
fn only_the_last_step_of_a_living_run_is_under_way() {
    let mut events = whole();
    while !events.is_empty() {
        let run = run(events.clone());
        let entries = timeline(&run);
        assert_eq!(entries.iter().filter(|entry| entry.now).count(), 1);
        assert!(entries.last().is_some_and(|entry| entry.now));
        assert!(entries.is_sorted_by_key(|entry| entry.at_ms));
        assert!(headline(&run).ends_with('.'));
        events.pop();
    }
}

#[test]
fn the_headline_names_what_stands_in_the_way() {
    let mut run = run(vec![Event::RunStarted]);
    let error = fathom_core::Error::new(fathom_core::ErrorKind::Unreachable, "The server is down.");
    run.troubled(&error, std::time::Duration::from_secs(1));
    assert!(headline(&run).starts_with("The connection is gone."));
    assert_eq!(word(&run), Some("Reconnecting"));
    run.end(Outcome::Failed(error), 2_000);
    assert_eq!(headline(&run), "Failed: The server is down.");
    run.report = Some(Arc::new(Report::default()));
    assert_eq!(timeline(&run).last().map(|entry| entry.title.as_str()), Some("Failed"));
}

#[test]
fn a_provider_that_tells_its_own_steps_is_quoted() {
    let title = "looking through registers".to_owned();
    let counts = |count| vec![Count { what: "sources".to_owned(), count }];
    let events = vec![
        Event::RunStarted,
        Event::StepStarted { title: title.clone() },
        Event::StepEnded { title },
        Event::ProgressMade { counts: counts(3) },
        Event::ProgressMade { counts: counts(1_200) },
        Event::NoteMade { text: "First line.\nSecond line.".to_owned() },
    ];
    let told = timeline(&run(events));
    let told: Vec<_> =
        told.iter().map(|entry| (entry.title.as_str(), entry.detail.as_str())).collect();
    assert_eq!(
        told,
        [
            ("Question sent", ""),
            ("Looking through registers.", ""),
            ("Counted", "1,200 sources"),
            ("Said", "First line."),
        ]
    );
}
