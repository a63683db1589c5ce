//! Ordinary questions with what is accepted as an answer, over any library.

use crate::baseline::Baseline;
use crate::bench::Bench;
use crate::common::questions::{Question, QuestionFile};
use crate::judge::{Case, Figures, Gold};
use crate::program::Program;
use crate::table;

/// What such a set must reach.
pub struct Floors {
    pub first: f64,
    pub three: f64,
    pub any: f64,
    pub answered: f64,
    /// The most questions that nothing answers and that are graded answered all the same.
    pub wrongly: usize,
}

pub fn cases(file: &QuestionFile) -> Vec<Case> {
    let case = |question: &Question| {
        let accepted = question.accepted();
        let gold: Gold = Box::new(move |path, text| accepted.takes(path, text));
        Case { question: question.q.clone(), gold: (!question.absent).then_some(gold) }
    };
    file.questions.iter().map(case).collect()
}

/// Asks the questions of a file, and tells what they come to beside the baseline.
pub fn ask(
    bench: &mut Bench,
    set: &str,
    file: &QuestionFile,
    program: &Program,
    baseline: Option<&Baseline>,
) -> (Figures, Option<Figures>) {
    let cases = cases(file);
    let (figures, _) = bench.ask(set, program, &cases);
    let beside = baseline.map(|baseline| baseline.figures(&cases));
    if let Some(beside) = &beside {
        table::beside(beside);
    }
    (figures, beside)
}

pub fn judge(bench: &mut Bench, set: &str, figures: &Figures, floors: &Floors) {
    let board = &mut bench.board;
    board.at_least(&format!("{set}: first quote"), figures.within(1), floors.first);
    board.at_least(&format!("{set}: first three"), figures.within(3), floors.three);
    board.at_least(&format!("{set}: any quote"), figures.within(usize::MAX), floors.any);
    board.at_least(&format!("{set}: answered"), figures.answered(), floors.answered);
    let name = format!("{set}: answered, though nothing answers");
    board.at_most(&name, figures.wrongly_answered(), floors.wrongly);
}
