//! What every set is measured with.

use std::path::Path;

use crate::arguments::Arguments;
use crate::board::Board;
use crate::common::places::Places;
use crate::common::sample::spread;
use crate::judge::{Case, Figures, Judged, broken};
use crate::misses::Misses;
use crate::program::{Answer, Program};
use crate::table;

/// Questions whose time is taken.
const TIMED: usize = 60;

pub struct Bench {
    pub places: Places,
    pub arguments: Arguments,
    pub board: Board,
    /// Quotes that are not what the stored text says there, in all sets.
    pub broken: usize,
    misses: Misses,
}

impl Bench {
    pub fn new(arguments: Arguments) -> Self {
        let misses = Misses::to(arguments.misses.as_deref());
        Self { places: Places::find(), arguments, board: Board::default(), broken: 0, misses }
    }

    /// The program on a library, or a line that says why not.
    pub fn start(&mut self, name: &str, library: &Path) -> Option<Program> {
        if !self.places.program.is_file() {
            self.board.missing(name, "the program is not built; set FATHOM_PROGRAM");
            return None;
        }
        if !library.is_dir() {
            self.board.missing(name, &format!("{} is not there", library.display()));
            return None;
        }
        Some(Program::start(&self.places.program, library))
    }

    /// Asks every case, times a sample of them, and tells the figures.
    pub fn ask(&mut self, set: &str, program: &Program, cases: &[Case]) -> (Figures, Vec<Answer>) {
        let questions: Vec<&str> = cases.iter().map(|case| &*case.question).collect();
        let answers = program.ask_all(&questions);
        let judged: Vec<Judged> =
            cases.iter().zip(&answers).map(|(case, answer)| case.judge(answer)).collect();
        for ((case, judged), answer) in cases.iter().zip(&judged).zip(&answers) {
            self.misses.write(set, &case.question, judged, answer);
        }
        let mut figures = Figures::of(judged);
        figures.broken = broken(program, &answers);
        figures.times = program.time(&spread(&questions, TIMED));
        table::row(set, &figures);
        self.broken += figures.broken;
        (figures, answers)
    }
}

/// What a library took to be indexed.
pub fn tell_index(board: &Board, name: &str, program: &Program) {
    let seconds = program.ready.as_secs_f64();
    let count = u32::try_from(program.documents).map_or(f64::MAX, f64::from);
    let passages = program.passages;
    board.tell(
        &format!("{name}: indexed"),
        &format!(
            "{count} documents, {passages} passages in {seconds:.1} s, {:.0}/s",
            count / seconds
        ),
    );
}
