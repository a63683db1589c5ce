//! The transport against fetch functions written in JavaScript, in a headless browser.
#![cfg(all(target_family = "wasm", target_os = "unknown"))]
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::{cell::RefCell, future::pending, rc::Rc, time::Duration};

use fathom_core::{
    Access, Body, Outcome, Run, Start, Transport, drive,
    http::{Head, Request},
    providers,
    run::{Notice, TransportError, TransportErrorKind},
    task::Task,
};
use fathom_fetch::{Fetch, FetchBody};
use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::AbortController;

wasm_bindgen_test_configure!(run_in_browser);

/// A stand-in for `fetch`. What it should remember it keeps in `globalThis.seen`.
fn stand_in(body: &str) -> Fetch {
    Reflect::set(&js_sys::global(), &"seen".into(), &js_sys::Object::new()).unwrap();
    Fetch::new().with_function(Function::new_with_args("url, init", body))
}

fn seen(name: &str) -> JsValue {
    let seen = Reflect::get(&js_sys::global(), &"seen".into()).unwrap();
    Reflect::get(&seen, &name.into()).unwrap()
}

fn request() -> Request {
    Request::get("https://fathom.invalid/path?key=hidden")
}

async fn send(fetch: &Fetch) -> Result<(Head, FetchBody), TransportError> {
    fetch.send(&request()).await
}

async fn failure(fetch: &Fetch) -> TransportError {
    send(fetch).await.map(|_| ()).unwrap_err()
}

async fn read(body: &mut FetchBody) -> Result<String, TransportError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = body.chunk().await? {
        bytes.extend(chunk);
    }
    Ok(String::from_utf8(bytes).unwrap())
}

#[wasm_bindgen_test]
async fn sends_the_whole_request_and_nothing_else() {
    let fetch =
        stand_in("seen.url = url; seen.init = init; seen.self = this; return new Response('{}')");
    let mut request = Request::post("https://fathom.invalid/a", "{\"a\":\"ü\"}");
    request.headers.insert("authorization", "Bearer k").unwrap();
    let (head, mut body) = fetch.send(&request).await.unwrap();
    assert_eq!((head.status, read(&mut body).await.unwrap().as_str()), (200, "{}"));

    let init = seen("init");
    let keys: Vec<_> = js_sys::Object::keys::<js_sys::Object>(init.unchecked_ref())
        .iter()
        .map(|key| key.as_string().unwrap())
        .collect();
    assert_eq!(keys, ["method", "headers", "signal", "body"]);
    let headers = Reflect::get(&init, &"headers".into()).unwrap();
    let key = Reflect::get(&headers, &"authorization".into()).unwrap();
    assert_eq!(key.as_string().as_deref(), Some("Bearer k"));
}

#[wasm_bindgen_test]
async fn reads_a_stream_in_pieces_and_its_headers_in_any_case() {
    let fetch = stand_in(
        "const stream = new ReadableStream({ start(c) {
            for (const part of ['a', 'b', 'ü']) c.enqueue(new TextEncoder().encode(part));
            c.close();
        } });
        return Promise.resolve(new Response(stream, { status: 203, headers: { 'X-Request-Id': 'r1' } }));",
    );
    let (head, mut body) = send(&fetch).await.unwrap();
    assert_eq!((head.status, head.request_id()), (203, Some("r1")));
    assert_eq!(body.chunk().await.unwrap().as_deref(), Some(&b"a"[..]));
    assert_eq!(read(&mut body).await.unwrap(), "bü");
    assert_eq!(body.chunk().await.unwrap(), None);
}

#[wasm_bindgen_test]
async fn a_status_of_failure_is_a_reply() {
    let fetch = stand_in("return new Response('busy', { status: 503 })");
    let (head, mut body) = send(&fetch).await.unwrap();
    assert_eq!((head.status, read(&mut body).await.unwrap().as_str()), (503, "busy"));
}

