//! Counters for `/metrics`.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};

/// What has happened since the program started.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    created: AtomicU64,
    refused: AtomicU64,
    ended: [AtomicU64; 3],
    answers: [AtomicU64; 5],
}

const ENDS: [&str; 3] = ["completed", "cancelled", "failed"];

/// A value that is looked up when the page is asked for.
#[derive(Debug)]
pub(crate) struct Gauge {
    pub name: &'static str,
    pub help: &'static str,
    pub value: u64,
}

impl Metrics {
    pub(crate) fn run_created(&self) {
        self.created.fetch_add(1, Ordering::Relaxed);
    }

    /// A run was not taken because the queue was full.
    pub(crate) fn run_refused(&self) {
        self.refused.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn run_ended(&self, status: &str) {
        let counters = ENDS.iter().zip(&self.ended).find(|(word, _)| **word == status);
        if let Some((_, counter)) = counters {
            counter.fetch_add(1, Ordering::Relaxed);
        }
    }

    pub(crate) fn answered(&self, status: u16) {
        if let Some(counter) = self.answers.get(usize::from(status / 100).saturating_sub(1)) {
            counter.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// The page in the text format of Prometheus.
    pub(crate) fn page(&self, gauges: &[Gauge]) -> String {
        let mut page = String::new();
        head(&mut page, "fathom_runs_created_total", "Runs accepted.", "counter");
        let _ =
            writeln!(page, "fathom_runs_created_total {}", self.created.load(Ordering::Relaxed));
        head(
            &mut page,
            "fathom_runs_refused_total",
            "Runs refused because the queue was full.",
            "counter",
        );
        let _ =
            writeln!(page, "fathom_runs_refused_total {}", self.refused.load(Ordering::Relaxed));
        head(&mut page, "fathom_runs_ended_total", "Runs that ended, by how.", "counter");
        for (word, counter) in ENDS.iter().zip(&self.ended) {
            let _ = writeln!(
                page,
                "fathom_runs_ended_total{{status=\"{word}\"}} {}",
                counter.load(Ordering::Relaxed)
            );
        }
        head(
            &mut page,
            "fathom_http_answers_total",
            "HTTP answers, by class of status.",
            "counter",
        );
        for (class, counter) in (1..).zip(&self.answers) {
            let _ = writeln!(
                page,
                "fathom_http_answers_total{{class=\"{class}xx\"}} {}",
                counter.load(Ordering::Relaxed)
            );
        }
        for gauge in gauges {
            head(&mut page, gauge.name, gauge.help, "gauge");
            let _ = writeln!(page, "{} {}", gauge.name, gauge.value);
        }
        page
    }
}

fn head(page: &mut String, name: &str, help: &str, kind: &str) {
    let _ = writeln!(page, "# HELP {name} {help}\n# TYPE {name} {kind}");
}
