//! Manuals of Debian packages: that of SQLite, and those with questions of our own.

use super::foreign;
use super::questions::{self, Floors};
use crate::baseline::Baseline;
use crate::bench::{Bench, tell_index};
use crate::common::questions::{self as files, QuestionFile, Role};
use crate::judge::Figures;
use crate::library::documents;
use crate::table;

const SQLITE: Floors = Floors { first: 0.50, three: 0.70, any: 0.80, answered: 0.60, wrongly: 1 };
const SQLITE_FOLDER: &str = "usr/share/doc/sqlite3";
/// Given that a report says that it answers, how often one of its first three quotes does.
pub const TRUSTED: f64 = 0.80;

/// SQLite's manual, asked about itself and about something else.
pub fn sqlite(bench: &mut Bench) {
    let folder = bench.places.package("sqlite3-doc", SQLITE_FOLDER);
    let Some(program) = bench.start("sqlite-docs", &folder) else { return };
    tell_index(&bench.board, "sqlite-docs", &program);
    if bench.arguments.wants("sqlite-docs") {
        let file = bench.places.data.join("questions").join("sqlite-docs.json");
        match files::read(&file) {
            Some(file) => {
                let baseline = Baseline::of(&documents(&folder));
                table::heading();
                let (figures, _) =
                    questions::ask(bench, "sqlite-docs", &file, &program, Some(&baseline));
                questions::judge(bench, "sqlite-docs", &figures, &SQLITE);
                let name = "sqlite-docs: right where answered";
                bench.board.at_least(name, figures.trusted(), TRUSTED);
            }
            None => {
                bench.board.missing("sqlite-docs", "its questions are not in FATHOM_BENCH_DATA")
            }
        }
    }
    if bench.arguments.wants("foreign") {
        foreign::measure(bench, "sqlite-docs", &program);
    }
}

/// Our own questions. Those that the method was made with are only told.
pub fn own(bench: &mut Bench) {
    let manuals = files::read_all(&bench.places.manuals);
    if manuals.is_empty() {
        return bench.board.missing("manuals", "there are no questions about any");
    }
    let mut ours = Vec::new();
    let mut beside = Vec::new();
    for (name, file) in &manuals {
        let Some((figures, baseline)) = one(bench, name, file) else { continue };
        if file.role == Role::Test {
            ours.push(figures);
            beside.push(baseline);
        }
    }
    if ours.is_empty() {
        return;
    }
    let (ours, beside) = (Figures::together(&ours), Figures::together(&beside));
    table::heading();
    table::row("test manuals", &ours);
    table::beside(&beside);
    let board = &mut bench.board;
    board.at_least("test manuals: first three, to BM25's", ours.within(3), beside.within(3));
    board.at_least("test manuals: right where answered", ours.trusted(), TRUSTED);
}

fn one(bench: &mut Bench, name: &str, file: &QuestionFile) -> Option<(Figures, Figures)> {
    let folder = bench.places.package(&file.package, &file.folder);
    let role = if file.role == Role::Train { "train" } else { "test" };
    let set = format!("{name} ({role})");
    let program = bench.start(&set, &folder)?;
    tell_index(&bench.board, &set, &program);
    let baseline = Baseline::of(&documents(&folder));
    table::heading();
    let (figures, beside) = questions::ask(bench, &set, file, &program, Some(&baseline));
    Some((figures, beside?))
}