#[wasm_bindgen_test]
async fn a_reply_without_a_body_ends_at_once() {
    let fetch = stand_in("return new Response(null, { status: 204 })");
    let (_, mut body) = send(&fetch).await.unwrap();
    assert_eq!(read(&mut body).await.unwrap(), "");
}

#[wasm_bindgen_test]
async fn a_header_that_cannot_be_sent_never_reaches_fetch() {
    let fetch = stand_in("seen.called = true; return new Response('')");
    for value in ["hunter2\n", "hünter2", "hunter2\0"] {
        let mut request = request();
        let pairs = [("x-key".to_owned(), value.to_owned())];
        request.headers = fathom_core::http::Headers::from_reply(pairs);
        let error = fetch.send(&request).await.map(|_| ()).unwrap_err();
        assert_eq!(error.kind, TransportErrorKind::Invalid);
        assert!(!error.message.contains("nter2"));
    }
    assert!(seen("called").is_undefined());
}

#[wasm_bindgen_test]
async fn an_address_that_makes_no_sense_is_told_apart_from_a_dead_network() {
    for fetch in [stand_in("return new Response('')"), Fetch::new()] {
        let error = fetch.send(&Request::get("http://[")).await.map(|_| ()).unwrap_err();
        assert_eq!(error.kind, TransportErrorKind::Invalid);
    }
}

#[wasm_bindgen_test]
async fn whatever_is_thrown_or_rejected_becomes_plain_words() {
    let cases = [
        ("throw 'a string'", "a string"),
        ("throw null", "no reason was given"),
        ("throw new Error('an error')", "an error"),
        ("return Promise.reject('a string')", "a string"),
        ("return Promise.reject(undefined)", "no reason was given"),
        ("return Promise.reject({ message: 7 })", "no reason was given"),
        ("return Promise.reject(Symbol('s'))", "no reason was given"),
        ("return Promise.reject(new Proxy({}, { get() { throw 1 } }))", "no reason was given"),
        ("return Promise.reject(new TypeError('Failed to fetch'))", "Failed to fetch"),
    ];
    for (body, words) in cases {
        let error = failure(&stand_in(body)).await;
        assert_eq!(error.kind, TransportErrorKind::Unreachable, "{body}");
        assert!(error.message.contains(words), "{body}: {}", error.message);
        assert!(!error.message.contains("hidden"), "{}", error.message);
    }
}

#[wasm_bindgen_test]
async fn a_response_of_another_realm_is_a_response() {
    let fetch = stand_in(
        "const frame = document.createElement('iframe');
         document.body.append(frame);
         return new frame.contentWindow.Response('from a frame', { headers: { 'x-request-id': 'f' } });",
    );
    let (head, mut body) = send(&fetch).await.unwrap();
    assert_eq!(head.request_id(), Some("f"));
    assert_eq!(read(&mut body).await.unwrap(), "from a frame");

    let fetch = stand_in(
        "return { status: 200, headers: new Map([['x-request-id', 'm']]), text: async () => 'händ made' }",
    );
    let (head, mut body) = send(&fetch).await.unwrap();
    assert_eq!(head.request_id(), Some("m"));
    assert_eq!(read(&mut body).await.unwrap(), "händ made");
}

#[wasm_bindgen_test]
async fn what_is_not_a_response_is_an_error() {
    for value in [
        "undefined",
        "null",
        "5",
        "'x'",
        "{}",
        "{ status: '200' }",
        "{ status: 1e9 }",
        "{ status: NaN }",
    ] {
        let error = failure(&stand_in(&["return (", value, ")"].concat())).await;
        assert_eq!(error.kind, TransportErrorKind::Unreachable, "{value}");
    }
}

