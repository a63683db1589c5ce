//! A call of a vendor's endpoint: what is sent, what is sent again, and what is not.

use std::time::Duration;

use fathom_core::{
    Access, Error, ErrorKind,
    call::{Exchange, Input, Order, Patience, Step},
    gateway::KEY_HEADER,
    http::{Head, Headers, Method, Request},
    providers,
    run::{TransportError, TransportErrorKind},
};

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use wasm_bindgen_test::wasm_bindgen_test as test;

const KEY: &str = "hunter2";
const LIMIT: Duration = Duration::from_secs(9);

fn order(method: Method, path: &str) -> Order {
    Order {
        method,
        path: path.to_owned(),
        query: Vec::new(),
        headers: Vec::new(),
        body: (method == Method::Post).then(|| "{}".to_owned()),
        stream: false,
        creates: false,
    }
}

fn patience(attempts: u32, seed: u64) -> Patience {
    Patience { attempts, limit: LIMIT, seed }
}

fn begin(order: Order, attempts: u32) -> Result<Exchange, Error> {
    let vendor = providers::vendor("exa").unwrap();
    let access = Access::new("https://vendor.example", Some(KEY.into())).unwrap();
    Exchange::new(vendor, access, order, patience(attempts, 7))
}

fn search() -> Order {
    order(Method::Post, "/search")
}

fn creating() -> Order {
    Order { creates: true, ..order(Method::Post, "/agent/runs") }
}

fn sent(exchange: &mut Exchange) -> Request {
    match exchange.step() {
        Step::Send { request, limit } => {
            assert_eq!(limit, LIMIT);
            request
        }
        other => panic!("expected a request, got {other:?}"),
    }
}

fn head(status: u16, pairs: &[(&str, &str)]) -> Head {
    let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Head { status, headers: Headers::from_reply(pairs) }
}

/// Answers what was sent with a failure, and says what the exchange wants then.
fn answer(exchange: &mut Exchange, head: Head, body: &str) -> Step {
    exchange.handle(Input::Head(head));
    assert!(matches!(exchange.step(), Step::Read));
    exchange.handle(Input::Body(body.as_bytes()));
    exchange.step()
}

fn fail(exchange: &mut Exchange, kind: TransportErrorKind) -> Step {
    exchange.handle(Input::Failed(TransportError::new(kind, "It broke.")));
    exchange.step()
}

fn error(step: Step) -> Error {
    match step {
        Step::Fail(error) => error,
        other => panic!("expected a failure, got {other:?}"),
    }
}

fn wait(step: Step) -> Duration {
    match step {
        Step::Wait { wait, .. } => wait,
        other => panic!("expected a wait, got {other:?}"),
    }
}

#[test]
fn a_call_is_sent_once_with_everything_that_was_given_and_the_key() {
    let mut exchange = begin(
        Order {
            query: vec![("limit".into(), "3".into()), ("cursor".into(), "a=b&c d".into())],
            headers: vec![("Exa-Beta".into(), "one".into()), ("X-Api-Key".into(), "other".into())],
            ..order(Method::Get, "/agent/runs/agent_run%5F1/events")
        },
        3,
    )
    .unwrap();
    let request = sent(&mut exchange);
    assert_eq!(
        request.url,
        "https://vendor.example/agent/runs/agent_run_1/events?limit=3&cursor=a%3Db%26c%20d"
    );
    assert_eq!((request.method, request.body.as_deref()), (Method::Get, None));
    let headers: Vec<_> = request.headers.iter().collect();
    assert_eq!(headers, [("accept", "application/json"), ("Exa-Beta", "one"), ("x-api-key", KEY)]);
    exchange.handle(Input::Head(head(200, &[])));
    assert!(matches!(exchange.step(), Step::Take));
    assert!(!format!("{exchange:?}").contains(KEY));
}

