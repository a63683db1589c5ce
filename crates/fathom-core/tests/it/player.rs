//! Plays a transcript against a run, in order, without an executor.

use fathom_core::{
    Access, Checkpoint, Error, Notice, Outcome, Provider, Record, Run, Start, Status, Task,
    fixture::{Entry, Expected, Fixture},
    http::Request,
    run::{Input, Step},
};

/// The key that must not be shown anywhere.
pub(crate) const KEY: &str = "hunter2";

/// Cuts a body into pieces.
pub(crate) type Cut = fn(&[u8]) -> Vec<&[u8]>;

pub(crate) fn access() -> Access {
    Access::new("http://fathom.invalid", Some(KEY.into())).unwrap()
}

pub(crate) fn start() -> Start {
    Start { token: "token-1".to_owned(), seed: 7, now_ms: Some(1_000_000) }
}

pub(crate) fn new_run(provider: &'static dyn Provider, task: &Task) -> Run {
    Run::new(provider, access(), task.clone(), start()).unwrap()
}

/// What a run said while it was played.
#[derive(Default)]
pub(crate) struct Heard {
    pub(crate) events: Vec<Record>,
    pub(crate) checkpoints: Vec<Checkpoint>,
    pub(crate) statuses: Vec<Status>,
    pub(crate) words: Vec<String>,
    pub(crate) costs: Vec<f64>,
    pub(crate) troubles: Vec<Error>,
}

impl Heard {
    /// Hands out what there is to tell and returns what the run wants.
    pub(crate) fn next(&mut self, run: &mut Run) -> Step {
        loop {
            assert_no_secret(run);
            match run.step() {
                Step::Tell(Notice::Event(record)) => self.events.push(record),
                Step::Tell(Notice::Checkpoint(checkpoint)) => self.checkpoints.push(*checkpoint),
                Step::Tell(Notice::Trouble { error, .. }) => self.troubles.push(error),
                Step::Tell(Notice::Status(status)) => self.statuses.push(status),
                Step::Tell(Notice::Word(word)) => self.words.push(word),
                Step::Tell(Notice::Cost(cost)) => self.costs.push(cost.amount),
                Step::Tell(_) => {}
                step => {
                    assert!(!format!("{step:?}").contains(KEY));
                    return step;
                }
            }
        }
    }
}

fn assert_no_secret(run: &Run) {
    let shown = format!("{run:?}");
    assert!(!shown.contains(KEY), "{shown}");
}

/// Plays a whole transcript and checks all that it expects.
pub(crate) fn play(name: &str, provider: &'static dyn Provider, fixture: &Fixture, cut: Cut) {
    let mut run = new_run(provider, &fixture.task);
    let mut heard = Heard::default();
    let mut expected_events = Vec::new();
    for (index, entry) in fixture.entries.iter().enumerate() {
        let context = format!("{name}, entry {index}");
        let following = fixture.entries.get(index + 1);
        match entry {
            Entry::Request(expected) => {
                expect_request(heard.next(&mut run), expected, &context);
                expect_events(&heard, &expected_events, &context);
            }
            Entry::Reply(head, body) => {
                run.handle(Input::Head(head.clone()));
                // A run that has heard enough gives the reply up and ignores the rest.
                cut(body.as_bytes()).into_iter().for_each(|piece| run.handle(Input::Chunk(piece)));
                if !matches!(following, Some(Entry::Broken(_) | Entry::Cancel)) {
                    run.handle(Input::End);
                }
            }
            Entry::Broken(error) => run.handle(Input::Failed(error.clone())),
            Entry::Cancel => run.handle(Input::Cancel),
            Entry::Wait(least, most) => {
                let step = heard.next(&mut run);
                let Step::Wait(wait) = step else { panic!("{context}: {step:?}") };
                let millis = u64::try_from(wait.as_millis()).unwrap();
                assert!((*least..=*most).contains(&millis), "{context}: {millis}");
                run.handle(Input::Woke);
            }
            Entry::Event(record) => expected_events.push(record),
        }
    }
    let step = heard.next(&mut run);
    assert!(matches!(step, Step::Done), "{name}: {step:?}");
    expect_events(&heard, &expected_events, name);
    expect_end(name, fixture, run.finish());
}

fn expect_events(heard: &Heard, expected: &[&Record], context: &str) {
    assert_eq!(heard.events.iter().collect::<Vec<_>>(), expected, "{context}");
}

fn expect_request(step: Step, expected: &Expected, context: &str) {
    let Step::Send { request, .. } = step else { panic!("{context}: {step:?}") };
    assert_eq!(request.method.as_str(), expected.method, "{context}");
    assert_eq!(path(&request), expected.path, "{context}");
    for (name, value) in expected.headers.iter() {
        assert_eq!(request.headers.get(name), Some(value), "{context}: {name}");
    }
    if let Some(body) = &expected.body {
        let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        assert_eq!(json(request.body.as_deref().unwrap()), json(body), "{context}");
    }
    assert!(!request.url.contains(KEY), "{context}");
}

pub(crate) fn path(request: &Request) -> &str {
    request.url.strip_prefix("http://fathom.invalid").unwrap()
}

fn expect_end(name: &str, fixture: &Fixture, outcome: Outcome) {
    let (word, kind, report) = match outcome {
        Outcome::Completed(report) => ("completed", None, Some(report)),
        Outcome::Cancelled(report) => ("cancelled", None, report),
        Outcome::Failed(error) => ("failed", Some(error.kind()), None),
        Outcome::Paused(error) => ("paused", error.map(|error| error.kind()), None),
        Outcome::SubmitUnknown(error) => ("submit-unknown", Some(error.kind()), None),
    };
    let end = (word, kind.map(|kind| kind.as_str()), report);
    let wanted = &fixture.end;
    assert_eq!(
        end,
        (wanted.word.as_str(), wanted.kind.as_deref(), wanted.report.clone()),
        "{name}"
    );
}
