//! Questions about something else altogether.

use std::path::Path;

use crate::bench::Bench;
use crate::common::sample::spread;
use crate::common::xquad::{self, LeftOut};
use crate::judge::Case;
use crate::program::Program;
use crate::table;

const QUESTIONS: usize = 100;
/// The share of them that may be graded answered.
const WRONGLY: f64 = 0.05;

/// Asks English questions about paragraphs that are in none of these libraries.
pub fn measure(bench: &mut Bench, name: &str, program: &Program) {
    let set = format!("foreign to {name}");
    let Some(cases) = cases(&bench.places.data.join("xquad")) else {
        return bench.board.missing(&set, "XQuAD is not in FATHOM_BENCH_DATA");
    };
    table::heading();
    let (figures, _) = bench.ask(&set, program, &cases);
    bench.board.at_most(&format!("{set}: answered"), figures.wrongly(), WRONGLY);
}

fn cases(folder: &Path) -> Option<Vec<Case>> {
    let articles = xquad::read(folder, "en")?;
    let library = xquad::library(&articles, LeftOut::Paragraph);
    let asked = spread(&library.answerable, QUESTIONS);
    Some(
        asked.into_iter().map(|asked| Case { question: asked.question.text, gold: None }).collect(),
    )
}
