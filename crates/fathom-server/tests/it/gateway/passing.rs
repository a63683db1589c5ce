//! What goes through, and how.

use std::io::{BufRead as _, ErrorKind, Read as _, Write as _};
use std::net::TcpListener;
use std::time::Duration;

use fathom_core::fixture::{Entry, Fixture};
use fathom_core::gateway::not_sent;
use fathom_core::http::{Head, Headers};
use fathom_core::providers::{FIXTURES, find, vendor};

use super::{Gateway, JSON, POLL, address, head, json_reply, key, read_chunk, vendor_by_hand};
use crate::support::{Answer, Reply, Site};

#[test]
fn a_request_arrives_with_the_key_and_nothing_that_was_not_meant_for_the_vendor() {
    let site = Site::start();
    site.set("/research", json_reply("{\"request_id\": \"r1\"}"));
    let gateway = Gateway::with(&address(&site), Some(key()), Some("open sesame"));
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
    let authorization = format!("authorization: Bearer {}", key());
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
    let gateway = Gateway::to(&address(&site), Some(key()));
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
fn a_vendor_that_cannot_be_reached_is_told_apart_from_one_that_refuses() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = format!("http://{}", closed.local_addr().unwrap());
    drop(closed);
    let answer = Gateway::to(&nobody, Some(key())).get(POLL);
    assert_eq!((answer.status, answer.error().0.as_str()), (502, "unreachable"));
    assert!(says_not_sent(&answer));
    // Somebody is there, but cannot show that they are the vendor.
    let (listener, url) = vendor_by_hand();
    let gateway = Gateway::to(&url.replace("http", "https"), Some(key()));
    let poll = std::thread::spawn(move || gateway.get(POLL));
    let (mut socket, _) = listener.accept().unwrap();
    socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").unwrap();
    drop(socket);
    let answer = poll.join().unwrap();
    assert_eq!((answer.status, answer.error().0.as_str()), (502, "unreachable"));
    assert!(says_not_sent(&answer), "{answer:?}");
    // Whoever hangs up after the request may have understood it.
    let (listener, url) = vendor_by_hand();
    let gateway = Gateway::to(&url, Some(key()));
    let poll = std::thread::spawn(move || gateway.get(POLL));
    let (mut socket, _) = head(&listener);
    socket.write_all(b"220 this is a mail server\r\n").unwrap();
    drop(socket);
    let answer = poll.join().unwrap();
    assert_eq!((answer.status, answer.error().0.as_str()), (502, "unreachable"));
    assert!(!says_not_sent(&answer));
}

/// What a run behind the gateway reads.
fn says_not_sent(answer: &Answer) -> bool {
    let headers = Headers::from_reply(answer.headers.iter().cloned());
    not_sent(&Head { status: answer.status, headers }, answer.body.as_bytes()).is_some()
}

#[test]
fn a_stream_passes_piece_by_piece_and_ends_when_the_client_goes_away() {
    let (listener, url) = vendor_by_hand();
    let gateway = Gateway::to(&url, Some(key()));
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
    let gateway = Gateway::to(&url, Some(key()));
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
    let gateway = Gateway::to(&url, Some(key()));
    let mut client = gateway.client.open("GET", POLL, &[], b"");
    let (mut vendor, _) = head(&listener);
    vendor.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n{\"cut\":").unwrap();
    drop(vendor);
    let mut text = String::new();
    let _ = client.read_to_string(&mut text);
    assert!(text.contains("{\"cut\":") && !text.ends_with("0\r\n\r\n"), "{text}");
}
