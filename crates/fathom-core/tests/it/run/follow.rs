//! Following a job to its end.

use std::time::Duration;

use fathom_core::{
    ErrorKind, Outcome, Run, Status, Task, providers,
    run::{Input, Step, TransportErrorKind},
};

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::Scene;
use crate::{
    fake::BARE,
    player::{access, new_run},
};

#[test]
fn a_run_is_never_given_up_because_polling_failed() {
    let mut scene = Scene::new(&BARE);
    scene.asks("/create").gets(200, "job 1");
    for round in 0..500 {
        scene.asks("/poll/1");
        match round % 5 {
            0 => scene.gets(500, ""),
            1 => scene.gets(200, "<html>"),
            2 => scene.gets_with(429, &[("retry-after", "99999999")], ""),
            3 => scene.loses_it(),
            // The answer does not come at all.
            _ => {
                scene.run.handle(Input::Woke);
                &mut scene
            }
        };
    }
    assert!(scene.waits.iter().all(|wait| *wait <= Duration::from_secs(608)));
    scene.asks("/poll/1").gets(200, "done yes");
    assert!(matches!(scene.ends(), Outcome::Completed(_)));
}

#[test]
fn a_status_is_told_when_it_changes_and_again_after_trouble() {
    let mut scene = Scene::new(&BARE);
    scene.asks("/create").gets(200, "job 1");
    for _ in 0..3 {
        scene.asks("/poll/1").gets(200, "running");
    }
    scene.asks("/poll/1").loses_it().asks("/poll/1").gets(200, "running");
    scene.asks("/poll/1").gets(200, "running").asks("/poll/1");
    assert_eq!(scene.heard.statuses, [Status::Running, Status::Running]);
}

#[test]
fn one_reply_that_knows_no_such_job_is_not_believed() {
    let mut scene = Scene::new(&BARE);
    scene.asks("/create").gets(200, "job 1");
    for _ in 0..5 {
        scene.asks("/poll/1").gets(404, "").asks("/poll/1").gets(404, "");
        scene.asks("/poll/1").gets(200, "running");
    }
    scene.asks("/poll/1").gets(404, "").asks("/poll/1").gets(404, "").asks("/poll/1").gets(404, "");
    let Outcome::Failed(error) = scene.ends() else { panic!() };
    assert_eq!(error.kind(), ErrorKind::NotFound);
}

#[test]
fn a_revoked_key_ends_the_waiting_and_a_new_one_goes_on() {
    let mut scene = Scene::new(&BARE);
    scene.asks("/create").gets(200, "job 1").asks("/poll/1").gets(401, "");
    let checkpoint = scene.checkpoint();
    let Outcome::Paused(Some(error)) = scene.ends() else { panic!() };
    assert_eq!(error.kind(), ErrorKind::Unauthorized);
    let mut scene = Scene::resume(&BARE, checkpoint);
    scene.asks("/poll/1").gets(200, "done yes");
    assert!(matches!(scene.ends(), Outcome::Completed(_)));
}

#[test]
fn whoever_stops_waiting_gets_a_checkpoint_at_any_point() {
    for steps in 0..6 {
        let mut scene = Scene::new(&BARE);
        let script: [fn(&mut Scene); 5] = [
            |scene| _ = scene.asks("/create"),
            |scene| _ = scene.gets(200, "job 1"),
            |scene| _ = scene.asks("/poll/1"),
            |scene| _ = scene.gets(500, ""),
            |scene| _ = scene.heard.next(&mut scene.run),
        ];
        script.iter().take(steps).for_each(|act| act(&mut scene));
        scene.run.handle(Input::Pause);
        let checkpoint = scene.checkpoint();
        assert_eq!(checkpoint.job.is_some(), steps >= 2);
        assert_eq!(scene.ends(), Outcome::Paused(None));
    }
}

#[test]
fn a_request_given_up_on_this_side_pauses_the_run() {
    let mut scene = Scene::new(&BARE);
    scene.asks("/create").gets(200, "job 1").asks("/poll/1").fails(TransportErrorKind::Aborted);
    assert!(matches!(scene.ends(), Outcome::Paused(Some(_))));
}

#[test]
fn a_checkpoint_of_another_provider_is_refused() {
    let mut scene = Scene::new(&BARE);
    scene.asks("/create");
    let checkpoint = scene.checkpoint();
    assert!(Run::resume(providers::find("local").unwrap(), access(), checkpoint, 1).is_err());
}

#[test]
fn required_fields_without_a_value_are_warned_of_once() {
    let schema = serde_json::json!({"required": ["a", "b"]});
    for (reply, warned) in [
        (r#"value {"a": 1, "b": 2}"#, None),
        (r#"value {"a": null, "b": 2}"#, Some("required and have no value: a.")),
        ("done only text", Some("no value of the wanted shape")),
    ] {
        let task = Task {
            question: "Why?".to_owned(),
            output_schema: Some(schema.clone()),
            ..Task::default()
        };
        let mut scene = Scene::of(new_run(&BARE, &task));
        scene.asks("/create").gets(200, "job 1").asks("/poll/1").gets(200, reply);
        let Outcome::Completed(report) = scene.ends() else { panic!("{reply}") };
        let messages: Vec<_> = report.warnings.iter().map(|warning| &warning.message).collect();
        match warned {
            None => assert!(messages.is_empty(), "{messages:?}"),
            Some(part) => {
                assert!(messages.len() == 1 && messages[0].contains(part), "{messages:?}")
            }
        }
    }
}

#[test]
fn the_providers_word_and_the_cost_are_told_when_they_change() {
    let mut scene = Scene::new(&BARE);
    scene.asks("/create").gets(200, "job 1;word brewing;cost 1;running");
    scene.asks("/poll/1").gets(200, "word brewing;cost 1;running");
    scene.asks("/poll/1").gets(200, "word stewing;cost 2;done yes");
    assert!(matches!(scene.heard.next(&mut scene.run), Step::Done));
    assert_eq!(scene.heard.words, ["brewing", "stewing"]);
    assert_eq!(scene.heard.costs, [1.0, 2.0]);
}
