//! The laws of `Run`, with scripted replies.

use std::time::Duration;

use fathom_core::{
    ErrorKind, Job, Outcome, Provider, Run, Task,
    http::{Head, Headers},
    providers,
    run::{Checkpoint, Input, Stage, Step, TransportError, TransportErrorKind},
};

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::{
    fake::{BARE, CLOSING, IMMEDIATE, LABELLING, LISTING, RESTARTING, STREAMING},
    player::{Heard, access, new_run, path, start},
};

/// A run with what it has said, asked and waited for.
pub(crate) struct Scene {
    pub(crate) run: Run,
    pub(crate) heard: Heard,
    waits: Vec<Duration>,
}

impl Scene {
    pub(crate) fn new(provider: &'static dyn Provider) -> Self {
        let task = Task { question: "Why?".to_owned(), ..Task::default() };
        Self::of(new_run(provider, &task))
    }

    pub(crate) fn resume(provider: &'static dyn Provider, checkpoint: Checkpoint) -> Self {
        Self::of(Run::resume(provider, access(), checkpoint, 3).unwrap())
    }

    pub(crate) fn of(run: Run) -> Self {
        Self { run, heard: Heard::default(), waits: Vec::new() }
    }

    /// Sleeps through waits until the run asks for this path.
    pub(crate) fn asks(&mut self, wanted: &str) -> &mut Self {
        loop {
            match self.heard.next(&mut self.run) {
                Step::Wait(wait) => {
                    self.waits.push(wait);
                    self.run.handle(Input::Woke);
                }
                Step::Send { request, .. } => {
                    assert_eq!(path(&request), wanted);
                    return self;
                }
                step => panic!("{step:?} instead of {wanted}"),
            }
        }
    }

    pub(crate) fn gets(&mut self, status: u16, body: &str) -> &mut Self {
        self.gets_with(status, &[], body)
    }

    pub(crate) fn gets_with(
        &mut self,
        status: u16,
        headers: &[(&str, &str)],
        body: &str,
    ) -> &mut Self {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        self.run.handle(Input::Head(Head { status, headers: Headers::from_reply(headers) }));
        self.run.handle(Input::Chunk(body.as_bytes()));
        self.run.handle(Input::End);
        self
    }

    /// Gets the beginning of a reply.
    pub(crate) fn opens(&mut self, headers: &[(&str, &str)], body: &str) -> &mut Self {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        self.run.handle(Input::Head(Head { status: 200, headers: Headers::from_reply(headers) }));
        self.run.handle(Input::Chunk(body.as_bytes()));
        self
    }

    pub(crate) fn loses_it(&mut self) -> &mut Self {
        self.fails(TransportErrorKind::Unreachable)
    }

    pub(crate) fn fails(&mut self, kind: TransportErrorKind) -> &mut Self {
        self.run.handle(Input::Failed(TransportError::new(kind, "gone")));
        self
    }

    pub(crate) fn checkpoint(&mut self) -> Checkpoint {
        self.heard.next(&mut self.run);
        self.heard.checkpoints.last().unwrap().clone()
    }

    pub(crate) fn ends(mut self) -> Outcome {
        loop {
            match self.heard.next(&mut self.run) {
                Step::Done => return self.run.finish(),
                Step::Wait(_) => self.run.handle(Input::Woke),
                step => panic!("{step:?} instead of the end"),
            }
        }
    }
}

pub(crate) fn assert_submit_unknown(outcome: Outcome) {
    assert!(matches!(outcome, Outcome::SubmitUnknown(_)), "{outcome:?}");
}

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

/// Whatever happens in whatever order, as when a laptop sleeps for a day and every timer, reply and
/// click arrives at once: no panic, at most one submission, and no request without an answer or a
/// wait in between.
#[test]
fn no_order_of_happenings_breaks_the_rules() {
    for seed in 0..150_u64 {
        for provider in [&BARE, &LISTING, &STREAMING, &CLOSING, &RESTARTING, &IMMEDIATE] {
            wander(provider, seed);
        }
    }
}

fn wander(provider: &'static dyn Provider, seed: u64) {
    let mut scene = Scene::new(provider);
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut random = |most: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % most
    };
    let mut creates = 0;
    for _ in 0..300 {
        match scene.heard.next(&mut scene.run) {
            Step::Send { request, .. } => creates += usize::from(path(&request) == "/create"),
            Step::Done => break,
            _ => {}
        }
        assert!(!matches!(scene.heard.next(&mut scene.run), Step::Send { .. }), "seed {seed}");
        let bodies = [
            "job 1",
            "running",
            "text a",
            "done b",
            "nonsense",
            "",
            "data: text a\n\n",
            "a token-1 - -",
            "data: clue 2\n\n",
            "data: draft c;settled\n\n",
        ];
        let body = bodies[usize::try_from(random(10)).unwrap()];
        let statuses = [200, 200, 200, 204, 302, 401, 404, 500, 503];
        match random(40) {
            0..=5 => scene.run.handle(Input::Woke),
            6..=9 => scene.run.handle(Input::Chunk(body.as_bytes())),
            10..=13 => scene.run.handle(Input::End),
            14..=16 => _ = scene.loses_it(),
            17..=20 => _ = scene.gets_with(200, &[("content-type", "text/event-stream")], body),
            21 => scene.run.handle(Input::Cancel),
            _ => _ = scene.gets(statuses[usize::try_from(random(9)).unwrap()], body),
        }
    }
    // None of these providers can tell a repetition by its token.
    assert!(creates <= 1, "seed {seed}: {creates} submissions");
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
