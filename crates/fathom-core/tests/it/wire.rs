//! The neutral format, as it stands on the wire.

use fathom_core::{
    Error, ErrorKind, Info, Provider, Status, Task,
    providers::local::{
        Local,
        wire::{
            CreateRun, DocumentPage, ErrorBody, LibraryState, LibraryView, ProvidersView, RunPage,
            RunView,
        },
    },
};
use serde_json::json;

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn a_task_and_its_token_are_one_object() {
    let body = json!({"question": "Why?", "effort": "deep", "include": ["a/*"], "follow_up_of": "run-0", "token": "t"});
    let create: CreateRun = serde_json::from_value(body.clone()).unwrap();
    assert_eq!(serde_json::to_value(&create).unwrap(), body);
    let (task, token) = create.into_parts();
    assert_eq!((task.question.as_str(), token.as_deref()), ("Why?", Some("t")));
}

#[test]
fn an_effort_nobody_knows_is_refused_in_a_task_and_tolerated_in_a_run() {
    assert!(serde_json::from_str::<Task>(r#"{"question":"Why?","effort":"heroic"}"#).is_err());
    let run: RunView =
        serde_json::from_str(r#"{"id":"r","status":"brewing","effort":"heroic"}"#).unwrap();
    assert_eq!(run.status, Status::Running);
}

#[test]
fn a_run_needs_only_an_id_and_a_state() {
    assert!(serde_json::from_str::<RunView>(r#"{"id":"r","status":"queued"}"#).is_ok());
    assert!(serde_json::from_str::<RunView>(r#"{"status":"queued"}"#).is_err());
}

#[test]
fn an_object_that_says_nothing_is_no_answer() {
    assert!(serde_json::from_str::<RunPage>("{}").is_err());
    assert!(serde_json::from_str::<ProvidersView>("{}").is_err());
    assert!(serde_json::from_str::<DocumentPage>("{}").is_err());
    assert!(serde_json::from_str::<LibraryView>("{}").is_err());
}

#[test]
fn the_state_of_the_library_is_a_plain_word() {
    let library: LibraryView = serde_json::from_str(r#"{"state":"ready","mood":"good"}"#).unwrap();
    assert_eq!(library.state, LibraryState::Ready);
    assert_eq!(serde_json::to_value(library).unwrap()["state"], "ready");
}

#[test]
fn an_error_travels_below_its_own_name() {
    let body = ErrorBody::from(Error::new(ErrorKind::InvalidTask, "Empty.").with_field("question"));
    let wire = json!({"error": {"kind": "invalid-task", "message": "Empty.", "field": "question"}});
    assert_eq!(serde_json::to_value(&body).unwrap(), wire);
    assert_eq!(serde_json::from_value::<ErrorBody>(wire).unwrap(), body);
}

#[test]
fn the_app_reads_the_providers_as_the_server_writes_them() {
    let view = ProvidersView { providers: vec![Local.info().clone()] };
    let wire = serde_json::to_value(&view).unwrap();
    assert_eq!(wire["providers"][0]["key"], "not-needed");
    assert_eq!(wire["providers"][0]["capabilities"]["idempotent_create"], true);
    assert_eq!(serde_json::from_value::<ProvidersView>(wire).unwrap(), view);
    // An older server that says little.
    assert!(serde_json::from_str::<Info>(r#"{"id":"local"}"#).is_ok());
}
