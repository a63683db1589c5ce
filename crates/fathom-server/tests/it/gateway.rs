//! The gateway between its clients and a vendor that the test plays itself.

use std::io::{BufRead as _, BufReader, ErrorKind, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;
use std::time::Duration;

use fathom_core::Secret;
use fathom_core::fixture::{Entry, Fixture};
use fathom_core::providers::{FIXTURES, VENDORS, find, vendor};
use fathom_server::Config;
use fathom_server::gateway::Settings;
use serde_json::json;

use crate::support::{Answer, Client, Folder, Program, Reply, Server, Site, small_library};

/// A key that is found nowhere by chance.
const KEY: &str = "planted-key-8f3a1c";
const JSON: (&str, &str) = ("content-type", "application/json");
const POLL: &str = "/gateway/tavily/research/r1";

/// A gateway to one address for all vendors.
struct Gateway {
    client: Client,
    _server: Server,
    _folders: (Folder, Folder),
}

impl Gateway {
    fn to(url: &str, key: Option<&str>) -> Self {
        Self::with(url, key, None)
    }

    fn with(url: &str, key: Option<&str>, token: Option<&str>) -> Self {
        let (library, data) = (small_library(), Folder::new());
        let settings = VENDORS.iter().fold(Settings::default(), |settings, vendor| {
            settings.with(vendor.id, Some(url), key).unwrap()
        });
        let config = Config {
            gateway: settings,
            token: token.map(Secret::new),
            ..Server::config(&library, &data)
        };
        let server = Server::with(config);
        Self { client: server.client, _server: server, _folders: (library, data) }
    }

    fn get(&self, path: &str) -> Answer {
        self.client.get(path)
    }
}

/// The site's own address, as a gateway is given it.
fn address(site: &Site) -> String {
    site.url("")
}

fn json_reply(body: &str) -> Reply {
    Reply::new(200, "application/json", body)
}

#[test]
fn a_request_arrives_with_the_key_and_nothing_that_was_not_meant_for_the_vendor() {
    let site = Site::start();
    site.set("/research", json_reply("{\"request_id\": \"r1\"}"));
    let gateway = Gateway::with(&address(&site), Some(KEY), Some("open sesame"));
    let headers = [
        JSON,
        ("authorization", "Bearer open sesame"),
        ("cookie", "session=1"),
        ("x-forwarded-for", "10.0.0.1"),
        ("x-api-key", "another"),
        ("accept", "text/event-stream"),
        ("last-event-id", "7"),
        ("x-unknown", "1"),
    ];
    let answer =
        gateway.client.send("POST", "/gateway/tavily/research", &headers, b"{\"input\":\"a\"}");
    assert_eq!((answer.status, &*answer.body), (200, "{\"request_id\": \"r1\"}"));
    let request = site.requests().pop().unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert_eq!(body, "{\"input\":\"a\"}");
    let mut lines: Vec<&str> = head.lines().collect();
    assert_eq!(lines.remove(0), "POST /research HTTP/1.1");
    lines.sort_unstable();
    let host = format!("host: {}", address(&site).trim_start_matches("http://"));
    let authorization = format!("authorization: Bearer {KEY}");
    assert_eq!(
        lines,
        [
            "accept-encoding: identity",
            "accept: text/event-stream",
            &authorization,
            "content-length: 13",
            "content-type: application/json",
            &host,
            "last-event-id: 7",
        ]
    );
}

#[test]
fn the_transcripts_of_every_vendor_pass_unchanged() {
    let site = Site::start();
    let gateway = Gateway::to(&address(&site), Some(KEY));
    let mut passed = 0;
    for (provider, transcripts) in FIXTURES {
        let vendor = vendor(&find(provider).unwrap().info().vendor);
        let Some(vendor) = vendor else { continue };
        for (name, text) in *transcripts {
            let fixture = Fixture::parse(text).unwrap();
            for pair in fixture.entries.windows(2) {
                let [Entry::Request(request), Entry::Reply(head, body)] = pair else { continue };
                if !matches!(head.status, 200..=299 | 400..=599) || head.status == 204 {
                    continue;
                }
                let kind = head.headers.get("content-type").unwrap_or("text/plain");
                let mut reply =
                    Reply::new(head.status, kind, body.as_str()).with("x-request-id", "vendor-1");
                if let Some(wait) = head.headers.get("retry-after") {
                    reply = reply.with("retry-after", wait);
                }
                site.set(&request.path, reply);
                let path = format!("/gateway/{}{}", vendor.id, request.path);
                let sent = request.body.as_deref().unwrap_or_default();
                let headers: &[(&str, &str)] = if sent.is_empty() { &[] } else { &[JSON] };
                let answer = gateway.client.send(&request.method, &path, headers, sent.as_bytes());
                assert_eq!((answer.status, &answer.body), (head.status, body), "{provider} {name}");
                assert_eq!(answer.header("x-request-id"), Some("vendor-1"));
                assert_eq!(answer.header("retry-after"), head.headers.get("retry-after"));
                assert!(answer.header("x-fathom-request-id").is_some());
                passed += 1;
            }
        }
    }
    assert!(passed > 50, "{passed} replies");
}

#[test]
fn nothing_but_the_roster_is_passed() {
    let site = Site::start();
    let gateway = Gateway::to(&address(&site), Some(KEY));
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
    let gateway = Gateway::to(&address(&site), Some(KEY));
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
    let gateway = Gateway::to(&address(&site), Some(KEY));
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
    let gateway = Gateway::to(&address(&site), Some(KEY));
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
    let gateway = Gateway::to(&address(&site), Some(KEY));
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
        .with("x-ratelimit-remaining", KEY)
        .with("ratelimit-limit", "10")
        .with("set-cookie", "fathom_token=stolen")
        .with("access-control-allow-origin", "*")
        .with("content-security-policy", "default-src *")
        .with("location", "http://evil.example/")
        .with("www-authenticate", &format!("Bearer {KEY}"))
        .with("server", "evil")
        .with("refresh", "0; url=http://evil.example/")
        .with("clear-site-data", "*");
    site.set("/research/r1", reply);
    let answer = Gateway::to(&address(&site), Some(KEY)).get(POLL);
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
    assert!(!format!("{:?}", answer.headers).contains(KEY));
    assert_eq!(answer.body, "{\"echo\": \"body\"}");
    // A page of somebody's proxy must not run as a page of this program.
    site.set("/research/r1", Reply::new(200, "text/html", "<script>evil()</script>"));
    let page = Gateway::to(&address(&site), Some(KEY)).get(POLL);
    assert_eq!(page.header("content-type"), Some("text/plain; charset=utf-8"));
}

#[test]
fn a_key_comes_from_the_program_or_with_the_request() {
    let site = Site::start();
    site.set("/research/r1", json_reply("{}"));
    let none = Gateway::to(&address(&site), None);
    let answer = none.get(POLL);
    assert_eq!((answer.status, answer.error().0.as_str()), (401, "unauthorized"));
    assert!(answer.body.contains("TAVILY_API_KEY"), "{answer:?}");
    assert_eq!(answer.json()["error"]["provider"], "tavily");
    let own = none.client.send("GET", POLL, &[("x-fathom-key", "brought-along")], b"");
    assert_eq!(own.status, 200);
    let both = Gateway::to(&address(&site), Some(KEY));
    assert_eq!(
        both.client.send("GET", POLL, &[("x-fathom-key", "brought-along")], b"").status,
        200
    );
    for request in site.requests() {
        assert!(request.contains("authorization: Bearer brought-along\r\n"), "{request}");
        assert!(!request.contains("x-fathom-key") && !request.contains(KEY));
    }
    let keys = |gateway: &Gateway| -> Vec<(String, String)> {
        let providers = gateway.get("/api/v1/providers").json();
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        let list = providers["providers"].as_array().unwrap();
        list.iter().map(|provider| (text(&provider["id"]), text(&provider["key"]))).collect()
    };
    assert!(
        keys(&none)
            .iter()
            .all(|(id, key)| key == if id == "local" { "not-needed" } else { "missing" })
    );
    assert!(
        keys(&both)
            .iter()
            .all(|(id, key)| key == if id == "local" { "not-needed" } else { "present" })
    );
}

#[test]
fn the_token_of_the_program_is_asked_for_here_too() {
    let site = Site::start();
    site.set("/research/r1", json_reply("{}"));
    let gateway = Gateway::with(&address(&site), Some(KEY), Some("open sesame"));
    let closed = gateway.get(POLL);
    assert_eq!((closed.status, closed.error().0.as_str()), (401, "unauthorized"));
    assert_eq!(site.requests(), Vec::<String>::new());
    let shown = [("authorization", "Bearer open sesame")];
    assert_eq!(gateway.client.send("GET", POLL, &shown, b"").status, 200);
    assert!(!site.requests()[0].contains("sesame"));
}

#[test]
fn a_vendor_that_cannot_be_reached_is_told_apart_from_one_that_refuses() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = format!("http://{}", closed.local_addr().unwrap());
    drop(closed);
    let answer = Gateway::to(&nobody, Some(KEY)).get(POLL);
    assert_eq!((answer.status, answer.error().0.as_str()), (502, "unreachable"));
    let (listener, url) = vendor_by_hand();
    let gateway = Gateway::to(&url, Some(KEY));
    let poll = std::thread::spawn(move || gateway.get(POLL));
    let (mut socket, _) = head(&listener);
    socket.write_all(b"220 this is a mail server\r\n").unwrap();
    drop(socket);
    let answer = poll.join().unwrap();
    assert_eq!((answer.status, answer.error().0.as_str()), (502, "unreachable"));
}

