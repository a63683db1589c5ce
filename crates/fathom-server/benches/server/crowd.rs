//! A thousand followers of one run, all at once: what they cost, and that each sees everything.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::board::Board;
use crate::child::Host;
use crate::http::Connection;

const FOLLOWERS: usize = 1000;
/// What one follower may cost, in KB of resident memory: a thousand fit into 128 MB.
const EACH: f64 = 128.0;
/// What a follower of a second crowd may cost after the first has gone. More would be memory that is never used again.
const AGAIN: f64 = 16.0;

pub fn measure(board: &mut Board) {
    // Held, so that the run ends only when all are there.
    let host = Host::start(true);
    let mut connection = Connection::open(host.api);
    let question = r#"{"question":"Compare the exports of Country1 and Country2"}"#;
    let run = connection.json("POST", "/api/v1/runs", question);
    let id = run.get("id").and_then(Value::as_str).expect("the run has an id").to_owned();
    let path = format!("/api/v1/runs/{id}/events");
    let before = host.memory();
    let followers = gather(&host, &path);
    let open = host.memory();
    let begun = Instant::now();
    host.release();
    let run = ended(&mut connection, &id);
    let events = run.pointer("/progress/last_event").and_then(Value::as_u64).unwrap_or_default();
    // Nobody has read anything so far: these are a thousand stalled followers.
    let stalled = host.memory();
    let complete = followers.into_iter().map(seen).filter(|seen| *seen == events).count();
    let took = begun.elapsed();
    let first = host.memory();
    let followers = gather(&host, &path);
    let second = host.memory();
    drop(followers);
    board.exactly("followers that saw every event of a run", complete, FOLLOWERS);
    board.at_most("KB of memory for a follower that waits", share(open - before), EACH);
    board.at_most("KB of memory for a follower that does not read", share(stalled - before), EACH);
    board.at_most("KB of memory for a follower of a second crowd", share(second - first), AGAIN);
    board.tell("", &format!("{events} events each in {took:.1?}; {before:.0} KB before the first"));
}

/// Followers that have their answer's head and read nothing more.
fn gather(host: &Host, path: &str) -> Vec<Connection> {
    let follow = |_| {
        let mut follower = Connection::open(host.api);
        assert_eq!(follower.ask("GET", path, "connection: close\r\n", "").status, 200);
        follower
    };
    (0..FOLLOWERS).map(follow).collect()
}

fn share(kilobytes: f64) -> f64 {
    kilobytes.max(0.0) / 1000.0
}

/// Waits for the end of a run and returns it.
fn ended(connection: &mut Connection, id: &str) -> Value {
    let until = Instant::now() + Duration::from_secs(60);
    loop {
        let run = connection.json("GET", &format!("/api/v1/runs/{id}"), "");
        if run.get("status").and_then(Value::as_str) == Some("completed") {
            return run;
        }
        assert!(Instant::now() < until, "the run ends");
        thread::sleep(Duration::from_millis(20));
    }
}

/// How many events a follower sees, counted by their ids, up to the last.
fn seen(follower: Connection) -> u64 {
    let mut next = 1_u64;
    for line in follower.lines() {
        if line.strip_prefix("id: ").is_some_and(|id| id.parse() == Ok(next)) {
            next += 1;
        }
        if line == "event: run-ended" {
            break;
        }
    }
    next - 1
}
