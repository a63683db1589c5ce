//! How many polls a second, beside a bare route that answers the same bytes.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::board::Board;
use crate::child::Host;
use crate::http::Connection;

/// Clients at the same time, the length of one look, and the looks of which the middle one counts.
const CLIENTS: usize = 8;
const LOOK: Duration = Duration::from_millis(1500);
const LOOKS: usize = 5;
/// The share of the bare route's requests that a poll must reach.
const FLOOR: f64 = 0.5;

const QUESTION: &str = "Compare the exports of Country1 and Country2";

/// A protocol in which a run is created and polled.
struct Protocol {
    name: &'static str,
    create: &'static str,
    body: String,
    /// Where the answer names the run.
    id: &'static str,
    poll: fn(&str) -> String,
}

fn protocols() -> Vec<Protocol> {
    vec![Protocol {
        name: "/api/v1/runs/{id}",
        create: "/api/v1/runs",
        body: format!("{{\"question\":\"{QUESTION}\"}}"),
        id: "/id",
        poll: |id| format!("/api/v1/runs/{id}"),
    }]
}

pub fn measure(board: &mut Board) {
    let mut host = Host::start(false);
    for protocol in protocols() {
        let path = finished(&host, &protocol);
        let (status, body) = Connection::open(host.api).fetch("GET", &path, "");
        assert_eq!(status, 200, "{}", protocol.name);
        host.set_bare(&body);
        let until = Instant::now() + Duration::from_secs(10);
        while Connection::open(host.bare).fetch("GET", "/", "").1.len() != body.len() {
            assert!(Instant::now() < until, "the bare route takes its body");
        }
        let mut ratios: Vec<(f64, f64, f64)> = (0..LOOKS)
            .map(|_| {
                let bare = rate(host.bare, "/");
                let poll = rate(host.api, &path);
                (poll / bare, poll, bare)
            })
            .collect();
        ratios.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (ratio, poll, bare) = ratios.get(LOOKS / 2).copied().unwrap_or_default();
        let name = format!("poll of {}, share of a bare route", protocol.name);
        board.at_least(&name, ratio, FLOOR);
        board.tell("", &format!("{poll:.0} of {bare:.0} requests/s, {} bytes", body.len()));
    }
}

/// Creates a run, waits for its end and returns the address it is polled at.
fn finished(host: &Host, protocol: &Protocol) -> String {
    let mut connection = Connection::open(host.api);
    let made = connection.json("POST", protocol.create, &protocol.body);
    let id = made.pointer(protocol.id).and_then(Value::as_str).expect("the run has an id");
    let path = (protocol.poll)(id);
    let until = Instant::now() + Duration::from_secs(60);
    while connection.json("GET", &path, "").get("status").and_then(Value::as_str)
        != Some("completed")
    {
        assert!(Instant::now() < until, "the run ends");
        thread::sleep(Duration::from_millis(20));
    }
    path
}

/// Requests a second of several clients, each of which asks again as soon as it has its answer.
fn rate(address: SocketAddr, path: &str) -> f64 {
    let stop = AtomicBool::new(false);
    let begun = Instant::now();
    let asked: usize = thread::scope(|scope| {
        let client = || {
            let mut connection = Connection::open(address);
            let mut asked = 0;
            while !stop.load(Ordering::Relaxed) {
                let (status, _) = connection.fetch("GET", path, "");
                assert_eq!(status, 200);
                asked += 1;
            }
            asked
        };
        let clients: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(client)).collect();
        thread::sleep(LOOK);
        stop.store(true, Ordering::Relaxed);
        clients.into_iter().map(|client| client.join().expect("a client ends")).sum()
    });
    f64::from(u32::try_from(asked).unwrap_or(u32::MAX)) / begun.elapsed().as_secs_f64()
}
