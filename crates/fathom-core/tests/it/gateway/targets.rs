//! Methods, paths and queries.

use fathom_core::gateway::{Refusal, route};

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{BASE, ask, get};

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
