//! What somebody who asks Fathom reads, and how soon: `cargo xtask bench engine [SET]...`.
//!
//! The built program is started on a library, asked through its API, and its finished reports are judged beside what a
//! user would otherwise have. [`common::places`] says where programs, libraries and data sets are looked for. What is
//! missing is named and not measured; a measured figure below its floor makes the bench fail.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a bench prints, and stops where it cannot go on"
)]

mod arguments;
mod baseline;
mod bench;
#[path = "../board/mod.rs"]
mod board;
#[path = "../common/mod.rs"]
mod common;
#[path = "../http/mod.rs"]
mod http;
mod judge;
mod library;
mod misses;
mod program;
mod score;
mod sets;
mod table;

use std::process::ExitCode;

use arguments::{Arguments, RUST_DOCS};
use bench::Bench;
use sets::demo::Demo;
use sets::{cranfield, demo, factbook, foreign, generated, manuals, rust_docs, xquad};

fn main() -> ExitCode {
    let arguments = match Arguments::read() {
        Ok(arguments) => arguments,
        Err(wrong) => {
            println!("{wrong}");
            return ExitCode::FAILURE;
        }
    };
    let mut bench = Bench::new(arguments);
    table::legend();
    let wants = |bench: &Bench, sets: &[&str]| sets.iter().any(|set| bench.arguments.wants(set));
    if wants(&bench, &["xquad"]) {
        xquad::measure(&mut bench);
    }
    if wants(&bench, &["demo", "foreign", "unanswerable", "generated", "factbook"]) {
        demo_library(&mut bench);
    }
    if wants(&bench, &["sqlite-docs", "foreign"]) {
        manuals::sqlite(&mut bench);
    }
    if wants(&bench, &["manuals"]) {
        manuals::own(&mut bench);
    }
    if wants(&bench, &[RUST_DOCS]) {
        rust_docs::measure(&mut bench);
    }
    if wants(&bench, &["cranfield"]) {
        cranfield::measure(&bench.places.data.join("cranfield"), &mut bench.board);
    }
    bench.board.exactly("quotes that are not in the stored text", bench.broken, 0);
    bench.board.end()
}

/// Everything that is asked of the demo library.
fn demo_library(bench: &mut Bench) {
    let Some(library) = Demo::start(bench) else { return };
    if bench.arguments.wants("demo") {
        demo::measure(bench, &library);
    }
    if bench.arguments.wants("foreign") {
        foreign::measure(bench, "demo", &library.program);
    }
    if bench.arguments.wants("unanswerable") {
        demo::unanswerable(bench, &library);
    }
    if bench.arguments.wants("generated") {
        generated::measure(bench, &library);
    }
    if bench.arguments.wants("factbook") {
        factbook::measure(bench, &library);
    }
}
