//! A gateway in between, which may answer in place of the provider.

use fathom_core::{
    Access, ErrorKind, Job, Outcome, Provider, Run, Task,
    gateway::lost,
    providers,
    run::{Input, Stage, Step, TransportError, TransportErrorKind},
};

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{Scene, assert_submit_unknown};
use crate::{
    fake::{BARE, LISTING},
    player::{path, start},
};

const JSON: [(&str, &str); 1] = [("content-type", "application/json")];

fn behind_a_gateway(provider: &'static dyn Provider) -> Scene {
    let access = Access::through_gateway("http://fathom.invalid", None, None).unwrap();
    let task = Task { question: "Why?".to_owned(), ..Task::default() };
    Scene::of(Run::new(provider, access, task, start()).unwrap())
}

/// What a gateway answers whose own request came to this.
fn said(kind: TransportErrorKind) -> String {
    let vendor = providers::VENDORS.first().unwrap();
    let error = lost(vendor, &TransportError::new(kind, "nobody is there"));
    serde_json::json!({ "error": error }).to_string()
}

#[test]
fn a_submission_that_the_gateway_could_not_send_is_sent_again() {
    for provider in [&BARE, &LISTING] {
        let mut scene = behind_a_gateway(provider);
        for _ in 0..20 {
            scene.asks("/create").gets_with(502, &JSON, &said(TransportErrorKind::NotSent));
        }
        assert!(scene.heard.checkpoints.iter().all(|stored| stored.stage == Stage::Intended));
        scene.asks("/create").gets(200, "job 1");
        // Each wait was one after a failure, and they grew.
        assert_eq!((scene.waits.len(), scene.waits[0] < scene.waits[6]), (20, true));
        assert!(scene.heard.troubles.iter().all(|error| error.kind() == ErrorKind::Unreachable));
        scene.asks("/poll/1");
        assert_eq!(scene.checkpoint().job, Some(Job("1".to_owned())));
    }
}

#[test]
fn that_holds_for_the_gateway_of_every_provider() {
    let mut tried = 0;
    for provider in providers::ROSTER {
        if providers::vendor(&provider.info().vendor).is_none() {
            continue;
        }
        let mut scene = behind_a_gateway(*provider);
        let Step::Send { request, .. } = scene.heard.next(&mut scene.run) else { panic!() };
        scene.gets_with(502, &JSON, &said(TransportErrorKind::NotSent)).asks(path(&request));
        tried += 1;
    }
    assert!(tried > 5, "{tried}");
}

#[test]
fn a_submission_that_the_gateway_sent_and_lost_is_never_sent_again() {
    for kind in [TransportErrorKind::Unreachable, TransportErrorKind::Timeout] {
        let mut scene = behind_a_gateway(&BARE);
        let status = if kind == TransportErrorKind::Timeout { 504 } else { 502 };
        scene.asks("/create").gets_with(status, &JSON, &said(kind));
        assert_submit_unknown(scene.ends());
        let mut scene = behind_a_gateway(&LISTING);
        scene.asks("/create").gets_with(status, &JSON, &said(kind)).asks("/list/");
    }
}

#[test]
fn an_earlier_attempt_that_was_lost_is_not_forgotten() {
    let mut scene = behind_a_gateway(&LISTING);
    scene.asks("/create").gets(502, "");
    for _ in 0..3 {
        scene.asks("/list/").gets_with(502, &JSON, &said(TransportErrorKind::NotSent));
    }
    scene.asks("/list/").gets(200, "c token-1 - -").asks("/poll/c");
}

#[test]
fn a_provider_that_is_asked_directly_is_no_gateway() {
    let mut scene = Scene::new(&BARE);
    scene.asks("/create").gets_with(502, &JSON, &said(TransportErrorKind::NotSent));
    assert_submit_unknown(scene.ends());
}

#[test]
fn a_cancel_ends_a_run_that_was_never_sent() {
    let mut scene = behind_a_gateway(&BARE);
    scene.asks("/create").gets_with(502, &JSON, &said(TransportErrorKind::NotSent));
    scene.run.handle(Input::Cancel);
    assert_eq!(scene.ends(), Outcome::Cancelled(None));
}
