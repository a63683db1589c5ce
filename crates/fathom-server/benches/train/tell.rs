//! What the training reached.

use std::fmt::Write as _;

use crate::fit::{NAMES, Table, fit};
use crate::rows::{Kind, Row, Why};

/// From here on a report says that it answers; `weights::ANSWERED` of the engine.
const ANSWERED: f64 = 0.5;
const FOLDS: usize = 4;

pub fn read(rows: &[Row]) {
    println!("\n{} questions asked", rows.len());
}

/// Each article on the side that the table was not fitted to.
pub fn folds(rows: &[Row]) {
    println!("\nfolds by article and by question:");
    let mut judged = Vec::new();
    for fold in 0..FOLDS {
        let (train, test): (Vec<&Row>, Vec<&Row>) =
            rows.iter().filter(|row| row.is_seen).partition(|row| row.group % FOLDS != fold);
        let table = fit(&train);
        judged.extend(test.into_iter().map(|row| (row, table.probability(&row.signals))));
    }
    lines(&judged);
}

/// Each kind of library by a table that was fitted to the others.
pub fn kinds(rows: &[Row]) {
    for kind in [Kind::Articles, Kind::Manual, Kind::Profiles] {
        let train: Vec<&Row> = rows.iter().filter(|row| row.is_seen && row.kind != kind).collect();
        let test = rows.iter().filter(|row| row.is_seen && row.kind == kind);
        if train.iter().any(|row| row.answers) {
            println!("\n{kind:?} left out of fitting:");
            let table = fit(&train);
            lines(&test.map(|row| (row, table.probability(&row.signals))).collect::<Vec<_>>());
        }
    }
}

/// Everything by the table that is written; the languages never seen are the transfer.
pub fn final_fit(rows: &[Row], table: &Table) {
    println!("\nthe table that is written; sets marked with * were never fitted to:");
    lines(&rows.iter().map(|row| (row, table.probability(&row.signals))).collect::<Vec<_>>());
}

fn lines(judged: &[(&Row, f64)]) {
    let mut sets: Vec<&str> = Vec::new();
    for (row, _) in judged {
        if !sets.contains(&row.set.as_str()) {
            sets.push(&row.set);
        }
    }
    println!(
        "{:<14} {:>5} {:>9} {:>7} {:>6}  answered where nothing answers",
        "set", "n", "answered", "right", "auc"
    );
    for set in sets {
        let of: Vec<&(&Row, f64)> = judged.iter().filter(|(row, _)| row.set == set).collect();
        println!("{}", line(set, &of));
    }
}

fn line(set: &str, of: &[&(&Row, f64)]) -> String {
    let share = |of: &[&&(&Row, f64)], holds: &dyn Fn(&(&Row, f64)) -> bool| {
        of.iter().filter(|row| holds(row)).count() as f64 / of.len().max(1) as f64
    };
    let of_why = |why: Why| of.iter().filter(|(row, _)| row.why == why).collect::<Vec<_>>();
    let answerable = of_why(Why::Answerable);
    let claimed: Vec<_> =
        answerable.iter().filter(|(_, probability)| *probability >= ANSWERED).copied().collect();
    let seen = if of.iter().all(|(row, _)| row.is_seen) { "" } else { "*" };
    let mut line = format!(
        "{:<14} {:>5} {:>9.3} {:>7.3} {:>6.3} ",
        format!("{set}{seen}"),
        answerable.len(),
        share(&answerable, &|(_, probability)| *probability >= ANSWERED),
        share(&claimed, &|(row, _)| row.answers),
        auc(of),
    );
    for why in [Why::PassageOut, Why::ArticleOut, Why::Absent, Why::Foreign] {
        let negative = of_why(why);
        if !negative.is_empty() {
            let wrong = share(&negative, &|(_, probability)| *probability >= ANSWERED);
            let _ = write!(line, " {why:?} {wrong:.3} of {}", negative.len());
        }
    }
    line
}

/// How often a question that is answered has more than one that is not.
fn auc(of: &[&(&Row, f64)]) -> f64 {
    let of = |answers: bool| of.iter().filter(move |(row, _)| row.answers == answers);
    let mut won = 0.0;
    for (_, one) in of(true) {
        for (_, other) in of(false) {
            won += if one > other { 1.0 } else { 0.5 * f64::from(u8::from(one == other)) };
        }
    }
    won / (of(true).count() * of(false).count()).max(1) as f64
}

/// The table as the engine's source has it.
pub fn code(table: &Table, rows: &[Row]) -> String {
    let fitted = rows.iter().filter(|row| row.is_seen).count();
    let mut code = format!(
        "//! The table of the grade, written by `cargo xtask train engine -- --write` from {fitted} questions.\n\n\
         use super::weights::Table;\n\n\
         pub(super) const TABLE: Table = Table {{\n    base: {:.2},\n",
        table.base
    );
    for (name, weight) in NAMES.iter().zip(table.weights) {
        let _ = writeln!(code, "    {name}: {:.2},", weight + 0.0);
    }
    code.push_str("};\n");
    code
}
