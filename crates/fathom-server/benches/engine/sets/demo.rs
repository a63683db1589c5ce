//! The demo library: ordinary questions, and questions that no country profile and no speech answers.

use std::time::Duration;

use fathom_core::StoredDocument;

use super::questions::{self, Floors};
use crate::baseline::Baseline;
use crate::bench::{Bench, tell_index};
use crate::common::questions as files;
use crate::judge::Case;
use crate::library::documents;
use crate::program::Program;
use crate::table;

const FLOORS: Floors = Floors { first: 0.75, three: 0.87, any: 0.93, answered: 0.75, wrongly: 1 };
const SLOWEST: Duration = Duration::from_millis(300);

/// Questions that no document of the demo library answers.
const UNANSWERABLE: &str = include_str!("unanswerable.txt");
/// So many of them may be graded answered.
const WRONGLY: usize = 5;

/// The program on the demo library, and what stands in it.
pub struct Demo {
    pub program: Program,
    pub documents: Vec<StoredDocument>,
}

impl Demo {
    pub fn start(bench: &mut Bench) -> Option<Self> {
        let folder = bench.places.demo.clone();
        let program = bench.start("the demo library", &folder)?;
        tell_index(&bench.board, "demo library", &program);
        Some(Self { program, documents: documents(&folder) })
    }
}

pub fn measure(bench: &mut Bench, demo: &Demo) {
    let file = bench.places.data.join("questions").join("demo.json");
    let Some(file) = files::read(&file) else {
        return bench.board.missing("demo", "demo.json is not in FATHOM_BENCH_DATA");
    };
    let baseline = Baseline::of(&demo.documents);
    table::heading();
    let (figures, _) = questions::ask(bench, "demo", &file, &demo.program, Some(&baseline));
    questions::judge(bench, "demo", &figures, &FLOORS);
    bench.board.at_most("demo: question to report, p95", figures.percentile(95), SLOWEST);
}

pub fn unanswerable(bench: &mut Bench, demo: &Demo) {
    let case = |question: &str| Case { question: question.to_owned(), gold: None };
    let cases: Vec<Case> = UNANSWERABLE.lines().map(case).collect();
    table::heading();
    let (figures, _) = bench.ask("unanswerable", &demo.program, &cases);
    bench.board.at_most("unanswerable: answered", figures.wrongly_answered(), WRONGLY);
}
