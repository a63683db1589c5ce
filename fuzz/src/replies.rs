//! The replies of a vendor.
//!
//! The first byte says what the rest is a reply to: `0` create, `1` stream, `2` poll, `3` cancel, `4`
//! list, `5` a failure, `6` a stream that answers the submission.

use fathom_core::{
    Access, Provider, Run, Start, Task,
    http::{Head, Headers},
    provider::{Call, Content, Frame},
    providers,
    run::{Input, Step},
    sse::Decoder,
};

/// Gives the bytes to every provider of a vendor: alone, and in a run.
pub fn read(vendor: &str, bytes: &[u8]) {
    let Some((kind, body)) = bytes.split_first() else { return };
    let of_vendor = |provider: &&&dyn Provider| provider.info().vendor == vendor;
    for provider in providers::ROSTER.iter().filter(of_vendor) {
        alone(*provider, *kind, body);
        in_a_run(*provider, *kind, body);
    }
}

fn alone(provider: &dyn Provider, kind: u8, body: &[u8]) {
    let head = Head::new(200);
    let calls = [Call::Create, Call::Stream, Call::Poll, Call::Cancel, Call::List];
    match kind {
        b'5' => {
            for status in [400, 404, 422, 429, 432, 500, 503] {
                let error = provider.read_failure(&Head::new(status), body);
                assert_eq!(error.status(), Some(status));
                // A vendor that answers with a book must not fill the screen with it.
                assert!(error.message().len() < 8_000, "{}", error.message().len());
            }
        }
        b'1' | b'6' => {
            let call = if kind == b'1' { Call::Stream } else { Call::Create };
            let mut decoder = Decoder::new(1 << 16);
            for message in decoder.push(body).unwrap_or_default() {
                let _ = provider.read(Frame { call, content: Content::Message(&message) });
            }
        }
        _ => {
            let call =
                calls.get(usize::from(kind.wrapping_sub(b'0'))).copied().unwrap_or(Call::Poll);
            let _ = provider.read(Frame { call, content: Content::Body(&head, body) });
        }
    }
}

/// Answers every request of a run with the same bytes; the run must go on as it promises.
fn in_a_run(provider: &'static dyn Provider, kind: u8, body: &[u8]) {
    let Ok(access) = Access::new("https://vendor.example", None) else { return };
    let task = Task { question: "Why?".to_owned(), ..Task::default() };
    let start = Start { token: "token-1".to_owned(), seed: 1, now_ms: Some(1_000_000) };
    let Ok(mut run) = Run::new(provider, access, task, start) else { return };
    let kind_of =
        if matches!(kind, b'1' | b'6') { "text/event-stream" } else { "application/json" };
    let status = if kind == b'5' { 503 } else { 200 };
    let headers = [("content-type".to_owned(), kind_of.to_owned())];
    let mut told = 0;
    for _ in 0..60 {
        match run.step() {
            Step::Send { .. } => {
                run.handle(Input::Head(Head {
                    status,
                    headers: Headers::from_reply(headers.clone()),
                }));
                body.chunks(97).for_each(|piece| run.handle(Input::Chunk(piece)));
                run.handle(Input::End);
            }
            Step::Wait(wait) => {
                assert!(wait.as_secs() <= 700, "{wait:?}");
                run.handle(Input::Woke);
            }
            Step::Read { .. } => run.handle(Input::End),
            Step::Tell(_) => told += 1,
            Step::Done => {
                let _ = run.finish();
                return;
            }
        }
        assert!(told <= 60);
    }
}
