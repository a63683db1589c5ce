//! Streams that close, break, start again or fall silent.

use std::time::Duration;

use fathom_core::{
    Job, Outcome,
    http::{Head, Headers},
    providers,
    run::{Checkpoint, Input, Step, TransportErrorKind},
};

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{Scene, assert_submit_unknown};
use crate::fake::{CLOSING, RESTARTING, STREAMING};

#[test]
fn a_stream_without_resumption_is_followed_by_polls_and_tells_nothing_twice() {
    let events = [("content-type", "text/event-stream")];
    let mut scene = Scene::new(&STREAMING);
    scene.asks("/create").gets(200, "job 1");
    scene.asks("/stream/1").gets_with(200, &events, "data: text a\n\ndata: text b\n\n");
    scene.asks("/poll/1").gets(200, "done ab");
    assert_eq!(scene.heard.events.iter().map(|record| record.id).collect::<Vec<_>>(), [1, 2]);
    assert!(matches!(scene.ends(), Outcome::Completed(_)));
}

#[test]
fn a_submission_can_be_answered_by_the_stream_itself() {
    let events = [("content-type", "text/event-stream")];
    let mut scene = Scene::new(&STREAMING);
    scene.asks("/create").gets_with(
        200,
        &events,
        "data: job 1\n\ndata: text a\n\ndata: done a\n\n",
    );
    assert_eq!(scene.checkpoint().job, Some(Job("1".to_owned())));
    assert!(matches!(scene.ends(), Outcome::Completed(_)));

    let mut scene = Scene::new(&STREAMING);
    scene.asks("/create").gets_with(200, &events, "data: text a\n\n");
    assert_submit_unknown(scene.ends());
}

#[test]
fn a_silent_stream_is_taken_for_dead() {
    let local = providers::find("local").unwrap();
    let mut scene = Scene::new(local);
    scene.asks("/api/v1/runs").gets(201, r#"{"id":"r","status":"queued"}"#);
    scene.asks("/api/v1/runs/r/events");
    let headers = [("content-type".to_owned(), "text/event-stream".to_owned())];
    scene.run.handle(Input::Head(Head { status: 200, headers: Headers::from_reply(headers) }));
    let Step::Read { limit } = scene.heard.next(&mut scene.run) else { panic!() };
    // Three of the server's keep-alives.
    assert_eq!(limit, Duration::from_secs(45));
    scene.run.handle(Input::Woke);
    scene.asks("/api/v1/runs/r");
}

#[test]
fn a_stream_that_closes_is_followed_by_a_poll_and_told_on() {
    let events = [("content-type", "text/event-stream")];
    let mut scene = Scene::new(&CLOSING);
    scene.asks("/create").gets(200, "job 1");
    scene.asks("/stream/1").gets_with(200, &events, "id: 1\ndata: text a\n\n");
    assert_eq!(scene.waits, []);
    scene.asks("/poll/1").gets(200, "running");
    scene.asks("/stream/1").gets_with(200, &events, "");
    assert_eq!(scene.waits.len(), 1);
    scene.asks("/poll/1").gets(200, "done a");
    assert!(matches!(scene.ends(), Outcome::Completed(_)));
}

#[test]
fn a_stream_that_starts_again_tells_only_what_is_new() {
    let events = [("content-type", "text/event-stream")];
    let mut scene = Scene::new(&RESTARTING);
    scene.asks("/create").gets(200, "job 1");
    scene.asks("/stream/1").gets_with(200, &events, "data: text a\n\ndata: text b\n\n");
    // A reply that repeats some of it in one body does not tell it again either.
    scene.asks("/stream/1").gets_with(200, &events, "data: text a\n\n");
    scene.asks("/poll/1").gets(200, "text a;text b;running");
    scene.asks("/stream/1").gets_with(
        200,
        &events,
        "data: text a\n\ndata: text b\n\ndata: text c\n\n",
    );
    let checkpoint = scene.checkpoint();
    let ids: Vec<_> = scene.heard.events.iter().map(|record| record.id).collect();
    assert_eq!(ids, [1, 2, 3]);
    // Nor does a run that was saved in between.
    let mut scene = Scene::resume(&RESTARTING, checkpoint);
    scene.asks("/stream/1").gets_with(
        200,
        &events,
        "data: text a\n\ndata: text b\n\ndata: text c\n\ndata: text d;done x\n\n",
    );
    assert!(matches!(scene.heard.next(&mut scene.run), Step::Done));
    assert_eq!(scene.heard.events.iter().map(|record| record.id).collect::<Vec<_>>(), [4]);
}

#[test]
fn a_submission_answered_by_a_stream_that_breaks_off_is_followed_and_not_searched() {
    let events = [("content-type", "text/event-stream")];
    let mut scene = Scene::new(&CLOSING);
    scene.asks("/create");
    let headers = events.map(|(name, value)| (name.to_owned(), value.to_owned()));
    scene.run.handle(Input::Head(Head { status: 200, headers: Headers::from_reply(headers) }));
    // The stream ends in the middle of a character.
    scene.run.handle(Input::Chunk(b"id: 1\ndata: job 1\n\nid: 2\ndata: text gr\xC3"));
    scene.fails(TransportErrorKind::Interrupted);
    scene.asks("/poll/1").gets(200, "running");
    scene.asks("/stream/1").gets_with(200, &events, "id: 2\ndata: text grün\n\n");
    scene.asks("/poll/1").gets(200, "done x");
    assert_eq!(scene.heard.events.len(), 1);
    assert!(matches!(scene.ends(), Outcome::Completed(_)));
}

#[test]
fn an_event_id_that_cannot_be_sent_back_does_not_stop_the_run() {
    let local = providers::find("local").unwrap();
    let events = [("content-type", "text/event-stream")];
    for id in ["größe", "a\u{1}", &"1".repeat(300)] {
        let mut scene = Scene::new(local);
        scene.asks("/api/v1/runs").gets(201, r#"{"id":"r","status":"queued"}"#);
        let started = r#"{"id": 1, "at_ms": 0, "event": {"type": "run-started"}}"#;
        scene.asks("/api/v1/runs/r/events");
        scene.gets_with(200, &events, &format!("id: {id}\ndata: {started}\n\n"));
        scene.asks("/api/v1/runs/r/events");
        assert_eq!(scene.checkpoint().cursor, None, "{id}");
    }
    // Nor does one that was saved by something else.
    let mut scene = Scene::new(local);
    scene.asks("/api/v1/runs").gets(201, r#"{"id":"r","status":"queued"}"#);
    let saved = Checkpoint { cursor: Some("a\nb".to_owned()), ..scene.checkpoint() };
    let mut scene = Scene::resume(local, saved);
    scene.asks("/api/v1/runs/r");
}