#[test]
fn only_paths_of_the_roster_are_called() {
    for (method, path) in [
        (Method::Get, "/search"),
        (Method::Get, "/agent/runs/"),
        (Method::Get, "/agent/runs/a%2Fb"),
        (Method::Get, "/agent/runs/.."),
        (Method::Get, "/agent/runs/a?x=1#y"),
        (Method::Delete, "/research/v1/a"),
        (Method::Post, "https://evil.example/search"),
        (Method::Post, "@evil.example/search"),
        (Method::Post, ""),
    ] {
        let error = begin(order(method, path), 1).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidTask, "{path}");
    }
}

#[test]
fn what_cannot_be_a_header_is_refused_before_anything_is_sent() {
    let headers = vec![("x-a".to_owned(), "b\nc".to_owned())];
    let error = begin(Order { headers, ..search() }, 1).unwrap_err();
    assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidTask, Some("headers")));
}

#[test]
fn a_gateway_gets_the_key_in_a_place_of_its_own() {
    let access =
        Access::through_gateway("/gateway/exa", Some(KEY.into()), Some("token".into())).unwrap();
    let vendor = providers::vendor("exa").unwrap();
    let mut exchange = Exchange::new(vendor, access, search(), patience(1, 1)).unwrap();
    let request = sent(&mut exchange);
    assert_eq!(request.url, "/gateway/exa/search");
    assert_eq!(request.headers.get(KEY_HEADER), Some(KEY));
    assert_eq!(request.headers.get("authorization"), Some("Bearer token"));
    assert_eq!(request.headers.get("x-api-key"), None);
}

#[test]
fn what_can_pass_is_asked_again_after_growing_waits_and_then_given_up() {
    let causes: [(u16, ErrorKind); 7] = [
        (408, ErrorKind::Timeout),
        (429, ErrorKind::RateLimited),
        (500, ErrorKind::Internal),
        (502, ErrorKind::Unavailable),
        (503, ErrorKind::Unavailable),
        (504, ErrorKind::Timeout),
        (599, ErrorKind::Unavailable),
    ];
    for (status, kind) in causes {
        let mut exchange = begin(search(), 3).unwrap();
        for full in [500, 1_000] {
            sent(&mut exchange);
            let wait = wait(answer(&mut exchange, head(status, &[]), "<html>")).as_millis();
            assert!((full * 3 / 4..=full).contains(&wait), "{status}: {wait}");
            exchange.handle(Input::Woke);
        }
        sent(&mut exchange);
        let error = error(answer(&mut exchange, head(status, &[]), "<html>"));
        assert_eq!((error.kind(), error.status()), (kind, Some(status)));
    }
}

#[test]
fn a_second_attempt_can_succeed() {
    let mut exchange = begin(search(), 2).unwrap();
    let first = sent(&mut exchange);
    wait(fail(&mut exchange, TransportErrorKind::Unreachable));
    exchange.handle(Input::Woke);
    assert_eq!(sent(&mut exchange), first);
    exchange.handle(Input::Head(head(200, &[])));
    assert!(matches!(exchange.step(), Step::Take));
}

