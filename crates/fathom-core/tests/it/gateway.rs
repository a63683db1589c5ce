//! What a gateway passes on, and everything that it does not.

use fathom_core::{
    Access, Error, ErrorKind, Job, Provider, Secret, Task,
    gateway::{Asked, Forward, KEY_HEADER, Refusal, answer, forward, route},
    http::{Head, Headers, Method, Request},
    provider::{Follow, KeyPlace, Route, Vendor},
    providers,
};

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::random::Random;

const BASE: &str = "https://vendor.example";
const KEY: &str = "hunter2";

static VENDOR: Vendor = Vendor {
    id: "some",
    name: "Some",
    base: BASE,
    key_env: "SOME_API_KEY",
    key: KeyPlace::Header("x-api-key"),
    headers: &["some-beta"],
    routes: &[
        Route::post("/runs").up_to(100),
        Route::get("/runs"),
        Route::get("/runs/{id}"),
        Route::delete("/runs/{id}"),
        Route::post("/runs/{id}/cancel"),
        Route::get("/runs/{id}/events"),
    ],
    failure: |head, _| Error::new(ErrorKind::from_status(head.status), ""),
};

fn headers(pairs: &[(&str, &str)]) -> Headers {
    Headers::from_reply(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
}

fn ask(
    method: &str,
    target: &str,
    pairs: &[(&str, &str)],
    length: u64,
) -> Result<Forward, Refusal> {
    let asked =
        Asked { method, target, headers: &headers(pairs), length: (length > 0).then_some(length) };
    forward(&VENDOR, BASE, &asked, Some(&Secret::new(KEY)))
}

fn get(target: &str) -> Result<String, Refusal> {
    ask("GET", target, &[], 0).map(|forward| forward.url)
}

fn post(pairs: &[(&str, &str)], length: u64) -> Result<Forward, Refusal> {
    ask("POST", "/runs", pairs, length)
}

const JSON: (&str, &str) = ("content-type", "application/json");

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
fn exactly_the_methods_and_paths_of_the_roster_are_passed() {
    assert_eq!(get("/runs").unwrap(), "https://vendor.example/runs");
    assert_eq!(
        get("/runs?limit=3&cursor=a%3D").unwrap(),
        "https://vendor.example/runs?limit=3&cursor=a%3D"
    );
    assert_eq!(get("/runs/run_01:x.y-z").unwrap(), "https://vendor.example/runs/run_01%3Ax.y-z");
    assert_eq!(get("/runs/run%5f1").unwrap(), "https://vendor.example/runs/run_1");
    assert_eq!(
        get("/runs/r/events?last=1").unwrap(),
        "https://vendor.example/runs/r/events?last=1"
    );
    assert!(ask("DELETE", "/runs/r", &[], 0).is_ok());
    assert!(ask("POST", "/runs/r/cancel", &[], 0).is_ok());
    for (method, target) in [
        ("DELETE", "/runs"),
        ("POST", "/runs/r"),
        ("PUT", "/runs"),
        ("get", "/runs"),
        ("HEAD", "/runs"),
        ("OPTIONS", "/runs"),
        ("CONNECT", "/runs"),
        ("TRACE", "/runs"),
        ("", "/runs"),
        ("GET /admin", "/runs"),
        ("GET", "/runs/r/cancel"),
    ] {
        assert_eq!(ask(method, target, &[], 0).unwrap_err(), Refusal::Method, "{method} {target}");
    }
    for target in [
        "",
        "/",
        "/run",
        "/runs/",
        "/runs/r/",
        "/runs/r/events/x",
        "/Runs",
        "/runs/r/eventS",
        "/keys",
        "/runsx",
    ] {
        assert_eq!(get(target).unwrap_err(), Refusal::Path, "{target}");
    }
}

#[test]
fn no_trick_with_a_path_gets_through() {
    for target in [
        // Upwards.
        "/runs/..",
        "/runs/../keys",
        "/../runs",
        "/runs/.",
        "/./runs",
        "/runs/...",
        "/runs/%2e%2e",
        "/runs/%2E%2E/keys",
        "/runs/.%2e",
        "/runs/r/../../keys",
        "/runs/..;/keys",
        "/runs/..%00",
        "/%2e%2e/runs",
        "/runs/%252e%252e",
        // Slashes in disguise.
        "//runs",
        "/runs//r",
        "//evil.example/runs",
        "/runs/r%2fevents",
        "/runs/r%2Fcancel",
        "/runs/%2f%2fevil.example",
        "\\runs",
        "/runs\\r",
        "/runs/r\\..\\keys",
        "/runs/%5c..%5ckeys",
        "/runs/r%255c",
        // Other hosts.
        "https://evil.example/runs",
        "http://evil.example",
        "evil.example/runs",
        "@evil.example/runs",
        "/@evil.example/../runs",
        ":443/runs",
        "/runs@evil.example",
        "runs",
        "/https://evil.example/runs",
        "\t/runs",
        // What ends or splits a line, and what no path holds.
        "/runs/r\0",
        "/runs/r%00",
        "/runs/r\n",
        "/runs/r%0d%0aX-Evil: 1",
        "/runs/r HTTP/1.1\r\nHost: evil",
        "/runs/r%0a",
        "/runs /r",
        "/runs#",
        "/runs/r#x",
        "/runs/r%23",
        "/runs/r%3fx",
        "/runs/r;x=1",
        "/runs/\u{e4}",
        "/runs/%c3%a4",
        "/runs/\u{2215}..",
        "/runs/%c0%ae%c0%ae",
        "/runs/%",
        "/runs/%4",
        "/runs/%zz",
        "/runs/%u002e",
        "/runs/+",
        "/runs/*",
        "/runs/~r",
        "/runs/r|x",
        "/runs/{id}",
        "/runs/\u{202e}r",
    ] {
        assert_eq!(get(target).unwrap_err(), Refusal::Path, "{target:?}");
    }
    let long = ["/runs/", &"a".repeat(201)].concat();
    assert_eq!(get(&long).unwrap_err(), Refusal::Path);
    assert_eq!(get(&["/runs?", &"a".repeat(5_000)].concat()).unwrap_err(), Refusal::Path);
}

#[test]
fn no_trick_with_a_query_gets_through() {
    for query in [
        "a#b",
        "a b",
        "a\0",
        "a\r\nX: 1",
        "a\\b",
        "\u{e4}",
        "a\"b",
        "a<b",
        "a%",
        "a%4",
        "a%zz=1",
        "a`b",
        "a|b",
        "[",
        "a\u{2028}",
    ] {
        assert_eq!(get(&["/runs?", query].concat()).unwrap_err(), Refusal::Query, "{query:?}");
    }
    // Whatever a query says, it stays one.
    for query in
        ["", "url=https://evil.example/../x", "a=%2e%2e%2f", "a=b?c=d", "@evil.example", "x=%0d%0a"]
    {
        let target = ["/runs?", query].concat();
        assert_eq!(get(&target).unwrap(), [BASE, &target].concat());
    }
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

#[test]
fn a_key_of_the_app_goes_before_the_one_of_the_gateway_and_travels_as_the_vendor_wants() {
    let own = [("X-Fathom-Key", " own-key "), ("authorization", "Bearer token-of-the-app")];
    let asked = Asked { method: "GET", target: "/usage", headers: &headers(&own), length: None };
    let tavily = providers::vendor("tavily").unwrap();
    let sent = forward(tavily, tavily.base, &asked, Some(&Secret::new(KEY))).unwrap();
    assert_eq!(sent.url, "https://api.tavily.com/usage");
    assert_eq!(sent.headers.get("authorization"), Some("Bearer own-key"));
    assert_eq!(sent.headers.get(KEY_HEADER), None);
    let sent = forward(
        tavily,
        tavily.base,
        &Asked { headers: &headers(&[(KEY_HEADER, "")]), ..asked },
        Some(&Secret::new(KEY)),
    );
    assert_eq!(sent.unwrap().headers.get("authorization"), Some("Bearer hunter2"));
}

#[test]
fn a_key_that_cannot_be_one_is_refused_without_being_shown() {
    let long = "k".repeat(600);
    for key in ["Bearer abc", "a b", "a\r\nx: 1", "a\0", "a\tb", "\u{201c}abc\u{201d}", &long] {
        let refusal = post(&[JSON, (KEY_HEADER, key)], 0).unwrap_err();
        assert_eq!(refusal, Refusal::Key, "{key:?}");
        assert!(!format!("{refusal:?} {}", refusal.error(Some(&VENDOR))).contains(key));
    }
    assert_eq!(post(&[JSON, (KEY_HEADER, "a"), (KEY_HEADER, "b")], 0).unwrap_err(), Refusal::Key);
    let asked =
        Asked { method: "GET", target: "/runs", headers: &Headers::default(), length: None };
    assert_eq!(forward(&VENDOR, BASE, &asked, None).unwrap_err(), Refusal::NoKey);
    assert_eq!(
        forward(&VENDOR, BASE, &asked, Some(&Secret::new("a\nb"))).unwrap_err(),
        Refusal::Key
    );
    let error = Refusal::NoKey.error(Some(&VENDOR));
    assert_eq!((error.kind(), error.status()), (ErrorKind::Unauthorized, Some(401)));
    assert!(error.message().contains("SOME_API_KEY"));
}

#[test]
fn a_vendor_is_found_by_its_name_and_only_so() {
    let (vendor, rest) = route("/tavily/research?x=1").unwrap();
    assert_eq!((vendor.id, rest), ("tavily", "/research?x=1"));
    assert_eq!(route("/extruct").unwrap().1, "");
    assert_eq!(route("/extruct?x").unwrap().1, "?x");
    for target in [
        "",
        "/",
        "//tavily/usage",
        "/Tavily/usage",
        "/tavil%79/usage",
        "/local/x",
        "/../tavily",
        "tavily/usage",
        "/tavily@evil.example/usage",
    ] {
        assert!(matches!(route(target), Err(Refusal::Vendor)), "{target}");
    }
}

/// Everything that a provider asks.
fn requests(provider: &dyn Provider, access: &Access) -> Vec<Request> {
    let task = Task { question: "Why?".to_owned(), ..Task::default() };
    let job = Job("run_01:a.b-c".to_owned());
    let stream = Follow::Stream { cursor: Some("7") };
    let mut requests = vec![provider.create(&task, "token-1", access).unwrap()];
    requests.extend(provider.follow(&job, Follow::Poll, access));
    requests.extend(provider.follow(&job, stream, access));
    requests.extend(provider.cancel(&job, access));
    requests.extend(provider.stop(&job, access));
    requests.extend(provider.delete(&job, access));
    requests.extend(provider.list(None, access));
    requests
}

#[test]
fn every_request_that_a_provider_builds_is_passed_with_the_key_of_the_person() {
    let mut passed = 0;
    for provider in providers::ROSTER {
        let Some(vendor) = providers::vendor(&provider.info().vendor) else { continue };
        let access =
            Access::through_gateway("", Some(KEY.into()), Some("opens-the-gateway".into()));
        for request in requests(*provider, &access.unwrap()) {
            let length = request.body.as_ref().map(|body| body.len() as u64);
            let (method, target) = (request.method.as_str(), request.url.as_str());
            let asked = Asked { method, target, headers: &request.headers, length };
            let sent = forward(vendor, vendor.base, &asked, Some(&Secret::new("other"))).unwrap();
            assert_eq!(sent.url, [vendor.base, target].concat());
            let values: Vec<_> = sent.headers.iter().map(|(_, value)| value).collect();
            assert_eq!(values.iter().filter(|value| value.contains(KEY)).count(), 1, "{request:?}");
            assert!(!values.iter().any(|value| value.contains("opens") || value.contains("other")));
            passed += 1;
        }
    }
    assert!(passed > 20, "{passed}");
}

#[test]
fn whatever_is_asked_the_key_goes_to_the_vendor_and_to_a_path_of_the_roster() {
    let pieces = [
        "/runs",
        "/",
        "r",
        "..",
        ".",
        "%2e",
        "%2f",
        "//",
        "\\",
        "@",
        ":",
        "?",
        "#",
        "%",
        "evil.example",
        "https://",
        "events",
        "cancel",
        "\0",
        "\u{e4}",
        " ",
        "%00",
        ";",
        "\r\n",
    ];
    let mut random = Random::new(5);
    let mut passed = 0;
    for _ in 0..200_000 {
        let target = random.text(&pieces, 6);
        let Ok(url) = get(&target) else { continue };
        passed += 1;
        let rest = url.strip_prefix("https://vendor.example/").unwrap();
        let path = rest.split('?').next().unwrap();
        let steps: Vec<_> = path.split('/').collect();
        assert!(
            matches!(steps.as_slice(), ["runs"] | ["runs", _] | ["runs", _, "events"]),
            "{target:?} -> {url}"
        );
        assert!(
            !path.contains("..") || path.bytes().any(|byte| byte.is_ascii_alphanumeric()),
            "{url}"
        );
        assert!(
            steps.iter().all(|step| !step.is_empty() && !step.bytes().all(|byte| byte == b'.')),
            "{url}"
        );
        assert!(
            url.bytes().all(|byte| byte.is_ascii_graphic() && !b"\\#".contains(&byte)),
            "{url}"
        );
    }
    assert!(passed > 1_000, "{passed}");
}

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
