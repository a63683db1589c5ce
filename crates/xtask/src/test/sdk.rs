//! The vendors' own clients, unmodified, against the built program.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::apt;
use super::count::Count;
use crate::build;
use crate::paths::Paths;
use crate::shell;
use crate::stamp;
use crate::step::{Outcome, step};

/// Where the tests are.
const FOLDER: &str = "crates/fathom-server/tests/sdk";
/// Each Python client has a list of requirements of its own, and a file of tests by the same name.
const LIST: &str = "requirements_";
const HELP: &str = "install Python 3.9 or newer with venv (Debian: `apt-get install python3-venv`)";

pub(super) fn run(paths: &Paths) -> Result<Count> {
    let folder = paths.root.join(FOLDER);
    let mut count = node(paths, &folder.join("node"))?;
    let folder = folder.join("python");
    for client in clients(&folder)? {
        count.add(python(paths, &folder, &client)?);
    }
    Ok(count)
}

fn clients(folder: &Path) -> Result<Vec<String>> {
    let mut clients: Vec<String> = std::fs::read_dir(folder)?
        .filter_map(|entry| {
            let name = entry.ok()?.file_name().into_string().ok()?;
            Some(name.strip_prefix(LIST)?.strip_suffix(".txt")?.to_owned())
        })
        .collect();
    clients.sort();
    Ok(clients)
}

fn node(paths: &Paths, folder: &Path) -> Result<Count> {
    step("npm packages of the clients", || build::npm_in(paths, folder))?;
    let mut tests: Vec<PathBuf> = std::fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    tests.sort();
    let mut node = shell::program(paths, "node");
    node.args(["--test", "--test-concurrency=1", "--test-reporter=spec"]).args(tests);
    counted(paths, node)
}

fn python(paths: &Paths, folder: &Path, client: &str) -> Result<Count> {
    let venv = paths.target.join("sdk").join(client);
    step(&format!("python packages of {client}"), || packages(paths, &venv, folder, client))?;
    let mut python = shell::program(paths, interpreter(&venv));
    python.current_dir(folder).args(["run.py", &format!("test_{client}")]);
    // Nothing is to be left beside the tests.
    python.env("PYTHONDONTWRITEBYTECODE", "1");
    counted(paths, python)
}

fn counted(paths: &Paths, mut tests: std::process::Command) -> Result<Count> {
    tests.env("FATHOM_PROGRAM", paths.program());
    let mut count = Count::default();
    let succeeded = shell::watch(&mut tests, |line| count.read_node(line))?;
    Ok(count.finish(succeeded))
}

/// The packages of one client, once for every list of requirements.
fn packages(paths: &Paths, venv: &Path, folder: &Path, client: &str) -> Result<Outcome> {
    let list = format!("{LIST}{client}.txt");
    let wanted = stamp::fingerprint(folder, &[&list], &[])?;
    let file = venv.join(".fathom-stamp");
    if stamp::is_current(&file, &wanted) {
        return Ok(Outcome::Unchanged);
    }
    let python = system_python(paths)?;
    shell::run(shell::program(paths, python).args(["-m", "venv", "--clear"]).arg(venv))?;
    let mut pip = shell::program(paths, interpreter(venv));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    shell::run(pip.arg("--requirement").arg(folder.join(list)))
        .context("check the connection to the Python package index")?;
    stamp::put(&file, &wanted)?;
    Ok(Outcome::Done)
}

fn interpreter(venv: &Path) -> PathBuf {
    let path = if cfg!(windows) { "Scripts/python" } else { "bin/python" };
    venv.join(format!("{path}{}", env::consts::EXE_SUFFIX))
}

/// A Python that can make environments.
fn system_python(paths: &Paths) -> Result<&'static str> {
    if let Some(python) = capable(paths) {
        return Ok(python);
    }
    apt::install(paths, &["python3", "python3-venv"]).context(HELP)?;
    capable(paths).context(HELP)
}

fn capable(paths: &Paths) -> Option<&'static str> {
    ["python3", "python"].into_iter().find(|python| {
        let mut check = shell::program(paths, python);
        check.args(["-c", "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 9))"]);
        shell::read(&mut check).is_ok()
    })
}
