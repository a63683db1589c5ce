//! Every provider over every transcript, held to the same laws.

use std::{collections::BTreeSet, time::Duration};

use fathom_core::{
    Checkpoint, ErrorKind, Outcome, Provider, Run, Start, Task,
    fixture::{Entry, Fixture},
    http::{Head, Headers},
    provider::{Call, Content, Frame, Update},
    providers,
    run::{Input, Step},
    sse,
};

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::{
    player::{Cut, Heard, KEY, access, new_run, path, play, start},
    server::{Faults, Server},
};

/// Every transcript with its provider.
fn each(mut check: impl FnMut(&str, &'static dyn Provider, &Fixture)) {
    for (id, fixtures) in providers::FIXTURES {
        let provider = providers::find(id).unwrap();
        for (name, text) in *fixtures {
            let fixture =
                Fixture::parse(text).unwrap_or_else(|error| panic!("{id}/{name}: {error}"));
            check(&format!("{id}/{name}"), provider, &fixture);
        }
    }
}

#[test]
fn every_provider_has_a_name_of_its_own_and_transcripts() {
    let ids: BTreeSet<_> = providers::ROSTER.iter().map(|provider| &provider.info().id).collect();
    assert_eq!(ids.len(), providers::ROSTER.len());
    for id in ids {
        assert!(
            providers::FIXTURES.iter().any(|(known, list)| *known == id && !list.is_empty()),
            "{id}"
        );
    }
}

#[test]
fn transcripts_play_however_the_bodies_are_cut() {
    let cuts: [Cut; 5] = [
        |body| vec![body],
        |body| body.chunks(1).collect(),
        |body| body.chunks(2).collect(),
        |body| body.chunks(7).collect(),
        |body| body.split_inclusive(|byte| *byte == b'\n').flat_map(|line| [line, &[]]).collect(),
    ];
    each(|name, provider, fixture| {
        for cut in cuts {
            play(name, provider, fixture, cut);
        }
    });
}

/// Every reply of every transcript, with the request it answers; each text once.
fn each_reply(mut check: impl FnMut(&str, &'static dyn Provider, Call, &Head, &str)) {
    let mut seen = BTreeSet::new();
    each(|name, provider, fixture| {
        for pair in fixture.entries.windows(2) {
            if let [Entry::Request(request), Entry::Reply(head, body)] = pair {
                let call = match request.method.as_str() {
                    "POST" if request.path.ends_with("/cancel") => Call::Cancel,
                    "POST" => Call::Create,
                    _ if head.is_event_stream() => Call::Stream,
                    _ if lists(provider, &request.path) => Call::List,
                    _ => Call::Poll,
                };
                if seen.insert((provider.info().id.clone(), call as u8, body.clone())) {
                    check(name, provider, call, head, body);
                }
            }
        }
    });
}

/// Whether a path is the one of the provider's list.
fn lists(provider: &dyn Provider, wanted: &str) -> bool {
    let bare = |path: &str| path.split('?').next().unwrap().to_owned();
    provider.list(None, &access()).is_some_and(|request| bare(path(&request)) == bare(wanted))
}

#[test]
fn a_reply_that_ends_at_any_byte_is_an_error_and_never_a_panic() {
    each_reply(|name, provider, call, head, body| {
        let end = body.trim_end().len();
        for cut in 0..end {
            let piece = body.as_bytes().get(..cut).unwrap();
            if head.is_event_stream() {
                read_stream(provider, call, piece);
            } else if head.is_success() && head.is_json() {
                let frame = Frame { call, content: Content::Body(head, piece) };
                assert!(provider.read(frame).is_err(), "{name}: cut at {cut}");
            } else {
                let _ = provider.read_failure(head, piece);
            }
        }
    });
}

#[test]
fn a_reply_with_any_byte_changed_is_never_a_panic() {
    each_reply(|_, provider, call, head, body| {
        let mut bytes = body.as_bytes().to_vec();
        // In long replies every seventh byte: the others stand in the same kinds of places.
        let stride = if bytes.len() > 1_000 { 7 } else { 1 };
        for at in (0..bytes.len()).step_by(stride) {
            let before = std::mem::replace(&mut bytes[at], b'\xFF');
            if head.is_event_stream() {
                read_stream(provider, call, &bytes);
            } else {
                let _ = provider.read(Frame { call, content: Content::Body(head, &bytes) });
                let _ = provider.read_failure(head, &bytes);
            }
            bytes[at] = before;
        }
    });
}

fn read_stream(provider: &dyn Provider, call: Call, bytes: &[u8]) {
    for message in sse::Decoder::default().push(bytes).unwrap() {
        let _ = provider.read(Frame { call, content: Content::Message(&message) });
    }
}

#[test]
fn failures_have_the_right_kinds_whoever_answers() {
    let kinds = [
        (401, ErrorKind::Unauthorized, false),
        (402, ErrorKind::Quota, false),
        (403, ErrorKind::Refused, false),
        (429, ErrorKind::RateLimited, true),
        (500, ErrorKind::Internal, true),
        (502, ErrorKind::Unavailable, true),
        (503, ErrorKind::Unavailable, true),
        (504, ErrorKind::Timeout, true),
    ];
    let wait = ("Retry-After".to_owned(), "7".to_owned());
    for provider in providers::ROSTER {
        for (status, kind, retryable) in kinds {
            for body in ["", "<html>no</html>", "{", "null", "[]", r#"{"error":"no"}"#] {
                let head = Head { status, headers: Headers::from_reply([wait.clone()]) };
                let error = provider.read_failure(&head, body.as_bytes());
                assert_eq!(
                    (error.kind(), error.is_retryable()),
                    (kind, retryable),
                    "{status} {body}"
                );
                assert_eq!(error.status(), Some(status));
                assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
                assert_eq!(error.provider(), Some(provider.info().id.as_ref()));
            }
        }
    }
}

#[test]
fn a_reply_that_is_not_what_was_asked_for_is_malformed() {
    let head = Head::new(200);
    for provider in providers::ROSTER {
        for call in [Call::Create, Call::Poll, Call::Cancel, Call::List] {
            for body in ["", "<html>", "{", "null", "[]", "7", "\u{FEFF}{}"] {
                let frame = Frame { call, content: Content::Body(&head, body.as_bytes()) };
                match provider.read(frame) {
                    Err(error) => assert_eq!(error.kind(), ErrorKind::Malformed, "{call:?} {body}"),
                    // There are lists that are nothing but an array.
                    Ok(updates) => assert!(
                        (call, body) == (Call::List, "[]")
                            && updates == [Update::Listed { jobs: Vec::new(), next: None }]
                    ),
                }
            }
        }
    }
}

/// The run as a new process finds it: from the last stored checkpoint, or anew if none was stored.
fn reborn(provider: &'static dyn Provider, fixture: &Fixture, last: Option<&Checkpoint>) -> Run {
    match last {
        None => new_run(provider, &fixture.task),
        Some(checkpoint) => {
            let stored = serde_json::to_string(checkpoint).unwrap();
            let checkpoint = serde_json::from_str(&stored).unwrap();
            Run::resume(provider, access(), checkpoint, 8).unwrap()
        }
    }
}

const MANY: usize = 10_000;

/// A run that went through trouble has the same report, or, where nobody can say whether the provider
/// has the job, waits for a person.
fn expect_report(context: &str, provider: &dyn Provider, fixture: &Fixture, outcome: Outcome) {
    match outcome {
        Outcome::Completed(report) => assert_eq!(Some(report), fixture.end.report, "{context}"),
        Outcome::SubmitUnknown(_) => assert!(!is_found(provider, fixture), "{context}"),
        outcome => panic!("{context}: {outcome:?}"),
    }
}

/// Whether a list of the provider says enough to recognise a job.
fn is_found(provider: &dyn Provider, fixture: &Fixture) -> bool {
    fixture.asides.iter().any(|(_, head, body)| {
        let content = Content::Body(head, body.as_bytes());
        let updates = provider.read(Frame { call: Call::List, content }).unwrap_or_default();
        updates.iter().any(|update| match update {
            Update::Listed { jobs, .. } => {
                jobs.iter().any(|job| job.token.is_some() || job.created_ms.is_some())
            }
            _ => false,
        })
    })
}

#[test]
fn faults_on_the_way_neither_lose_a_run_nor_buy_a_second() {
    each(|name, provider, fixture| {
        if fixture.end.word != "completed" {
            return;
        }
        for seed in 0..80 {
            let Some(mut server) = Server::new(provider, fixture) else { return };
            server.faults = Some(Faults::new(seed));
            let mut heard = Heard::default();
            // A clock may be wrong, or jump; it only helps to recognise a job.
            let now_ms = [None, Some(0), Some(1_000_000), Some(u64::MAX)][seed as usize % 4];
            let start = Start { now_ms, ..start() };
            let mut run = Run::new(provider, access(), fixture.task.clone(), start).unwrap();
            assert!(server.serve(&mut run, &mut heard, MANY), "{name}, seed {seed}");
            let ids: Vec<_> = heard.events.iter().map(|record| record.id).collect();
            assert!(ids.is_sorted_by(|one, two| one < two), "{name}, seed {seed}: {ids:?}");
            assert!(server.submissions(provider) <= 1, "{name}, seed {seed}");
            let outcome = run.finish();
            // Without a clock that can be trusted a job without our token is nobody's.
            let unsure =
                matches!(now_ms, None | Some(u64::MAX)) && !provider.info().capabilities.metadata;
            if !(unsure && matches!(outcome, Outcome::SubmitUnknown(_))) {
                expect_report(&format!("{name}, seed {seed}"), provider, fixture, outcome);
            }
        }
    });
}

#[test]
fn fields_that_nobody_knows_change_nothing() {
    each(|name, provider, fixture| {
        let mut newer = fixture.clone();
        for entry in &mut newer.entries {
            if let Entry::Reply(_, body) = entry {
                *body = with_new_fields(body);
            }
        }
        play(name, provider, &newer, |body| vec![body]);
    });
}

/// The same reply from a server that says more: in its body, or in the data of each of its events.
fn with_new_fields(body: &str) -> String {
    let extended = |text: &str| match serde_json::from_str(text) {
        Ok(serde_json::Value::Object(mut fields)) => {
            fields.insert("zz".to_owned(), serde_json::json!({"new": [null, {"id": 1}]}));
            Some(serde_json::Value::Object(fields).to_string())
        }
        _ => None,
    };
    if let Some(body) = extended(body) {
        return body;
    }
    let line = |line: &str| {
        let data = line.strip_prefix("data: ").and_then(extended);
        data.map_or_else(|| line.to_owned(), |data| format!("data: {data}\n"))
    };
    body.split_inclusive('\n').map(line).collect()
}

#[test]
fn events_that_nobody_knows_are_no_error() {
    for provider in providers::ROSTER.iter().filter(|provider| provider.info().capabilities.stream)
    {
        for data in
            [r#"{"x": 1}"#, "[1]", "null", r#"{"type": "brand-new", "eventType": "brand-new"}"#]
        {
            let event = "brand-new".to_owned();
            let message = sse::Message { event, data: data.to_owned(), id: None };
            let frame = Frame { call: Call::Stream, content: Content::Message(&message) };
            assert!(provider.read(frame).is_ok(), "{provider:?} {data}");
        }
    }
}

#[test]
fn a_run_killed_at_any_step_and_resumed_ends_the_same_without_a_second_job() {
    each(|name, provider, fixture| {
        for steps in 0..MANY {
            let Some(mut server) = Server::new(provider, fixture) else { return };
            let mut heard = Heard::default();
            let mut run = new_run(provider, &fixture.task);
            let over = server.serve(&mut run, &mut heard, steps);
            if !over {
                // What was told after the last checkpoint may be told again.
                let stored = heard.checkpoints.last();
                let seen = stored.map_or(0, |checkpoint| checkpoint.seen);
                heard.events.retain(|record| record.id <= seen);
                run = reborn(provider, fixture, stored);
                if fixture.end.word == "cancelled" {
                    run.handle(Input::Cancel);
                }
                assert!(server.serve(&mut run, &mut heard, MANY), "{name}, step {steps}");
            }
            let ids: Vec<_> = heard.events.iter().map(|record| record.id).collect();
            assert!(ids.is_sorted_by(|one, two| one < two), "{name}, step {steps}: {ids:?}");
            assert!(server.submissions(provider) <= 1, "{name}, step {steps}");
            if fixture.end.word == "completed" {
                let context = format!("{name}, step {steps}");
                expect_report(&context, provider, fixture, run.finish());
            }
            if over {
                return;
            }
        }
        panic!("{name} does not end");
    });
}

#[test]
fn a_run_cancelled_at_any_step_ends() {
    each(|name, provider, fixture| {
        for steps in 0..MANY {
            let Some(mut server) = Server::new(provider, fixture) else { return };
            if fixture.end.word != "cancelled" {
                return;
            }
            let mut heard = Heard::default();
            let mut run = new_run(provider, &fixture.task);
            let over = server.serve(&mut run, &mut heard, steps);
            run.handle(Input::Cancel);
            assert!(server.serve(&mut run, &mut heard, MANY), "{name}, step {steps}");
            match run.finish() {
                // Before the request has left there is nothing to be found.
                Outcome::Cancelled(None) if server.submissions(provider) == 0 => {}
                Outcome::Cancelled(report) => {
                    assert_eq!(report, fixture.end.report, "{name}, step {steps}")
                }
                outcome => panic!("{name}, step {steps}: {outcome:?}"),
            }
            if over {
                return;
            }
        }
    });
}

#[test]
fn nothing_comes_after_the_end_and_the_end_comes_once() {
    each(|name, provider, fixture| {
        let Some(mut server) = Server::new(provider, fixture) else { return };
        let mut heard = Heard::default();
        let mut run = new_run(provider, &fixture.task);
        server.serve(&mut run, &mut heard, MANY);
        let count = heard.events.len();
        for input in
            [Input::Woke, Input::End, Input::Cancel, Input::Pause, Input::Chunk(b"data: x\n\n")]
        {
            run.handle(input);
            assert!(matches!(run.step(), Step::Done), "{name}");
        }
        assert_eq!(heard.events.len(), count);
        assert!(!matches!(run.finish(), Outcome::Paused(_)), "{name}");
    });
}

#[test]
fn no_transcript_holds_anything_shaped_like_a_key() {
    for (id, fixtures) in providers::FIXTURES {
        for (name, text) in *fixtures {
            let lower = text.to_lowercase();
            for sign in ["authorization", "x-api-key", "bearer ", "sk-", "tvly-", "api_key"] {
                // `task-operation` is no key.
                let shown = lower.match_indices(sign).any(|(at, _)| {
                    !lower
                        .get(..at)
                        .unwrap_or_default()
                        .ends_with(|before: char| before.is_ascii_alphanumeric() || before == '_')
                });
                assert!(!shown, "{id}/{name}: {sign}");
            }
        }
    }
}

#[test]
fn a_key_that_a_provider_repeats_is_not_shown() {
    let body = format!(
        r#"{{"error": "Invalid API key {KEY}", "detail": "No {KEY}", "tag": "INVALID_API_KEY"}}"#
    );
    for provider in providers::ROSTER {
        for status in [401, 503] {
            let task = Task { question: "Why?".to_owned(), ..Task::default() };
            let mut run = new_run(*provider, &task);
            let mut heard = Heard::default();
            assert!(matches!(heard.next(&mut run), Step::Send { .. }));
            run.handle(Input::Head(Head::new(status)));
            run.handle(Input::Chunk(body.as_bytes()));
            run.handle(Input::End);
            heard.next(&mut run);
            let shown = format!("{:?} {:?}", heard.troubles, run.finish());
            assert!(!shown.contains(KEY), "{provider:?}: {shown}");
        }
    }
}