#[test]
fn a_stream_passes_piece_by_piece_and_ends_when_the_client_goes_away() {
    let (listener, url) = vendor_by_hand();
    let gateway = Gateway::to(&url, Some(KEY));
    let mut client = gateway.client.open("GET", POLL, &[("accept", "text/event-stream")], b"");
    let (mut vendor, _) = head(&listener);
    vendor.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n").unwrap();
    let mut text = String::new();
    while !text.ends_with("\r\n\r\n") {
        client.read_line(&mut text).unwrap();
    }
    // Every piece arrives while the vendor holds the next one back.
    for piece in ["data: 1\n\n", "data: \u{e9}", "\n\n"] {
        vendor.write_all(piece.as_bytes()).unwrap();
        assert_eq!(read_chunk(&mut client), piece);
    }
    drop(client);
    // The vendor's connection ends although the vendor never closed it.
    assert_eq!(vendor.read(&mut [0; 1]).unwrap_or(0), 0);
}

#[test]
fn a_client_that_does_not_read_holds_the_vendor_back() {
    let (listener, url) = vendor_by_hand();
    let gateway = Gateway::to(&url, Some(KEY));
    let _client = gateway.client.open("GET", POLL, &[], b"");
    let (mut vendor, _) = head(&listener);
    vendor.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n").unwrap();
    vendor.set_write_timeout(Some(Duration::from_millis(500))).unwrap();
    let (piece, mut written) = ([b'x'; 64 << 10], 0_usize);
    let stopped = loop {
        match vendor.write(&piece) {
            Ok(bytes) => written += bytes,
            Err(error) => break error.kind(),
        }
        // What fits into the sockets of both sides and a little more.
        assert!(written < 64 << 20, "nothing holds the vendor back");
    };
    assert!(matches!(stopped, ErrorKind::WouldBlock | ErrorKind::TimedOut), "{stopped:?}");
}

