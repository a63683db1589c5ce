//! Attacks on the gateway and through it.

use super::{Gateway, JSON, POLL, address, chunked, json_reply, key, raw};
use crate::support::{Reply, Site};

#[test]
fn nothing_but_the_roster_is_passed() {
    let site = Site::start();
    let gateway = Gateway::to(&address(&site), Some(key()));
    for path in [
        "/gateway",
        "/gateway/",
        "/gateway/none/research",
        "/gateway/tavily",
        "/gateway/tavily/",
        "/gateway/tavily/account",
        "/gateway/tavily/research/",
        "/gateway/tavily/research/a/b",
        "/gateway/tavily/research/../usage",
        "/gateway/tavily/research/..",
        "/gateway/tavily/research/%2e%2e",
        "/gateway/tavily/research/%2E%2E%2Fusage",
        "/gateway/tavily/research/a%2fb",
        "/gateway/tavily/research/a%5cb",
        "/gateway/tavily/research/a%00b",
        "/gateway/tavily/research/a%0d%0ahost:%20evil.example",
        "/gateway/tavily/research/a;b",
        "/gateway/tavily/./usage",
        "/gateway/tavily//usage",
        "/gateway//tavily/usage",
        "/gateway/tavily/usage/",
        "/gateway/tavily/USAGE",
        "/gateway/tavily/%75sage",
        "/gateway/tavily/@evil.example/usage",
        "/gateway/tavily/http://evil.example/usage",
        "/gateway/tavily/https:%2f%2fevil.example/usage",
        "/gateway/tavily@evil.example/usage",
        "/gateway/Tavily/usage",
        "/gateway/tavily%2fusage",
        "/gateway/local/runs",
    ] {
        let answer = gateway.get(path);
        assert_eq!((answer.status, answer.error().0.as_str()), (404, "not-found"), "{path}");
    }
    for query in ["a=%", "a=%zz", "a=\"b\"", "a={b}", "a=|"] {
        let answer = gateway.get(&format!("/gateway/tavily/usage?{query}"));
        assert_eq!(answer.status, 400, "{query}");
    }
    let long = gateway.get(&format!("/gateway/tavily/usage?a={}", "b".repeat(5000)));
    assert_eq!(long.status, 404);
    for (method, path) in [
        ("DELETE", "/gateway/tavily/usage"),
        ("PUT", "/gateway/tavily/research"),
        ("TRACE", "/gateway/tavily/usage"),
        ("OPTIONS", "/gateway/tavily/usage"),
        ("GET", "/gateway/tavily/research"),
        ("GE\u{54}X", "/gateway/tavily/usage"),
    ] {
        assert_eq!(gateway.client.send(method, path, &[], b"").status, 405, "{method} {path}");
    }
    let own = gateway.client.address;
    let head =
        format!("HEAD /gateway/tavily/usage HTTP/1.1\r\nhost: {own}\r\nconnection: close\r\n\r\n");
    assert!(raw(&gateway.client, &head).starts_with("HTTP/1.1 405"));
    assert_eq!(site.requests(), Vec::<String>::new());
}

#[test]
fn it_is_no_proxy_for_other_hosts() {
    let (site, other) = (Site::start(), Site::start());
    let gateway = Gateway::to(&address(&site), Some(key()));
    let own = gateway.client.address.to_string();
    // A request as proxies get them, and one that asks for a tunnel.
    for (method, target) in [
        ("GET", other.url("/usage")),
        ("GET", format!("http://{}@{own}/usage", other.url("").trim_start_matches("http://"))),
        ("CONNECT", other.url("").trim_start_matches("http://").to_owned()),
        ("CONNECT", own.clone()),
    ] {
        let answer = raw(
            &gateway.client,
            &format!("{method} {target} HTTP/1.1\r\nhost: {own}\r\nconnection: close\r\n\r\n"),
        );
        let status = answer.split(' ').nth(1).unwrap_or_default().to_owned();
        assert!(matches!(&*status, "400" | "403" | "404" | "405"), "{method} {target}: {answer}");
    }
    // The path of an absolute address is still the gateway's own.
    let target = format!("{}/gateway/tavily/usage", other.url(""));
    raw(
        &gateway.client,
        &format!("GET {target} HTTP/1.1\r\nhost: {own}\r\nconnection: close\r\n\r\n"),
    );
    assert_eq!(other.requests(), Vec::<String>::new());
    let foreign = gateway.client.send("GET", POLL, &[("host", "evil.example")], b"");
    assert_eq!((foreign.status, foreign.error().0.as_str()), (403, "refused"));
    let foreign = gateway.client.send("GET", POLL, &[("origin", "http://evil.example")], b"");
    assert_eq!((foreign.status, foreign.error().0.as_str()), (403, "refused"));
    for site_of_page in ["cross-site", "same-site"] {
        let picture = gateway.client.send("GET", POLL, &[("sec-fetch-site", site_of_page)], b"");
        assert_eq!((picture.status, picture.error().0.as_str()), (403, "refused"));
    }
    assert_eq!(site.paths(), ["/usage"]);
}

