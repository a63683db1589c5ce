//! The documentation of the compiler: 48,000 pages, for what size does to answers, time and memory.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::manuals::TRUSTED;
use super::questions::{self, Floors};
use crate::baseline::Baseline;
use crate::bench::{Bench, tell_index};
use crate::common::places;
use crate::common::questions as files;
use crate::program::Program;
use crate::table;

const FLOORS: Floors = Floors { first: 0.60, three: 0.83, any: 0.92, answered: 0.60, wrongly: 0 };
const SLOWEST: Duration = Duration::from_secs(1);
/// Resident memory of the program, in MB.
const MEMORY: f64 = 250.0;

pub fn measure(bench: &mut Bench) {
    let Some(library) = places::rust_docs() else {
        return bench.board.missing("rust-docs", "run `rustup component add rust-docs`");
    };
    let Some(file) = files::read(&bench.places.data.join("questions").join("rust-docs.json"))
    else {
        return bench.board.missing("rust-docs", "its questions are not in FATHOM_BENCH_DATA");
    };
    let data = data_folder(&bench.places.cache);
    let is_new = !data.join("library.db").exists();
    let program = match start(&bench.places.program, &library, &data) {
        Ok(program) => program,
        Err(why) => return bench.board.missing("rust-docs", why.trim()),
    };
    if is_new {
        tell_index(&bench.board, "rust-docs", &program);
    } else {
        bench.board.tell("rust-docs: index of an earlier run", &data.display().to_string());
    }
    let baseline = Baseline::in_data(&data);
    table::heading();
    let (figures, _) = questions::ask(bench, "rust-docs", &file, &program, baseline.as_ref());
    questions::judge(bench, "rust-docs", &figures, &FLOORS);
    let board = &mut bench.board;
    board.at_least("rust-docs: right where answered", figures.trusted(), TRUSTED);
    board.at_most("rust-docs: question to report, p95", figures.percentile(95), SLOWEST);
    match program.memory() {
        Some(memory) => board.at_most("rust-docs: MB of resident memory", memory, MEMORY),
        None => board.missing("rust-docs: memory", "this system does not tell it"),
    }
}

/// Indexing takes minutes, so the index stays; runs of earlier measurements do not.
fn data_folder(cache: &Path) -> PathBuf {
    let folder = cache.join("bench").join("rust-docs");
    for name in ["runs.db", "runs.db-wal", "runs.db-shm"] {
        let _ = fs::remove_file(folder.join(name));
    }
    folder
}

/// An index of another version is made anew.
fn start(program: &Path, library: &Path, data: &Path) -> Result<Program, String> {
    match Program::start_in(program, library, data) {
        Err(why) if why.contains("written by another version") => {
            let _ = fs::remove_dir_all(data);
            Program::start_in(program, library, data)
        }
        started => started,
    }
}