#[test]
fn a_reply_that_breaks_off_is_not_made_whole() {
    let (listener, url) = vendor_by_hand();
    let gateway = Gateway::to(&url, Some(KEY));
    let mut client = gateway.client.open("GET", POLL, &[], b"");
    let (mut vendor, _) = head(&listener);
    vendor.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n{\"cut\":").unwrap();
    drop(vendor);
    let mut text = String::new();
    let _ = client.read_to_string(&mut text);
    assert!(text.contains("{\"cut\":") && !text.ends_with("0\r\n\r\n"), "{text}");
}

#[test]
fn a_planted_key_is_found_nowhere() {
    let site = Site::start();
    let echo = Reply::new(401, "application/json", "{\"detail\": \"wrong key\"}")
        .with("x-request-id", KEY);
    site.set("/research", json_reply("{\"request_id\": \"r1\"}"));
    site.set("/research/r1", echo);
    let (library, data, logs) = (small_library(), Folder::new(), Folder::new());
    let log = std::fs::File::create(logs.join("log")).unwrap();
    let mut command = Program::command();
    command.stderr(Stdio::from(log));
    for vendor in VENDORS {
        let url = format!("FATHOM_{}_URL", vendor.id.to_uppercase());
        command.env(vendor.key_env, KEY).env(url, address(&site));
    }
    let program = Program::start(library.path(), data.path(), &mut command);
    let client = program.client;
    let mut answers = vec![
        client.post("/gateway/tavily/research", &json!({ "input": "a" })),
        client.get(POLL),
        client.get("/gateway/tavily/none"),
        client.get("/gateway/extruct/v1/deep_research_tasks"),
        client.send("GET", POLL, &[("x-fathom-key", "not a key")], b""),
        client.get("/api/v1/providers"),
        client.get("/api/v1/openapi.json"),
        client.get("/metrics"),
        client.get("/"),
    ];
    assert_eq!(
        answers.iter().map(|answer| answer.status).collect::<Vec<_>>(),
        [200, 401, 404, 404, 401, 200, 200, 200, 200]
    );
    let run = client.ask("What does Norway export?");
    client.ended(&run);
    answers.push(client.get(&format!("/api/v1/runs/{run}")));
    answers.push(client.get("/api/v1/runs"));
    assert!(site.requests().iter().all(|request| request.contains(KEY)));
    for answer in &answers {
        assert!(!format!("{answer:?}").contains(KEY), "{answer:?}");
    }
    program.kill();
    let mut searched = 0;
    for folder in [&data, &logs] {
        for entry in std::fs::read_dir(folder.path()).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            assert!(!bytes.windows(KEY.len()).any(|window| window == KEY.as_bytes()));
            searched += bytes.len();
        }
    }
    assert!(searched > 10_000, "{searched} bytes were searched");
}