#[test]
fn what_does_not_pass_by_itself_is_not_asked_again() {
    for (status, body, kind) in [
        (400, r#"{"error":"No query.","tag":"INVALID_REQUEST"}"#, ErrorKind::InvalidTask),
        (401, r#"{"error":"Bad key.","tag":"INVALID_API_KEY"}"#, ErrorKind::Unauthorized),
        (402, r#"{"error":"No more.","tag":"NO_MORE_CREDITS"}"#, ErrorKind::Quota),
        (403, r#"{"error":"No.","tag":"PROHIBITED_CONTENT"}"#, ErrorKind::Refused),
        (404, r#"{"error":{"code":"RUN_NOT_FOUND","message":"No run."}}"#, ErrorKind::NotFound),
        (404, "<html>", ErrorKind::Malformed),
        (409, r#"{"error":"Not now."}"#, ErrorKind::Refused),
        (429, r#"{"error":"No more.","tag":"NO_MORE_CREDITS"}"#, ErrorKind::Quota),
        (302, "", ErrorKind::Malformed),
    ] {
        let mut exchange = begin(search(), 5).unwrap();
        sent(&mut exchange);
        let error = error(answer(&mut exchange, head(status, &[]), body));
        assert_eq!(error.kind(), kind, "{status} {body}");
    }
}

#[test]
fn a_server_that_says_when_is_heeded_up_to_a_minute() {
    let asked = |value: &str| {
        let mut exchange = begin(search(), 3).unwrap();
        sent(&mut exchange);
        answer(&mut exchange, head(429, &[("retry-after", value)]), "")
    };
    let waited = wait(asked("7"));
    assert!((7_000..8_000).contains(&waited.as_millis()), "{waited:?}");
    assert!(wait(asked("60")) >= Duration::from_secs(60));
    let error = error(asked("61"));
    assert_eq!(error.kind(), ErrorKind::RateLimited);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(61)));
}

#[test]
fn what_creates_is_never_sent_again_once_it_may_have_arrived() {
    for kind in [
        TransportErrorKind::Unreachable,
        TransportErrorKind::Interrupted,
        TransportErrorKind::Timeout,
    ] {
        let mut exchange = begin(creating(), 5).unwrap();
        sent(&mut exchange);
        let error = error(fail(&mut exchange, kind));
        assert!(error.message().contains("It was not sent again"), "{error}");
    }
    for status in [408, 500, 502, 503, 504] {
        let mut exchange = begin(creating(), 5).unwrap();
        sent(&mut exchange);
        error(answer(&mut exchange, head(status, &[]), ""));
    }
    // Its answer was fine, and broke off before it could be read.
    let mut exchange = begin(creating(), 5).unwrap();
    sent(&mut exchange);
    exchange.handle(Input::Head(head(200, &[])));
    assert!(matches!(exchange.step(), Step::Take));
    error(fail(&mut exchange, TransportErrorKind::Interrupted));
}

#[test]
fn what_creates_is_sent_again_where_it_certainly_had_no_effect() {
    let mut exchange = begin(creating(), 3).unwrap();
    sent(&mut exchange);
    wait(fail(&mut exchange, TransportErrorKind::NotSent));
    exchange.handle(Input::Woke);
    sent(&mut exchange);
    wait(answer(
        &mut exchange,
        head(429, &[]),
        r#"{"error":{"code":"CONCURRENCY_LIMIT_REACHED"}}"#,
    ));
    exchange.handle(Input::Woke);
    sent(&mut exchange);
}

#[test]
fn a_gateway_that_has_sent_nothing_is_asked_again_also_for_what_creates() {
    let body = r#"{"error":{"kind":"unreachable","code":"not-sent","message":"Refused."}}"#;
    let head = || head(502, &[("content-type", "application/json")]);
    let vendor = providers::vendor("exa").unwrap();
    let access = Access::through_gateway("https://g.example", None, None).unwrap();
    let mut exchange = Exchange::new(vendor, access, creating(), patience(2, 1)).unwrap();
    sent(&mut exchange);
    wait(answer(&mut exchange, head(), body));
    exchange.handle(Input::Woke);
    sent(&mut exchange);
    assert_eq!(error(answer(&mut exchange, head(), body)).kind(), ErrorKind::Unreachable);
    // A vendor's own words are the vendor's.
    let mut exchange = begin(creating(), 2).unwrap();
    sent(&mut exchange);
    error(answer(&mut exchange, head(), body));
}

#[test]
fn each_vendor_s_failures_are_read_by_itself() {
    for (id, status, body, kind) in [
        ("tavily", 432, r#"{"detail":{"error":"Plan."}}"#, ErrorKind::Quota),
        ("extruct", 503, r#"{"detail":"Nothing was created."}"#, ErrorKind::RateLimited),
        ("exa", 400, r#"{"error":"x","tag":"NO_MORE_CREDITS"}"#, ErrorKind::Quota),
    ] {
        let vendor = providers::vendor(id).unwrap();
        let path = vendor.routes.iter().find(|route| route.method == Method::Post).unwrap().path;
        let access = Access::new(vendor.base, None).unwrap();
        let order = order(Method::Post, path);
        let mut exchange = Exchange::new(vendor, access, order, patience(1, 1)).unwrap();
        sent(&mut exchange);
        let error = error(answer(&mut exchange, head(status, &[]), body));
        assert_eq!((error.kind(), error.provider()), (kind, Some(id)));
    }
}

#[test]
fn a_reply_that_breaks_off_is_asked_for_again_and_one_that_makes_no_sense_is_not() {
    let mut exchange = begin(search(), 3).unwrap();
    sent(&mut exchange);
    exchange.handle(Input::Head(head(200, &[])));
    assert!(matches!(exchange.step(), Step::Take));
    wait(fail(&mut exchange, TransportErrorKind::Interrupted));
    exchange.handle(Input::Woke);
    sent(&mut exchange);
    exchange.handle(Input::Head(head(200, &[("x-request-id", "r1")])));
    assert!(matches!(exchange.step(), Step::Take));
    exchange.handle(Input::Body(b"<html>"));
    let error = error(exchange.step());
    assert_eq!((error.kind(), error.request_id()), (ErrorKind::Malformed, Some("r1")));
}

#[test]
fn a_failure_whose_body_breaks_off_is_judged_by_its_status() {
    let mut exchange = begin(search(), 1).unwrap();
    sent(&mut exchange);
    exchange.handle(Input::Head(head(503, &[])));
    assert!(matches!(exchange.step(), Step::Read));
    let error = error(fail(&mut exchange, TransportErrorKind::Interrupted));
    assert_eq!((error.kind(), error.status()), (ErrorKind::Unavailable, Some(503)));
}

#[test]
fn a_stream_is_asked_for_as_one_and_nothing_else_is_taken_for_it() {
    let order = || Order { stream: true, ..search() };
    let mut exchange = begin(order(), 1).unwrap();
    assert_eq!(sent(&mut exchange).headers.get("accept"), Some("text/event-stream"));
    exchange
        .handle(Input::Head(head(200, &[("content-type", "text/event-stream; charset=utf-8")])));
    assert!(matches!(exchange.step(), Step::Take));
    let mut exchange = begin(order(), 1).unwrap();
    sent(&mut exchange);
    let error =
        error(answer(&mut exchange, head(200, &[("content-type", "application/json")]), "{}"));
    assert_eq!(error.kind(), ErrorKind::Malformed);
}

#[test]
fn a_key_that_comes_back_is_hidden() {
    let access =
        Access::through_gateway("https://g.example", Some(KEY.into()), Some("tokens".into()));
    let vendor = providers::vendor("exa").unwrap();
    let mut exchange = Exchange::new(vendor, access.unwrap(), search(), patience(1, 1)).unwrap();
    sent(&mut exchange);
    let body = r#"{"error":"The key hunter2 and tokens are wrong.","tag":"INVALID_API_KEY"}"#;
    let error = error(answer(&mut exchange, head(401, &[]), body));
    assert_eq!(error.message(), "Exa: The key [secret] and [secret] are wrong.");
}

#[test]
fn who_drives_it_out_of_order_gets_an_error_and_nothing_is_sent_twice() {
    let mut exchange = begin(creating(), 5).unwrap();
    sent(&mut exchange);
    assert_eq!(error(exchange.step()).kind(), ErrorKind::Internal);
    exchange.handle(Input::Body(b"{}"));
    assert_eq!(error(exchange.step()).kind(), ErrorKind::Internal);
    exchange.handle(Input::Woke);
    assert_eq!(error(exchange.step()).kind(), ErrorKind::Internal);
    exchange.handle(Input::Head(head(200, &[])));
    exchange.handle(Input::Woke);
    assert_eq!(error(exchange.step()).kind(), ErrorKind::Internal);
}
