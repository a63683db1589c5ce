//! Python environments, one for each list of requirements.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::apt;
use crate::paths::Paths;
use crate::shell;
use crate::stamp;
use crate::step::{Outcome, step};

const HELP: &str = "install Python 3.10 or newer with venv (Debian: `apt-get install python3 \
    python3-venv`), or name one in PYTHON";

/// Makes the environment `target/NAME` with exactly the versions of a list, once for every list; returns its Python.
pub(super) fn environment(paths: &Paths, name: &str, list: &Path) -> Result<PathBuf> {
    let home = paths.target.join(name);
    step(&format!("python packages of {name}"), || install(paths, &home, list))?;
    Ok(interpreter(&home))
}

fn install(paths: &Paths, home: &Path, list: &Path) -> Result<Outcome> {
    let folder = list.parent().unwrap_or(&paths.root);
    let file = list.file_name().unwrap_or_default().to_string_lossy();
    let wanted = stamp::fingerprint(folder, &[&file], &[])?;
    let mark = home.join("fathom-stamp");
    if stamp::is_current(&mark, &wanted) && interpreter(home).is_file() {
        return Ok(Outcome::Unchanged);
    }
    shell::run(python(paths)?.args(["-m", "venv", "--clear"]).arg(home))?;
    let mut pip = shell::program(paths, interpreter(home));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]);
    shell::run(pip.arg(list)).context("check the connection to the Python package index")?;
    stamp::put(&mark, &wanted)?;
    Ok(Outcome::Done)
}

fn interpreter(home: &Path) -> PathBuf {
    let path = if cfg!(windows) { "Scripts/python" } else { "bin/python" };
    home.join(format!("{path}{}", env::consts::EXE_SUFFIX))
}

/// A Python that can make environments; as root on Debian it is installed.
fn python(paths: &Paths) -> Result<Command> {
    let name = env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
    let capable = || {
        let mut check = shell::program(paths, &name);
        check.args(["-c", "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))"]);
        shell::read(&mut check).is_ok()
    };
    if !capable() {
        apt::install(paths, &["python3", "python3-venv"]).context(HELP)?;
    }
    if capable() { Ok(shell::program(paths, &name)) } else { Err(anyhow::anyhow!(HELP)) }
}