#[test]
fn headers_that_two_servers_could_read_differently_are_refused() {
    let site = Site::start();
    let gateway = Gateway::to(&address(&site), Some(key()));
    let own = gateway.client.address;
    let begin = format!(
        "POST /gateway/tavily/search HTTP/1.1\r\nhost: {own}\r\nconnection: close\r\ncontent-type: application/json\r\n"
    );
    for smuggled in [
        "content-length: 2\r\ncontent-length: 40\r\n\r\n{}",
        "content-length: +2\r\n\r\n{}",
        "content-length: 2, 2\r\n\r\n{}",
        "transfer-encoding: chunked\r\ntransfer-encoding: identity\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "transfer-encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "transfer-encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "content-encoding: gzip\r\ncontent-length: 2\r\n\r\n{}",
        "upgrade: websocket\r\ncontent-length: 2\r\n\r\n{}",
        "upgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAAP__\r\ncontent-length: 2\r\n\r\n{}",
        "accept: a\r\naccept: b\r\ncontent-length: 2\r\n\r\n{}",
        "last-event-id: \u{e9}\r\ncontent-length: 2\r\n\r\n{}",
        " folded: 1\r\ncontent-length: 2\r\n\r\n{}",
        "na me: 1\r\ncontent-length: 2\r\n\r\n{}",
        "x-fathom-key: a b\r\ncontent-length: 2\r\n\r\n{}",
        "x-fathom-key: a\r\nx-fathom-key: b\r\ncontent-length: 2\r\n\r\n{}",
    ] {
        let answer = raw(&gateway.client, &format!("{begin}{smuggled}"));
        let status: u16 = answer.split(' ').nth(1).map_or(0, |status| status.parse().unwrap());
        // No answer at all is a refusal too.
        assert!(status == 0 || (400..500).contains(&status), "{smuggled:?}: {answer}");
        assert_eq!(site.requests(), Vec::<String>::new(), "{smuggled:?}");
    }
    // Of a length and pieces, pieces count, as the standard has it. What is sent on is framed anew, and is one request.
    let hidden = "content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\nGET /gateway/tavily/usage HTTP/1.1\r\nhost: evil.example\r\n\r\n";
    raw(&gateway.client, &format!("{begin}{hidden}"));
    let requests = site.requests();
    assert!(
        requests.len() == 1 && requests[0].ends_with("content-length: 2\r\n\r\n{}"),
        "{requests:?}"
    );
    let plain = gateway.client.send(
        "POST",
        "/gateway/tavily/search",
        &[("content-type", "text/plain")],
        b"{}",
    );
    assert_eq!((plain.status, plain.error().0.as_str()), (415, "unsupported"));
    assert_eq!(site.requests().len(), 1);
}

#[test]
fn bodies_that_are_too_large_are_refused_whether_their_size_is_told_or_not() {
    let site = Site::start();
    let gateway = Gateway::to(&address(&site), Some(key()));
    let large = vec![b' '; (1 << 20) + 1];
    let told = gateway.client.send("POST", "/gateway/tavily/search", &[JSON], &large);
    assert_eq!((told.status, told.error().0.as_str()), (413, "invalid-task"));
    let untold = chunked(&gateway.client, "/gateway/tavily/search", &large);
    assert!(untold.starts_with("HTTP/1.1 413"), "{untold}");
    let on_get = gateway.client.send("GET", POLL, &[JSON], b"{}");
    assert_eq!(on_get.status, 413);
    assert_eq!(site.requests(), Vec::<String>::new());
    site.set("/search", json_reply("{}"));
    let fits = chunked(&gateway.client, "/gateway/tavily/search", b"{\"query\":\"a\"}");
    assert!(fits.starts_with("HTTP/1.1 200"), "{fits}");
    assert!(site.requests()[0].ends_with("\r\n\r\n{\"query\":\"a\"}"));
}

#[test]
fn a_redirect_is_not_followed_and_not_shown() {
    let (site, other) = (Site::start(), Site::start());
    let gateway = Gateway::to(&address(&site), Some(key()));
    for status in [300, 301, 302, 303, 304, 307, 308, 399] {
        let reply = Reply::new(status, "text/plain", "").with("location", &other.url("/usage"));
        site.set("/research/r1", reply);
        let answer = gateway.get(POLL);
        assert_eq!((answer.status, answer.error().0.as_str()), (502, "malformed"), "{status}");
        assert!(answer.header("location").is_none());
    }
    assert_eq!(other.requests(), Vec::<String>::new());
}

#[test]
fn a_hostile_reply_brings_no_header_but_the_few_that_are_passed() {
    let site = Site::start();
    let reply = json_reply("{\"echo\": \"body\"}")
        .with("x-request-id", "vendor-7")
        .with("retry-after", "3")
        .with("x-ratelimit-remaining", key())
        .with("ratelimit-limit", "10")
        .with("set-cookie", "fathom_token=stolen")
        .with("access-control-allow-origin", "*")
        .with("content-security-policy", "default-src *")
        .with("location", "http://evil.example/")
        .with("www-authenticate", &format!("Bearer {}", key()))
        .with("server", "evil")
        .with("refresh", "0; url=http://evil.example/")
        .with("clear-site-data", "*");
    site.set("/research/r1", reply);
    let answer = Gateway::to(&address(&site), Some(key())).get(POLL);
    let mut names: Vec<&str> = answer.headers.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "cache-control",
            "connection",
            "content-type",
            "cross-origin-opener-policy",
            "cross-origin-resource-policy",
            "date",
            "ratelimit-limit",
            "referrer-policy",
            "retry-after",
            "transfer-encoding",
            "x-content-type-options",
            "x-fathom-request-id",
            "x-frame-options",
            "x-request-id",
        ]
    );
    assert!(!format!("{:?}", answer.headers).contains(key()));
    assert_eq!(answer.body, "{\"echo\": \"body\"}");
    // A page of somebody's proxy must not run as a page of this program.
    site.set("/research/r1", Reply::new(200, "text/html", "<script>evil()</script>"));
    let page = Gateway::to(&address(&site), Some(key())).get(POLL);
    assert_eq!(page.header("content-type"), Some("text/plain; charset=utf-8"));
}
