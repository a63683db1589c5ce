//! Every provider over every transcript, held to the same laws.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use fathom_core::{
    Checkpoint, ErrorKind, Outcome, Provider, Run,
    fixture::{Entry, Fixture},
    http::{Head, Headers, Request},
    provider::{Call, Content, Frame, Update},
    providers,
    run::{Input, Step},
    sse,
};

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::player::{Cut, Heard, access, new_run, path, play};

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

/// Every reply of every transcript, with the request it answers.
fn each_reply(mut check: impl FnMut(&str, &'static dyn Provider, Call, &Head, &str)) {
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
                check(name, provider, call, head, body);
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
        for at in 0..bytes.len() {
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

/// A server that knows a transcript's replies and answers whatever is asked, in any order.
struct Server<'a> {
    replies: BTreeMap<String, Vec<(&'a Head, &'a str)>>,
    tokens: BTreeSet<String>,
    creates: usize,
}

impl<'a> Server<'a> {
    /// None for a transcript in which something fails, or in which nobody but the person ends the
    /// run: it can only be played in order.
    fn new(provider: &dyn Provider, fixture: &'a Fixture) -> Option<Self> {
        if fixture.end.word == "cancelled" && !provider.info().capabilities.cancel {
            return None;
        }
        let mut replies: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for pair in fixture.entries.windows(2) {
            match pair {
                [_, Entry::Broken(_)] => return None,
                [_, Entry::Reply(head, body)]
                    if !head.is_success() || body.starts_with("<!doctype") =>
                {
                    return None;
                }
                [Entry::Request(request), Entry::Reply(head, body)] => {
                    let route = [&request.method, " ", &request.path].concat();
                    replies.entry(route).or_default().push((head, body.as_str()));
                }
                _ => {}
            }
        }
        Some(Self { replies, tokens: BTreeSet::new(), creates: 0 })
    }

    fn answer(&mut self, request: &Request) -> (Head, String) {
        if let Some(body) = request.body.as_deref().filter(|body| !body.is_empty()) {
            let body: serde_json::Value = serde_json::from_str(body).unwrap();
            self.tokens.insert(body["token"].to_string());
            self.creates += 1;
        }
        let route = [request.method.as_str(), " ", path(request)].concat();
        let Some(replies) = self.replies.get(&route) else {
            return (Head::new(404), r#"{"detail": "There is nothing here."}"#.to_owned());
        };
        let (head, body) = replies.last().unwrap();
        // A stream that answers the submission cannot be taken up again.
        if !request.stream || request.body.is_some() {
            return ((*head).clone(), (*body).to_owned());
        }
        let seen = request.headers.get("last-event-id").map_or(0, |id| id.parse().unwrap());
        let frames: BTreeMap<u64, &str> = replies
            .iter()
            .flat_map(|(_, body)| body.split_inclusive("\n\n"))
            .filter_map(|frame| {
                let id = frame.lines().find_map(|line| line.strip_prefix("id: "))?;
                Some((id.parse().unwrap(), frame))
            })
            .filter(|(id, _)| *id > seen)
            .collect();
        ((*head).clone(), frames.into_values().collect())
    }

    /// Lets the run make up to `steps` steps; says whether it has ended.
    fn serve(&mut self, run: &mut Run, heard: &mut Heard, steps: usize) -> bool {
        let mut body: Vec<Vec<u8>> = Vec::new();
        for _ in 0..steps {
            match heard.next(run) {
                Step::Send { request, .. } => {
                    let (head, text) = self.answer(&request);
                    // In pieces that end in the middle of characters and events.
                    body = text.as_bytes().chunks(150).rev().map(<[u8]>::to_vec).collect();
                    run.handle(Input::Head(head));
                }
                Step::Read { .. } => match body.pop() {
                    Some(piece) => run.handle(Input::Chunk(&piece)),
                    None => run.handle(Input::End),
                },
                Step::Wait(_) => run.handle(Input::Woke),
                Step::Done => return true,
                Step::Tell(_) => {}
            }
        }
        matches!(heard.next(run), Step::Done)
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
            let resends = provider.info().capabilities.idempotent_create;
            assert!(server.tokens.len() <= 1, "{name}, step {steps}");
            assert!(resends || server.creates <= 1, "{name}, step {steps}");
            match run.finish() {
                Outcome::Completed(report) => {
                    assert_eq!(Some(report), fixture.end.report, "{name}, step {steps}");
                }
                // The intent was stored, and nobody heard an answer.
                Outcome::SubmitUnknown(_) if !resends && !over => {}
                outcome => {
                    assert_ne!(fixture.end.word, "completed", "{name}, step {steps}: {outcome:?}");
                }
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
                Outcome::Cancelled(report) if server.tokens.is_empty() => assert_eq!(report, None),
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
                assert!(!lower.contains(sign), "{id}/{name}: {sign}");
            }
        }
    }
}
