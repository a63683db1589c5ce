//! Keys: whose, where to, and where never.

use fathom_core::{
    Access, ErrorKind, Job, Provider, Secret, Task,
    gateway::{Asked, KEY_HEADER, Refusal, forward},
    http::{Headers, Request},
    provider::Follow,
    providers,
};

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{BASE, JSON, KEY, VENDOR, get, headers, post};
use crate::random::Random;

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
