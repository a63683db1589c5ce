//! Questions, one after the other or several at a time.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::Program;
use super::answer::{Answer, Run};
use crate::http::Connection;

/// Requests in flight where time does not count.
const CLIENTS: usize = 4;

impl Program {
    /// The reports on all questions, in their order.
    pub fn ask_all(&self, questions: &[&str]) -> Vec<Answer> {
        let bodies: Vec<Value> = questions.iter().map(|question| body(question)).collect();
        self.ask_bodies(&bodies)
    }

    /// The same for whole tasks.
    pub fn ask_bodies(&self, bodies: &[Value]) -> Vec<Answer> {
        let next = AtomicUsize::new(0);
        let answers = Mutex::new(Vec::with_capacity(bodies.len()));
        let client = || {
            let mut connection = self.connect();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(body) = bodies.get(at) else { return };
                let answer = self.ask(&mut connection, body);
                answers.lock().expect("nobody panics here").push((at, answer));
            }
        };
        thread::scope(|scope| (0..CLIENTS).for_each(|_| _ = scope.spawn(client)));
        let mut answers = answers.into_inner().expect("nobody panics here");
        answers.sort_by_key(|(at, _)| *at);
        answers.into_iter().map(|(_, answer)| answer).collect()
    }

    /// How long each question takes when nothing else is asked.
    pub fn time(&self, questions: &[&str]) -> Vec<Duration> {
        let mut connection = self.connect();
        let time = |question: &&str| self.ask(&mut connection, &body(question)).took;
        let mut times: Vec<Duration> = questions.iter().map(time).collect();
        times.sort();
        times
    }

    fn ask(&self, connection: &mut Connection, body: &Value) -> Answer {
        let begun = Instant::now();
        let made = connection.json("POST", "/api/v1/runs", &body.to_string());
        let id = made.get("id").and_then(Value::as_str);
        let path = format!("/api/v1/runs/{}", id.expect("the run is taken"));
        self.follow(&path);
        loop {
            let (_, body) = connection.fetch("GET", &path, "");
            let run: Run = serde_json::from_slice(&body).expect("a run is JSON");
            if matches!(&*run.status, "queued" | "running") {
                thread::sleep(Duration::from_millis(1));
                continue;
            }
            let took = begun.elapsed();
            return Answer::read(run.report.expect("the run ends with a report"), took);
        }
    }

    /// Waits for the end of a run: its stream ends then.
    fn follow(&self, path: &str) {
        let mut follower = self.connect();
        let events = format!("{path}/events");
        let _ = follower.ask("GET", &events, "connection: close\r\n", "");
        let _ = follower.lines().find(|line| line == "event: run-ended");
    }
}

fn body(question: &str) -> Value {
    json!({ "question": question })
}
