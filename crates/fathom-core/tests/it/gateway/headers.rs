//! Headers and bodies.

use fathom_core::{
    gateway::{KEY_HEADER, Refusal},
    http::Method,
};

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{JSON, KEY, ask, post};

#[test]
fn a_request_is_passed_with_the_key_and_nothing_that_was_not_named() {
    let sent = ask(
        "POST",
        "/runs?a=b%20c",
        &[
            ("Content-Type", "application/json; charset=utf-8"),
            ("Accept", "text/event-stream"),
            ("Some-Beta", "agent-1"),
            ("Last-Event-ID", "7"),
            ("Host", "fathom.example"),
            ("Cookie", "session=1"),
            ("Authorization", "Bearer of-the-app"),
            ("X-Api-Key", "of-somebody"),
            ("Origin", "https://evil.example"),
            ("Referer", "https://evil.example/x"),
            ("User-Agent", "Mozilla"),
            ("X-Forwarded-For", "10.0.0.1"),
            ("Forwarded", "for=10.0.0.1"),
            ("X-Forwarded-Host", "evil.example"),
            ("Proxy-Authorization", "Basic x"),
            ("Range", "bytes=0-1"),
            ("If-None-Match", "x"),
            ("Accept-Encoding", "gzip"),
            ("Connection", "keep-alive"),
            ("Content-Length", "17"),
        ],
        17,
    )
    .unwrap();
    assert_eq!(
        (sent.method, sent.url.as_str()),
        (Method::Post, "https://vendor.example/runs?a=b%20c")
    );
    let mut names: Vec<_> = sent.headers.iter().collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            ("accept", "text/event-stream"),
            ("accept-encoding", "identity"),
            ("content-type", "application/json; charset=utf-8"),
            ("last-event-id", "7"),
            ("some-beta", "agent-1"),
            ("x-api-key", KEY),
        ]
    );
    assert_eq!(sent.body_max, 100);
    assert!(!format!("{sent:?}").contains(KEY));
    assert!(!format!("{sent:?}").contains("b%20c"));
}

#[test]
fn framing_that_two_servers_could_read_differently_is_refused() {
    let framing = |pairs: &[(&str, &str)]| {
        let mut all = vec![JSON];
        all.extend(pairs);
        post(&all, 0).map(|_| ()).unwrap_err()
    };
    assert_eq!(
        framing(&[("content-length", "5"), ("transfer-encoding", "chunked")]),
        Refusal::Header("transfer-encoding")
    );
    assert_eq!(
        framing(&[("transfer-encoding", "gzip, chunked")]),
        Refusal::Header("transfer-encoding")
    );
    assert_eq!(framing(&[("transfer-encoding", "identity")]), Refusal::Header("transfer-encoding"));
    assert_eq!(
        framing(&[("Transfer-Encoding", "chunked"), ("transfer-encoding", "chunked")]),
        Refusal::Header("transfer-encoding")
    );
    assert_eq!(
        framing(&[("content-length", "5"), ("Content-Length", "5")]),
        Refusal::Header("content-length")
    );
    for length in ["", "-1", "+5", "+5x", "5, 5", "0x5", "99999999999999999999"] {
        assert_eq!(
            framing(&[("content-length", length)]),
            Refusal::Header("content-length"),
            "{length}"
        );
    }
    assert_eq!(
        framing(&[("upgrade", "websocket"), ("connection", "upgrade")]),
        Refusal::Header("upgrade")
    );
    assert_eq!(framing(&[("content-encoding", "gzip")]), Refusal::Type);
    assert!(post(&[JSON, ("transfer-encoding", "chunked")], 0).is_ok());
}

#[test]
fn a_header_that_comes_twice_or_cannot_be_sent_is_refused() {
    for name in ["accept", "content-type", "last-event-id", "some-beta"] {
        let value = if name == "content-type" { "application/json" } else { "x" };
        let upper = name.to_uppercase();
        let twice = post(&[(name, value), (&upper, value)], 0).unwrap_err();
        assert_eq!(twice, Refusal::Header(name));
    }
    for value in ["a\r\nx-evil: 1", "a\nb", "a\0b", "\u{e4}", "\u{7f}"] {
        assert_eq!(
            post(&[JSON, ("some-beta", value)], 0).unwrap_err(),
            Refusal::Header("some-beta"),
            "{value:?}"
        );
    }
    assert_eq!(
        post(&[JSON, ("accept", &"a".repeat(2_000))], 0).unwrap_err(),
        Refusal::Header("accept")
    );
}

#[test]
fn what_the_connection_claims_for_itself_is_not_passed() {
    let sent = post(&[JSON, ("some-beta", "1"), ("connection", "close, Some-Beta")], 0).unwrap();
    assert_eq!(sent.headers.get("some-beta"), None);
    let claimed = post(&[JSON, (KEY_HEADER, "own"), ("connection", KEY_HEADER)], 0);
    assert_eq!(claimed.unwrap_err(), Refusal::Key);
    // Nothing makes the gateway leave its key out.
    let sent = post(&[JSON, ("connection", "x-api-key, authorization")], 0).unwrap();
    assert_eq!(sent.headers.get("x-api-key"), Some(KEY));
}

#[test]
fn a_body_is_json_and_not_too_large() {
    assert!(post(&[JSON], 100).is_ok());
    assert_eq!(post(&[JSON], 101).unwrap_err(), Refusal::Body);
    assert_eq!(post(&[JSON, ("content-length", "101")], 0).unwrap_err(), Refusal::Body);
    assert_eq!(post(&[JSON, ("content-length", "5")], 101).unwrap_err(), Refusal::Body);
    assert_eq!(post(&[JSON], u64::MAX).unwrap_err(), Refusal::Body);
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "",
        "application/jsonp",
        "text/html;application/json",
    ] {
        assert_eq!(post(&[("content-type", kind)], 5).unwrap_err(), Refusal::Type, "{kind}");
    }
    assert_eq!(post(&[], 5).unwrap_err(), Refusal::Type);
    assert!(post(&[], 0).is_ok());
    assert_eq!(ask("GET", "/runs", &[JSON], 1).unwrap_err(), Refusal::Body);
    assert_eq!(ask("DELETE", "/runs/r", &[("content-length", "1")], 0).unwrap_err(), Refusal::Body);
    assert_eq!(
        ask("GET", "/runs", &[("transfer-encoding", "chunked")], 0).unwrap_err(),
        Refusal::Body
    );
}
