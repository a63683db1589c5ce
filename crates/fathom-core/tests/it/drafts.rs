//! Submissions that are answered by the stream itself, for providers whose stream names no job.

use fathom_core::{
    Event, Job, Outcome, Source,
    run::{Stage, TransportErrorKind},
};

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::{
    fake::{BARE, STREAMING},
    run::{Scene, assert_submit_unknown},
};

const EVENTS: [(&str, &str); 1] = [("content-type", "text/event-stream")];

#[test]
fn a_stream_that_gives_the_whole_report_needs_no_further_question() {
    let mut scene = Scene::new(&BARE);
    let stream = "data: clue 1\n\ndata: draft So [1]\n\ndata: draft . [2]\n\ndata: cites a\n\ndata: settled\n\n";
    scene.asks("/create").gets_with(200, &EVENTS, stream);
    let Outcome::Completed(report) = scene.ends() else { panic!() };
    assert_eq!(report.markdown, "So [1]. [2]");
    assert_eq!(report.sources.len(), 1);
    let cited: Vec<_> = report.citations.iter().map(|citation| &citation.sources).collect();
    assert_eq!(cited, [&[1]]);
}

#[test]
fn a_broken_stream_is_followed_by_its_clue() {
    let mut scene = Scene::new(&BARE);
    scene.asks("/create").gets_with(200, &EVENTS, "data: clue 1\n\ndata: draft So\n\n");
    let checkpoint = scene.checkpoint();
    assert_eq!(
        (checkpoint.stage, checkpoint.job.clone()),
        (Stage::Intended, Some(Job("1".to_owned())))
    );
    scene.asks("/poll/1").gets(200, "job 1;running");
    assert_eq!(scene.checkpoint().stage, Stage::Submitted);
    scene.asks("/poll/1").gets(200, "done a");
    assert!(matches!(scene.ends(), Outcome::Completed(_)));

    let mut scene = Scene::resume(&BARE, checkpoint);
    scene.asks("/poll/1").gets(200, "done a");
    assert!(matches!(scene.ends(), Outcome::Completed(_)));
}

#[test]
fn a_connection_that_breaks_in_the_stream_of_a_submission_does_not_submit_again() {
    for kind in [TransportErrorKind::Interrupted, TransportErrorKind::Timeout] {
        let mut scene = Scene::new(&STREAMING);
        scene.asks("/create").opens(&EVENTS, "data: clue 1\n\ndata: te").fails(kind);
        scene.asks("/poll/1").gets(200, "done a");
        assert!(matches!(scene.ends(), Outcome::Completed(_)));
    }
}

#[test]
fn a_clue_that_leads_nowhere_leaves_the_question_open() {
    let mut scene = Scene::new(&BARE);
    scene.asks("/create").gets_with(200, &EVENTS, "data: clue 1\n\ndata: clue 2\n\n");
    for _ in 0..3 {
        scene.asks("/poll/1").gets(404, "");
    }
    assert_submit_unknown(scene.ends());
}

#[test]
fn a_stream_that_says_nothing_before_its_end_leaves_the_question_open() {
    let mut scene = Scene::new(&BARE);
    scene.asks("/create").gets_with(200, &EVENTS, "data: settled\n\n");
    assert_submit_unknown(scene.ends());
}

#[test]
fn sources_without_a_number_are_told_once_and_under_numbers_that_no_marker_has() {
    let mut scene = Scene::new(&BARE);
    let stream = "data: source a\n\ndata: source b\n\ndata: source a\n\ndata: done x\n\n";
    scene.asks("/create").gets_with(200, &EVENTS, stream);
    scene.checkpoint();
    let told = scene.heard.events.iter().map(|record| match &record.event {
        Event::SourceFound { source } => (source.id, source.url.as_deref().unwrap()),
        event => panic!("{event:?}"),
    });
    let told: Vec<_> = told.collect();
    assert_eq!(told, [(Source::UNNUMBERED + 1, "a"), (Source::UNNUMBERED + 2, "b")]);
}
