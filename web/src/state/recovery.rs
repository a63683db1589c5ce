//! A page that dies at any moment: what was stored by then is enough to end with one run.

use std::collections::VecDeque;

use fathom_core::{
    Access, Event, Notice, Record, Status, Task,
    http::{Head, Headers, Request},
    run::{Input, Step},
};

use super::{
    run::{Phase, RunState},
    saved::{Intent, Saved},
    stored::Stored,
};

/// A server with one run that is researched at once.
#[derive(Default)]
struct Server {
    /// The tokens of its runs, one for each run that was made.
    tokens: Vec<String>,
}

impl Server {
    fn answer(&mut self, request: &Request) -> (Head, VecDeque<String>) {
        if request.url.ends_with("/events") {
            let seen = request.headers.get("last-event-id").map_or(0, |id| id.parse().unwrap());
            let events = events().into_iter().filter(|record| record.id > seen);
            return (head("text/event-stream"), events.map(|record| message(&record)).collect());
        }
        if request.url == "/api/v1/runs" {
            let body: serde_json::Value =
                serde_json::from_str(request.body.as_deref().unwrap()).unwrap();
            let token = body["token"].as_str().unwrap().to_owned();
            if !self.tokens.contains(&token) {
                self.tokens.push(token);
            }
            let body = r#"{"id":"job","status":"queued","question":"Why?"}"#;
            return (head("application/json"), VecDeque::from([body.to_owned()]));
        }
        let body = r#"{"id":"job","status":"completed","report":{"markdown":"Because. [1]","sources":[{"id":1,"title":"A"}]}}"#;
        (head("application/json"), VecDeque::from([body.to_owned()]))
    }
}

fn head(kind: &str) -> Head {
    let headers = [("content-type".to_owned(), kind.to_owned())];
    Head { status: 200, headers: Headers::from_reply(headers) }
}

fn message(record: &Record) -> String {
    format!("id: {}\ndata: {}\n\n", record.id, serde_json::to_string(record).unwrap())
}

/// An attempt that was lost, and the one that came to an end.
fn events() -> Vec<Record> {
    let text = |text: &str| Event::TextDelta { text: text.to_owned() };
    let events = [
        Event::RunSubmitted { job: "job".to_owned() },
        Event::RunStarted,
        text("Lost."),
        Event::RunStarted,
        text("Because."),
        text(" [1]"),
        Event::ReadEnded { documents: 2, sentences: 9 },
        Event::RunEnded { status: Status::Completed },
    ];
    (1..).zip(events).map(|(id, event)| Record { id, at_ms: id, event }).collect()
}

/// What survives a page: the intent in the local storage, and the database's row.
struct Disk {
    intent: String,
    row: Option<String>,
}

impl Disk {
    /// What is there after a click and before anything else.
    fn after_click() -> Self {
        let task = Task { question: "Why?".to_owned(), ..Task::default() };
        let intent = Intent { id: "ours".into(), provider: "local".into(), task, created_ms: 1 };
        Self { intent: serde_json::to_string(&intent).unwrap(), row: None }
    }

    fn read(&self) -> Stored {
        match &self.row {
            Some(row) => serde_json::from_str(row).unwrap(),
            None => {
                let saved = Saved::intended(serde_json::from_str(&self.intent).unwrap());
                Stored { saved, ..Stored::default() }
            }
        }
    }

    fn write(&mut self, stored: &Stored) {
        self.row = Some(serde_json::to_string(stored).unwrap());
    }
}

/// One life of a page, of so many moments. Returns what it shows in the end, if it lives that long.
fn live(server: &mut Server, disk: &mut Disk, moments: usize) -> Option<RunState> {
    let stored = disk.read();
    if stored.saved.phase.is_final() {
        return Some(stored.state());
    }
    let mut run = stored.take_up(Access::default(), 1).unwrap();
    let mut state = stored.state();
    let mut reply = VecDeque::new();
    for _ in 0..moments {
        match run.step() {
            Step::Tell(notice) => hear(&mut state, notice, disk),
            Step::Send { request, .. } => {
                let (head, body) = server.answer(&request);
                reply = body;
                run.handle(Input::Head(head));
            }
            Step::Read { .. } => match reply.pop_front() {
                Some(piece) => run.handle(Input::Chunk(piece.as_bytes())),
                None => run.handle(Input::End),
            },
            Step::Wait(_) => run.handle(Input::Woke),
            Step::Done => {
                state.end(run.finish(), 9);
                disk.write(&Stored::of(&state, None));
                return Some(state);
            }
        }
    }
    None
}

fn hear(state: &mut RunState, notice: Notice, disk: &mut Disk) {
    match notice {
        Notice::Event(record) => state.apply(record),
        Notice::Status(status) => state.told(status),
        Notice::Checkpoint(checkpoint) => {
            if let Some(job) = &checkpoint.job {
                state.submitted(&job.0);
            }
            disk.write(&Stored::of(state, Some(*checkpoint)));
        }
        _ => {}
    }
}

/// How many moments a run takes when nothing happens to the page.
fn span() -> usize {
    (1..)
        .find(|moments| live(&mut Server::default(), &mut Disk::after_click(), *moments).is_some())
        .unwrap()
}

#[test]
fn a_page_killed_at_any_two_moments_ends_with_one_run_and_its_whole_report() {
    let span = span();
    assert!(span > 20, "{span} moments");
    for first in 0..span {
        for second in 0..span {
            let (mut server, mut disk) = (Server::default(), Disk::after_click());
            live(&mut server, &mut disk, first);
            live(&mut server, &mut disk, second);
            let end = live(&mut server, &mut disk, usize::MAX).unwrap();
            assert_eq!(server.tokens, ["ours"], "killed at {first} and {second}");
            assert_eq!(end.phase, Phase::Ended(Status::Completed));
            assert_eq!(
                end.report.as_ref().map(|report| report.markdown.as_str()),
                Some("Because. [1]")
            );
            let told: Vec<u64> = end.records.iter().map(|record| record.id).collect();
            assert_eq!(told, [1, 4, 7, 8], "killed at {first} and {second}");
        }
    }
}

#[test]
fn a_page_whose_database_keeps_nothing_still_ends_with_one_run() {
    for moments in 0..span() {
        let mut server = Server::default();
        live(&mut server, &mut Disk::after_click(), moments);
        let end = live(&mut server, &mut Disk::after_click(), usize::MAX).unwrap();
        assert_eq!((server.tokens.len(), end.has_ended()), (1, true), "killed at {moments}");
    }
}
