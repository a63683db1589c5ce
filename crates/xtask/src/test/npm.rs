//! The npm package: units against what was built, the vendors' own clients beside ours, and everything
//! that installs the tarball.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::count::Count;
use super::{debug, runtimes};
use crate::build;
use crate::npm;
use crate::paths::Paths;
use crate::shell;
use crate::step::step;

/// Where the tests are.
const FOLDER: &str = "crates/fathom-wasm/npm/test";

pub(super) fn run(paths: &Paths) -> Result<Count> {
    npm::make(paths)?;
    let program = debug::program(paths)?;
    let folder = paths.root.join(FOLDER);
    step("npm packages of the tests", || build::npm_in(paths, &folder))?;
    let mut count = weighed(paths);
    count.add(tests(paths, &program, &folder.join("unit"))?);
    for (name, whose) in [("dropin", "vendors"), ("ai", "AI SDK")] {
        let folder = folder.join(name);
        step(&format!("npm packages of the {whose}"), || build::npm_in(paths, &folder))?;
        count.add(tests(paths, &program, &folder)?);
    }
    count.add(runtimes::run(paths, &program)?);
    // The examples run in the runtimes that were installed for that.
    count.add(tests(paths, &program, &folder.join("examples"))?);
    Ok(count)
}

/// The budget is a test like others: what is too large is still to be tested.
fn weighed(paths: &Paths) -> Count {
    match npm::weigh(paths) {
        Ok(()) => Count { passed: 1, failed: 0 },
        Err(error) => {
            println!("npm: error: {error:#}");
            Count { passed: 0, failed: 1 }
        }
    }
}

fn tests(paths: &Paths, program: &Path, folder: &Path) -> Result<Count> {
    let mut node = shell::program(paths, "node");
    node.args(["--test", "--test-reporter=spec"]);
    node.args(files(folder)?);
    node.env("FATHOM_PROGRAM", program).env("FATHOM_PACKAGE", npm::folder(paths));
    let mut count = Count::default();
    let succeeded = shell::watch(&mut node, |line| count.read_node(line))?;
    Ok(count.finish(succeeded))
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path()));
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.to_string_lossy().ends_with(".test.mjs")).collect();
    files.sort();
    Ok(files)
}
