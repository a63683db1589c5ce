//! The vendors' own clients, unmodified, against the program.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::count::Count;
use super::traces::Traces;
use super::{debug, python};
use crate::build;
use crate::paths::Paths;
use crate::shell;
use crate::step::step;

/// Where the tests are.
const FOLDER: &str = "crates/fathom-server/tests/sdk";
/// Each Python client has a list of requirements of its own, and a file of tests by the same name.
const LIST: &str = "requirements_";

pub(super) fn run(paths: &Paths, traces: &Traces) -> Result<Count> {
    let program = debug::program(paths)?;
    let folder = paths.root.join(FOLDER);
    let mut count = counted(node(paths, &folder.join("node"))?, &program, traces)?;
    let folder = folder.join("python");
    for client in clients(&folder)? {
        count.add(counted(python(paths, &folder, &client)?, &program, traces)?);
    }
    Ok(count)
}

fn node(paths: &Paths, folder: &Path) -> Result<Command> {
    step("npm packages of the clients", || build::npm_in(paths, folder))?;
    let mut node = shell::program(paths, "node");
    node.args(["--test", "--test-concurrency=1", "--test-reporter=spec"]);
    node.args(files(folder, |name| name.ends_with(".test.mjs"))?);
    Ok(node)
}

fn python(paths: &Paths, folder: &Path, client: &str) -> Result<Command> {
    let list = folder.join(format!("{LIST}{client}.txt"));
    let interpreter = python::environment(paths, &format!("sdk/{client}"), &list)?;
    let mut python = shell::program(paths, interpreter);
    python.current_dir(folder).args(["run.py", &format!("test_{client}")]);
    // Nothing is to be left beside the tests.
    python.env("PYTHONDONTWRITEBYTECODE", "1");
    Ok(python)
}

fn clients(folder: &Path) -> Result<Vec<String>> {
    let lists = files(folder, |name| name.starts_with(LIST))?;
    let name = |list: PathBuf| {
        let stem = list.file_stem()?.to_str()?;
        Some(stem.strip_prefix(LIST)?.to_owned())
    };
    Ok(lists.into_iter().filter_map(name).collect())
}

fn files(folder: &Path, wanted: impl Fn(&str) -> bool) -> Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.file_name().is_some_and(|name| wanted(&name.to_string_lossy())))
        .collect();
    files.sort();
    Ok(files)
}

fn counted(mut tests: Command, program: &Path, traces: &Traces) -> Result<Count> {
    tests.env("FATHOM_PROGRAM", program);
    let mut count = Count::default();
    let succeeded = traces.watch(&mut tests, |line| count.read_node(line))?;
    Ok(count.finish(succeeded))
}
