//! What comes back.

use fathom_core::{
    ErrorKind, Secret,
    gateway::{Refusal, answer},
    http::Head,
};

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{KEY, VENDOR, headers};

fn replied(status: u16, pairs: &[(&str, &str)]) -> Result<Head, Refusal> {
    answer(&Head { status, headers: headers(pairs) }, false, &Secret::new(KEY))
}

#[test]
fn a_reply_keeps_what_its_reader_needs_and_nothing_else() {
    let head = replied(
        429,
        &[
            ("Content-Type", "application/json; charset=utf-8"),
            ("Retry-After", "7"),
            ("X-Request-Id", "r-1"),
            ("X-RateLimit-Remaining", "0"),
            ("RateLimit", "limit=5"),
            ("Set-Cookie", "session=1"),
            ("Location", "https://evil.example"),
            ("Access-Control-Allow-Origin", "*"),
            ("Strict-Transport-Security", "max-age=1"),
            ("Content-Security-Policy", "default-src *"),
            ("Clear-Site-Data", "*"),
            ("Service-Worker-Allowed", "/"),
            ("Link", "<https://evil.example>; rel=preload"),
            ("Refresh", "0; url=https://evil.example"),
            ("Server", "x"),
            ("Connection", "retry-after"),
            ("Transfer-Encoding", "chunked"),
            ("Cache-Control", "public, max-age=600"),
        ],
    )
    .unwrap();
    let mut names: Vec<_> = head.headers.iter().collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            ("cache-control", "no-store"),
            ("content-type", "application/json"),
            ("ratelimit", "limit=5"),
            ("retry-after", "7"),
            ("x-content-type-options", "nosniff"),
            ("x-ratelimit-remaining", "0"),
            ("x-request-id", "r-1"),
        ]
    );
    assert_eq!(head.status, 429);
}

#[test]
fn a_page_is_passed_as_text_and_a_stream_as_a_stream() {
    let kind = |kind| {
        replied(200, &[("content-type", kind)])
            .unwrap()
            .headers
            .get("content-type")
            .unwrap()
            .to_owned()
    };
    assert_eq!(kind("text/event-stream; charset=utf-8"), "text/event-stream");
    assert_eq!(kind("text/html"), "text/plain; charset=utf-8");
    assert_eq!(kind("image/svg+xml"), "text/plain; charset=utf-8");
    assert_eq!(kind(""), "text/plain; charset=utf-8");
}

#[test]
fn redirects_and_what_is_no_answer_are_refused() {
    for status in [0, 100, 101, 103, 199, 300, 301, 302, 303, 304, 307, 308, 399, 600, 999] {
        assert_eq!(
            replied(status, &[("location", "https://evil.example")]).unwrap_err(),
            Refusal::Redirect
        );
    }
    let error = Refusal::Redirect.error(Some(&VENDOR));
    assert_eq!((error.kind(), error.status()), (ErrorKind::Malformed, Some(502)));
}

#[test]
fn a_header_that_holds_the_key_or_cannot_be_sent_is_left_out() {
    let head = replied(
        200,
        &[
            ("x-request-id", "for hunter2"),
            ("retry-after", "1\r\nx: y"),
            ("request-id", &"x".repeat(2_000)),
        ],
    )
    .unwrap();
    assert_eq!(head.headers.iter().count(), 3);
    let limits: Vec<_> = (0..500).map(|number| format!("x-ratelimit-{number}")).collect();
    let limits: Vec<_> = limits.iter().map(|name| (name.as_str(), "1")).collect();
    assert!(replied(200, &limits).unwrap().headers.iter().count() < 50);
}

#[test]
fn a_compression_is_named_unless_it_was_undone() {
    let head = Head { status: 200, headers: headers(&[("Content-Encoding", "gzip")]) };
    let named = |is_decoded| {
        answer(&head, is_decoded, &Secret::new(KEY))
            .unwrap()
            .headers
            .get("content-encoding")
            .map(str::to_owned)
    };
    assert_eq!((named(false).as_deref(), named(true)), (Some("gzip"), None));
}
