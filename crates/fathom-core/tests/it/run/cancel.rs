//! Ending a run at the provider.

use fathom_core::{
    Outcome,
    http::{Head, Headers},
    run::{Input, Step},
};

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::Scene;
use crate::fake::{BARE, CLOSING, STREAMING};

#[test]
fn a_cancel_while_the_submission_is_under_way_waits_for_the_job() {
    let mut scene = Scene::new(&BARE);
    scene.asks("/create");
    scene.run.handle(Input::Cancel);
    assert!(matches!(scene.heard.next(&mut scene.run), Step::Read { .. }));
    assert!(scene.checkpoint().cancel);
    scene.gets(200, "job 1").asks("/cancel/1").gets(200, "cancelled");
    assert_eq!(scene.ends(), Outcome::Cancelled(None));
}

#[test]
fn a_cancel_before_anything_left_or_after_a_refusal_ends_at_once() {
    let mut scene = Scene::new(&BARE);
    scene.run.handle(Input::Cancel);
    assert_eq!(scene.ends(), Outcome::Cancelled(None));

    let mut scene = Scene::new(&BARE);
    scene.asks("/create").gets(429, "");
    scene.run.handle(Input::Cancel);
    assert_eq!(scene.ends(), Outcome::Cancelled(None));
}

#[test]
fn a_cancel_that_does_not_get_through_stays_in_the_checkpoint() {
    let mut scene = Scene::new(&BARE);
    scene.asks("/create").gets(200, "job 1").asks("/poll/1");
    scene.run.handle(Input::Cancel);
    for _ in 0..5 {
        scene.asks("/cancel/1").loses_it();
    }
    let checkpoint = scene.checkpoint();
    assert!(matches!(scene.ends(), Outcome::Paused(Some(_))));
    let mut scene = Scene::resume(&BARE, checkpoint);
    scene.asks("/cancel/1").gets(404, "");
    assert_eq!(scene.ends(), Outcome::Cancelled(None));
}

#[test]
fn a_cancel_that_is_refused_asks_whether_the_run_has_ended_by_itself() {
    for (poll, completed) in [("done yes", true), ("running", false)] {
        let mut scene = Scene::new(&BARE);
        scene.asks("/create").gets(200, "job 1").asks("/poll/1");
        scene.run.handle(Input::Cancel);
        scene.asks("/cancel/1").gets(409, "").asks("/poll/1").gets(200, poll);
        match scene.ends() {
            Outcome::Completed(_) => assert!(completed),
            Outcome::Paused(Some(error)) => assert!(!completed && error.status() == Some(409)),
            outcome => panic!("{outcome:?}"),
        }
    }
}

#[test]
fn a_provider_that_cannot_cancel_is_left_alone() {
    let mut scene = Scene::new(&STREAMING);
    scene.asks("/create").gets(200, "job 1").asks("/stream/1");
    scene.run.handle(Input::Cancel);
    assert_eq!(scene.ends(), Outcome::Cancelled(None));
}

#[test]
fn a_cancel_before_the_stream_of_a_submission_names_the_job_is_not_forgotten() {
    let mut scene = Scene::new(&CLOSING);
    scene.asks("/create");
    scene.run.handle(Input::Cancel);
    let headers = [("content-type".to_owned(), "text/event-stream".to_owned())];
    scene.run.handle(Input::Head(Head { status: 200, headers: Headers::from_reply(headers) }));
    scene.run.handle(Input::Chunk(b"data: job 1\n\n"));
    scene.asks("/cancel/1").gets(200, "cancelled");
    assert_eq!(scene.ends(), Outcome::Cancelled(None));
}
