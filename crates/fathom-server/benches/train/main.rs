//! Trains the grade: from questions whose answer is known to be there or not, to the small table that the engine has in
//! `rank/table.rs`. `cargo xtask train engine` runs it; with `--write` it renews the table.
//!
//! A row is a question put to the engine as the program does, with what the grade is told by and whether one of the
//! first three quotes answers. Three figures are told together, always: folds by article, a whole kind of library left
//! out, and languages that were never seen.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    unreachable_pub,
    reason = "a chore prints, and stops where it cannot go on"
)]

#[path = "../common/mod.rs"]
#[expect(dead_code, reason = "the measuring takes more of it")]
mod common;
mod fit;
#[path = "../engine/library.rs"]
mod library;
mod rows;
mod sets;
mod tell;

use std::path::Path;

use common::places::Places;

fn main() {
    let places = Places::find();
    let rows = sets::all(&places);
    if rows.is_empty() {
        println!("there is nothing to train with: the data sets are not there (FATHOM_BENCH_DATA)");
        return;
    }
    tell::read(&rows);
    tell::folds(&rows);
    tell::kinds(&rows);
    let seen = rows.iter().filter(|row| row.is_seen).collect::<Vec<_>>();
    let table = fit::fit(&seen);
    tell::final_fit(&rows, &table);
    let code = tell::code(&table, &rows);
    println!("\n{code}");
    if std::env::args().any(|argument| argument == "--write") {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fathom-engine/src/rank/table.rs");
        std::fs::write(file, code).expect("the table can be written");
    }
}