#[wasm_bindgen_test]
async fn a_body_that_breaks_off_is_an_error_after_what_came() {
    for reason in ["'x'", "undefined", "new Error('x')"] {
        let fetch = stand_in(
            &[
                "let first = true;
             return new Response(new ReadableStream({ pull(c) {
                if (first) { first = false; c.enqueue(new Uint8Array([65])); } else c.error(",
                reason,
                "); } }, { highWaterMark: 0 }))",
            ]
            .concat(),
        );
        let (_, mut body) = send(&fetch).await.unwrap();
        assert_eq!(body.chunk().await.unwrap().as_deref(), Some(&b"A"[..]));
        let error = body.chunk().await.unwrap_err();
        assert_eq!(error.kind, TransportErrorKind::Interrupted, "{reason}");
        assert_eq!(body.chunk().await.unwrap(), None, "{reason}");
    }
}

#[wasm_bindgen_test]
async fn a_piece_that_is_not_bytes_is_an_error() {
    for piece in [
        "5",
        "{}",
        "{ length: 1e15 }",
        "null",
        "Symbol('s')",
        "{ byteLength: 1, get length() { throw 1 } }",
    ] {
        let fetch = stand_in(&[
            "return { status: 200, body: { getReader: () => ({ read: async () => ({ done: false, value: ",
            piece,
            " }) }) } }",
        ].concat());
        let (_, mut body) = send(&fetch).await.unwrap();
        assert_eq!(
            body.chunk().await.unwrap_err().kind,
            TransportErrorKind::Interrupted,
            "{piece}"
        );
    }
}

#[wasm_bindgen_test]
async fn an_abort_with_any_reason_ends_a_request_under_way() {
    for reason in ["'x'", "undefined", "new Error('x')"] {
        let controller = AbortController::new().unwrap();
        let fetch = stand_in(
            "return new Promise((_, reject) => init.signal.addEventListener('abort', () => reject('x')))",
        )
        .with_signal(controller.signal());
        abort_soon(&controller, reason);
        assert_eq!(failure(&fetch).await.kind, TransportErrorKind::Aborted, "{reason}");
        // A signal that is used up refuses every later request.
        assert_eq!(failure(&fetch).await.kind, TransportErrorKind::Aborted, "{reason}");
    }
}

#[wasm_bindgen_test]
async fn an_abort_ends_a_body_under_way() {
    let controller = AbortController::new().unwrap();
    let fetch = stand_in(
        "return new Response(new ReadableStream({ start(c) {
            init.signal.addEventListener('abort', () => c.error('x'));
         } }))",
    )
    .with_signal(controller.signal());
    let (_, mut body) = send(&fetch).await.unwrap();
    abort_soon(&controller, "'x'");
    assert_eq!(body.chunk().await.unwrap_err().kind, TransportErrorKind::Aborted);
}

fn abort_soon(controller: &AbortController, reason: &str) {
    let abort =
        Function::new_with_args("c", &["queueMicrotask(() => c.abort(", reason, "))"].concat());
    abort.call1(&JsValue::NULL, controller).unwrap();
}

#[wasm_bindgen_test]
async fn a_signal_that_is_no_signal_does_no_harm() {
    for signal in [JsValue::from_str("x"), JsValue::NULL, js_sys::Object::new().into()] {
        let fetch = stand_in("return new Response('fine')").with_signal(signal);
        let (_, mut body) = send(&fetch).await.unwrap();
        assert_eq!(read(&mut body).await.unwrap(), "fine");
    }
}

#[wasm_bindgen_test]
async fn dropping_aborts_the_request_and_the_stream() {
    let fetch = stand_in("seen.signal = init.signal; return new Promise(() => {})");
    let sending = async { send(&fetch).await.is_ok() };
    assert!(first(sending, fetch.sleep(Duration::from_millis(1))).await.is_none());
    assert!(is_aborted(&seen("signal")));

    let fetch = stand_in(
        "seen.signal = init.signal;
         return { status: 200, body: { getReader: () => ({
            read: () => new Promise(() => {}),
            cancel: () => { seen.cancelled = true; return Promise.reject('x') },
         }) } }",
    );
    let (_, mut body) = send(&fetch).await.unwrap();
    assert!(first(body.chunk(), fetch.sleep(Duration::from_millis(1))).await.is_none());
    drop(body);
    assert!(is_aborted(&seen("signal")));
    assert!(seen("cancelled").is_truthy());
}

#[wasm_bindgen_test]
async fn a_read_that_is_given_up_loses_nothing() {
    let fetch = stand_in(
        "let go; const gate = new Promise(resolve => go = resolve);
         seen.go = () => go({ done: false, value: new Uint8Array([65]) });
         return { status: 200, body: { getReader: () => ({ read: () => gate }) } }",
    );
    let (_, mut body) = send(&fetch).await.unwrap();
    assert!(first(body.chunk(), fetch.sleep(Duration::from_millis(1))).await.is_none());
    seen("go").unchecked_into::<Function>().call0(&JsValue::NULL).unwrap();
    assert_eq!(body.chunk().await.unwrap().as_deref(), Some(&b"A"[..]));
}

#[wasm_bindgen_test]
async fn the_host_fetch_is_used_unless_another_is_given() {
    let url = Function::new_no_args("return URL.createObjectURL(new Blob(['a blob']))");
    let url = url.call0(&JsValue::NULL).unwrap().as_string().unwrap();
    let (head, mut body) = Fetch::new().send(&Request::get(url)).await.unwrap();
    assert_eq!((head.status, read(&mut body).await.unwrap().as_str()), (200, "a blob"));
}

#[wasm_bindgen_test]
async fn sleeping_takes_at_least_as_long_as_asked() {
    let before = js_sys::Date::now();
    Fetch::new().sleep(Duration::from_micros(20_500)).await;
    // The clock of `Date` may be a millisecond off the one of timers.
    assert!(js_sys::Date::now() - before >= 20.0);
}

#[wasm_bindgen_test]
async fn a_run_goes_from_question_to_report() {
    let fetch = stand_in(
        r#"const json = (status, value) => new Response(JSON.stringify(value), { status });
        const run = { id: 'run-1', status: 'completed', report: { markdown: '## In short\n\nYes. [1]' } };
        if (url.endsWith('/events')) {
            const text = 'id: 1\nevent: run-started\ndata: {"id":1,"at_ms":0,"event":{"type":"run-started"}}\n\n' +
                'id: 2\nevent: run-ended\ndata: {"id":2,"at_ms":9,"event":{"type":"run-ended","status":"completed"}}\n\n';
            return new Response(text, { headers: { 'content-type': 'text/event-stream' } });
        }
        return init.method === 'POST' ? json(201, { id: 'run-1', status: 'queued' }) : json(200, run);"#,
    );
    let access = Access::new("https://fathom.invalid", None).unwrap();
    let task = Task { question: "Is it?".to_owned(), ..Task::default() };
    let start = Start { token: "t".to_owned(), seed: 1, now_ms: None };
    let run = Run::new(providers::find("local").unwrap(), access, task, start).unwrap();
    let events = Rc::new(RefCell::new(0));
    let outcome = drive(run, &fetch, pending(), None, async |notice| {
        if let Notice::Event(_) = notice {
            *events.borrow_mut() += 1;
        }
    });
    let outcome = outcome.await;
    let text = match &outcome {
        Outcome::Completed(report) => report.markdown.as_str(),
        _ => "the run did not complete",
    };
    assert_eq!(text, "## In short\n\nYes. [1]");
    assert_eq!(*events.borrow(), 2);
}

fn is_aborted(signal: &JsValue) -> bool {
    Reflect::get(signal, &"aborted".into()).unwrap().is_truthy()
}

/// What `work` gives, or nothing if `timer` is done first.
async fn first<T>(work: impl Future<Output = T>, timer: impl Future<Output = ()>) -> Option<T> {
    let (mut work, mut timer) = (std::pin::pin!(work), std::pin::pin!(timer));
    std::future::poll_fn(|context| match work.as_mut().poll(context) {
        std::task::Poll::Ready(output) => std::task::Poll::Ready(Some(output)),
        std::task::Poll::Pending => timer.as_mut().poll(context).map(|()| None),
    })
    .await
}