#[test]
fn settings_that_would_give_the_key_away_keep_the_program_from_starting() {
    let (library, data) = (small_library(), Folder::new());
    for (name, value) in [
        ("FATHOM_TAVILY_URL", "http://example.org"),
        ("FATHOM_TAVILY_URL", "ftp://127.0.0.1"),
        ("TAVILY_API_KEY", "planted key"),
    ] {
        let output = Program::command()
            .env(name, value)
            .args(["serve", "--listen", "127.0.0.1:0", "--library"])
            .arg(library.path())
            .arg("--data")
            .arg(data.path())
            .output()
            .unwrap();
        let line = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{line}");
        assert!(line.contains(name) && !line.contains("planted"), "{line}");
    }
}

/// A vendor whose every byte the test writes itself.
fn vendor_by_hand() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    (listener, url)
}

/// Takes the next connection and reads the head of its request.
fn head(listener: &TcpListener) -> (TcpStream, String) {
    let (socket, _) = listener.accept().unwrap();
    let mut reader = BufReader::new(socket.try_clone().unwrap());
    let mut head = String::new();
    while reader.read_line(&mut head).is_ok_and(|read| read > 2) {}
    (socket, head)
}

fn read_chunk(client: &mut BufReader<TcpStream>) -> String {
    let mut size = String::new();
    client.read_line(&mut size).unwrap();
    let mut chunk = vec![0; usize::from_str_radix(size.trim(), 16).unwrap() + 2];
    client.read_exact(&mut chunk).unwrap();
    String::from_utf8(chunk).unwrap().trim_end_matches("\r\n").to_owned()
}

/// Sends exactly these bytes and reads until the program closes.
fn raw(client: &Client, request: &str) -> String {
    let mut socket = TcpStream::connect(client.address).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    socket.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    let _ = socket.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

/// Posts a body in pieces, without telling its size.
fn chunked(client: &Client, path: &str, body: &[u8]) -> String {
    let mut socket = TcpStream::connect(client.address).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n",
        client.address
    );
    socket.write_all(head.as_bytes()).unwrap();
    for piece in body.chunks(1 << 16) {
        // The program may close before it has read everything.
        let _ = socket.write_all(format!("{:x}\r\n", piece.len()).as_bytes());
        let _ = socket.write_all(piece);
        let _ = socket.write_all(b"\r\n");
    }
    let _ = socket.write_all(b"0\r\n\r\n");
    let mut answer = Vec::new();
    let _ = socket.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}
