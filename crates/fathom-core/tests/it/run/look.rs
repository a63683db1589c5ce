//! Finding a job whose handle was lost, and taking one over.

use fathom_core::{ErrorKind, Job, Outcome, Run, run::Stage};

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{Scene, assert_submit_unknown};
use crate::{
    fake::{BARE, LABELLING, LISTING},
    player::{access, start},
};

#[test]
fn a_lost_job_is_recognised_by_its_token_on_any_page() {
    let mut scene = Scene::new(&LISTING);
    scene.asks("/create").loses_it();
    scene.asks("/list/").gets(200, "a other Why? 1000000;b - - ->p2");
    scene.asks("/list/p2").gets(200, "c token-1 - -");
    scene.asks("/poll/c").gets(200, "done yes");
    assert!(matches!(scene.ends(), Outcome::Completed(_)));
}

#[test]
fn a_lost_job_is_recognised_by_question_and_time_even_if_it_appears_late() {
    let mut scene = Scene::new(&LISTING);
    scene.asks("/create").gets(502, "");
    scene.asks("/list/").gets(200, "old - Why? 10");
    scene.asks("/list/").loses_it();
    scene.asks("/list/").gets(200, "new - Why? 1000500;old - Why? 10");
    scene.asks("/poll/new");
    assert_eq!(scene.checkpoint().job, Some(Job("new".to_owned())));
}

#[test]
fn a_job_that_only_may_be_ours_is_not_taken() {
    for list in [
        "",
        "a - Why? 1000500;b - Why? 1000600",
        "a - Why? -",
        "a other Why? 1000500",
        "a - Who? 1000500",
    ] {
        let mut scene = Scene::new(&LISTING);
        scene.asks("/create").loses_it();
        for _ in 0..3 {
            scene.asks("/list/").gets(200, list);
        }
        assert_submit_unknown(scene.ends());
    }
}

#[test]
fn where_labels_are_kept_a_job_without_our_token_is_not_ours() {
    let mut scene = Scene::new(&LABELLING);
    scene.asks("/create").loses_it();
    for _ in 0..3 {
        scene.asks("/list/").gets(200, "a - Why? 1000500");
    }
    assert_submit_unknown(scene.ends());
    let mut scene = Scene::new(&LABELLING);
    scene.asks("/create").loses_it();
    scene.asks("/list/").gets(200, "a - Why? 1000500;b token-1 - -");
    scene.asks("/poll/b");
}

#[test]
fn a_list_that_cannot_be_read_leaves_the_question_open() {
    let mut scene = Scene::new(&LISTING);
    scene.asks("/create").loses_it().asks("/list/").gets(403, "");
    assert_submit_unknown(scene.ends());
}

#[test]
fn a_job_can_be_taken_over_by_its_handle() {
    let mut scene = Scene::of(Run::adopt(&BARE, access(), " 7 ", start()).unwrap());
    scene.asks("/poll/7").gets(200, "asked Who?;running");
    let checkpoint = scene.checkpoint();
    assert_eq!((checkpoint.stage, checkpoint.task.question.as_str()), (Stage::Submitted, "Who?"));
    scene.asks("/poll/7").gets(200, "asked Why?;done yes");
    assert!(matches!(scene.ends(), Outcome::Completed(_)));
    for text in ["", " ", "a/b", "a b", "é", "https://host/7", &"7".repeat(201)] {
        let error = Run::adopt(&BARE, access(), text, start()).unwrap_err();
        assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidTask, Some("job")), "{text}");
    }
}
