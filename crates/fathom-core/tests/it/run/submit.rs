//! Submitting once.

use std::time::Duration;

use fathom_core::{
    ErrorKind, Job, Outcome, Run, providers,
    run::{Input, Stage, TransportErrorKind},
};

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{Scene, assert_submit_unknown};
use crate::{
    fake::{BARE, IMMEDIATE, LISTING},
    player::{access, start},
};

#[test]
fn the_intent_is_stored_before_the_request_leaves() {
    let mut scene = Scene::new(&BARE);
    scene.asks("/create");
    let stored = &scene.heard.checkpoints;
    assert_eq!(stored.iter().map(|stored| stored.stage).collect::<Vec<_>>(), [Stage::Intended]);
}

#[test]
fn without_list_or_token_a_lost_answer_waits_for_a_person() {
    for kind in [
        TransportErrorKind::Unreachable,
        TransportErrorKind::Interrupted,
        TransportErrorKind::Timeout,
    ] {
        let mut scene = Scene::new(&BARE);
        scene.asks("/create").fails(kind);
        let checkpoint = scene.checkpoint();
        assert_eq!(checkpoint.stage, Stage::SubmitUnknown);
        assert_submit_unknown(scene.ends());
        // It stays so in every later process, and nothing is sent.
        assert_submit_unknown(Scene::resume(&BARE, checkpoint.clone()).ends());
        // Until a person has found the job.
        let mut scene = Scene::resume(&BARE, checkpoint.with_job(Job("7".to_owned())));
        scene.asks("/poll/7").gets(200, "done yes");
        assert!(matches!(scene.ends(), Outcome::Completed(_)));
    }
}

#[test]
fn an_answer_that_makes_no_sense_counts_as_lost() {
    for (status, body) in
        [(200, ""), (200, "<html>"), (201, "running"), (500, ""), (502, ""), (504, ""), (408, "")]
    {
        let mut scene = Scene::new(&BARE);
        scene.asks("/create").gets(status, body);
        assert_submit_unknown(scene.ends());
    }
}

#[test]
fn a_process_that_dies_after_the_intent_does_not_submit_again() {
    let mut scene = Scene::new(&BARE);
    scene.asks("/create");
    assert_submit_unknown(Scene::resume(&BARE, scene.checkpoint()).ends());

    let mut scene = Scene::resume(&LISTING, scene.checkpoint());
    scene.asks("/list/");
}

#[test]
fn a_token_that_the_provider_knows_is_sent_again_without_a_word() {
    let local = providers::find("local").unwrap();
    let mut scene = Scene::new(local);
    scene.asks("/api/v1/runs");
    let mut scene = Scene::resume(local, scene.checkpoint());
    scene.asks("/api/v1/runs").gets(200, r#"{"id":"r","status":"running"}"#);
    assert_eq!(scene.waits, []);
    scene.asks("/api/v1/runs/r/events");
}

#[test]
fn a_request_that_certainly_had_no_effect_is_sent_again() {
    let mut scene = Scene::new(&BARE);
    scene.asks("/create").fails(TransportErrorKind::NotSent);
    scene.asks("/create").gets_with(429, &[("retry-after", "9")], "");
    scene.asks("/create").gets(200, "job 1");
    assert!(scene.waits[1] >= Duration::from_secs(9));
    scene.asks("/poll/1");
}

#[test]
fn a_refusal_ends_the_run() {
    for (status, kind) in
        [(400, ErrorKind::InvalidTask), (401, ErrorKind::Unauthorized), (402, ErrorKind::Quota)]
    {
        let mut scene = Scene::new(&LISTING);
        scene.asks("/create").gets(status, "");
        let Outcome::Failed(error) = scene.ends() else { panic!("{status}") };
        assert_eq!((error.kind(), error.status()), (kind, Some(status)));
    }
    let mut scene = Scene::new(&BARE);
    scene.asks("/create").fails(TransportErrorKind::Invalid);
    assert!(matches!(scene.ends(), Outcome::Failed(_)));
}

#[test]
fn a_provider_that_answers_at_once_is_neither_searched_nor_taken_over() {
    let mut scene = Scene::new(&IMMEDIATE);
    scene.asks("/create").gets(200, "done yes");
    assert!(matches!(scene.ends(), Outcome::Completed(_)));
    let mut scene = Scene::new(&IMMEDIATE);
    scene.asks("/create").loses_it();
    assert_submit_unknown(scene.ends());
    let mut scene = Scene::new(&IMMEDIATE);
    scene.asks("/create");
    scene.run.handle(Input::Cancel);
    assert_eq!(scene.ends(), Outcome::Cancelled(None));
    let error = Run::adopt(&IMMEDIATE, access(), "7", start()).unwrap_err();
    assert_eq!((error.kind(), error.field()), (ErrorKind::Unsupported, Some("job")));
}
