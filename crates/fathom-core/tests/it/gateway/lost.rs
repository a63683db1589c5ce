//! What is said when no reply came.

use fathom_core::{
    Error, ErrorKind,
    gateway::{NOT_SENT, lost, not_sent},
    http::Head,
    run::{TransportError, TransportErrorKind},
};

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{VENDOR, headers};

fn of(kind: TransportErrorKind) -> Error {
    lost(&VENDOR, &TransportError::new(kind, "nobody is there"))
}

/// What a client behind the gateway reads.
fn read(status: u16, kind: &str, body: &str) -> Option<Error> {
    not_sent(&Head { status, headers: headers(&[("content-type", kind)]) }, body.as_bytes())
}

#[test]
fn only_a_request_that_never_left_is_called_so() {
    let error = of(TransportErrorKind::NotSent);
    assert_eq!((error.kind(), error.status()), (ErrorKind::Unreachable, Some(502)));
    assert_eq!((error.code(), error.provider()), (Some(NOT_SENT), Some("some")));
    assert_eq!(error.message(), "Some: nobody is there");
    for (kind, status) in [
        (TransportErrorKind::Unreachable, 502),
        (TransportErrorKind::Interrupted, 502),
        (TransportErrorKind::Timeout, 504),
    ] {
        assert_eq!((of(kind).code(), of(kind).status()), (None, Some(status)), "{kind:?}");
    }
}

#[test]
fn what_the_gateway_writes_is_read_behind_it() {
    let body = |error: &Error| serde_json::json!({ "error": error }).to_string();
    let written = body(&of(TransportErrorKind::NotSent));
    let error = read(502, "application/json", &written).unwrap();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Unreachable, Some(502)));
    assert!(error.is_retryable() && error.message().contains("nobody is there"));
    for (status, kind, body) in [
        (502, "application/json", body(&of(TransportErrorKind::Unreachable))),
        (500, "application/json", written.clone()),
        (200, "application/json", written.clone()),
        (502, "text/html", written.clone()),
        (502, "application/json", written.replace("unreachable", "malformed")),
        (502, "application/json", written.replace(NOT_SENT, "NOT-SENT")),
        (502, "application/json", r#"{"code": "not-sent", "kind": "unreachable"}"#.to_owned()),
        (502, "application/json", r#"{"error": "not-sent"}"#.to_owned()),
        (502, "application/json", r#"{"error": {"code": "not-sent"}}"#.to_owned()),
        (502, "application/json", "not-sent".to_owned()),
        (502, "application/json", String::new()),
    ] {
        assert_eq!(read(status, kind, &body), None, "{status} {kind} {body}");
    }
}
