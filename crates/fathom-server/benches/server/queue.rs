//! A hundred runs at once: none is lost, none fails.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::board::Board;
use crate::child::Host;
use crate::http::Connection;

const RUNS: usize = 100;
const PATIENCE: Duration = Duration::from_secs(120);

pub fn measure(board: &mut Board) {
    let host = Host::start(false);
    let begun = Instant::now();
    let runs: Vec<String> = thread::scope(|scope| {
        let ask = |number: usize| {
            let mut connection = Connection::open(host.api);
            let question =
                format!("Compare the exports of Country{number} and Country{}", number + 1);
            let body = format!("{{\"question\":\"{question}\"}}");
            let run = connection.json("POST", "/api/v1/runs", &body);
            run.get("id").and_then(Value::as_str).expect("the run is taken").to_owned()
        };
        let asked: Vec<_> = (0..RUNS).map(|number| scope.spawn(move || ask(number))).collect();
        asked.into_iter().map(|run| run.join().expect("a client ends")).collect()
    });
    let taken = begun.elapsed();
    let mut connection = Connection::open(host.api);
    let mut status = |run: &String| {
        let run = connection.json("GET", &format!("/api/v1/runs/{run}"), "");
        run.get("status").and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let mut completed = 0;
    for run in &runs {
        while matches!(&*status(run), "queued" | "running") && begun.elapsed() < PATIENCE {
            thread::sleep(Duration::from_millis(20));
        }
        completed += usize::from(status(run) == "completed");
    }
    board.exactly("runs completed of those queued at once", completed, RUNS);
    board.tell("", &format!("all taken in {taken:.1?}, all ended after {:.1?}", begun.elapsed()));
}
