//! How many polls a second, beside a bare route that answers the same bytes.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::Value;

use crate::board::Board;
use crate::child::Host;
use crate::http::Connection;

/// Clients at the same time, the length of one look, and the looks of which the middle one counts. Looks are short and
/// take turns, so that whatever else the machine does falls on both sides.
const CLIENTS: usize = 8;
const LOOK: Duration = Duration::from_millis(400);
const LOOKS: usize = 15;
/// The share of the bare route's requests that a poll must reach.
const FLOOR: f64 = 0.5;

const QUESTION: &str = "Compare the exports of Country1 and Country2";

/// The protocols in which a run is created and polled.
const PROTOCOLS: &str = include_str!("protocols.json");

/// One of them.
#[derive(Deserialize)]
struct Protocol {
    /// Where runs are created; one of them is polled below.
    place: String,
    /// What is sent to create one, with `QUESTION` in the place of the question.
    body: Value,
    /// The field of the answer that names the run.
    id: String,
}

/// What the protocols call a run that has ended well.
const ENDED: [&str; 2] = ["completed", "done"];

pub fn measure(board: &mut Board) {
    let mut host = Host::start(false);
    let protocols: Vec<Protocol> = serde_json::from_str(PROTOCOLS).expect("the list is JSON");
    for protocol in protocols {
        let Some(path) = finished(&host, &protocol) else {
            board.missing(&protocol.place, "this build does not serve it");
            continue;
        };
        let (status, body) = Connection::open(host.api).fetch("GET", &path, "");
        assert_eq!(status, 200, "{path}");
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
        board.at_least(&format!("polls of {}, to a bare route", protocol.place), ratio, FLOOR);
        board.tell("", &format!("{poll:.0} to {bare:.0} requests/s, {} bytes", body.len()));
    }
}

/// Creates a run, waits for its end and returns the address it is polled at; nothing where the protocol is unknown.
fn finished(host: &Host, protocol: &Protocol) -> Option<String> {
    let mut connection = Connection::open(host.api);
    let body = protocol.body.to_string().replace("QUESTION", QUESTION);
    let (status, made) = connection.fetch("POST", &protocol.place, &body);
    if matches!(status, 404 | 405) {
        return None;
    }
    let made: Value = serde_json::from_slice(&made).expect("the answer is JSON");
    let id = made.get(&protocol.id).and_then(Value::as_str);
    let id = id.unwrap_or_else(|| panic!("{} names no run: {made}", protocol.place));
    let path = format!("{}/{id}", protocol.place);
    let until = Instant::now() + Duration::from_secs(60);
    let ended = |run: &Value| {
        run.get("status").and_then(Value::as_str).is_some_and(|word| ENDED.contains(&word))
    };
    while !ended(&connection.json("GET", &path, "")) {
        assert!(Instant::now() < until, "{path} ends");
        thread::sleep(Duration::from_millis(20));
    }
    Some(path)
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
