//! The description of the API, put to the test by schemathesis against the live program.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::count::Count;
use crate::paths::Paths;
use crate::shell;
use crate::stamp;
use crate::step::{Outcome, step};

/// The script, its hooks and what it needs.
const FOLDER: &str = "crates/fathom-server/tests/schemathesis";

const HELP: &str = "install Python 3.10 or newer with venv (Debian: `apt-get install python3 \
    python3-venv`), or name one in PYTHON, and check the connection to PyPI";

pub(super) fn run(paths: &Paths) -> Result<Count> {
    let home = paths.target.join("schemathesis");
    step("schemathesis", || install(paths, &home)).context(HELP)?;
    shell::run(shell::cargo(paths).args([
        "build",
        "--package",
        "fathom-server",
        "--bin",
        "fathom",
    ]))?;
    let program = format!("fathom{}", std::env::consts::EXE_SUFFIX);
    let mut script = shell::program(paths, python(&home));
    script.arg(paths.root.join(FOLDER).join("run.py"));
    script.env("FATHOM_PROGRAM", paths.target.join("debug").join(program));
    let mut count = Count::default();
    let succeeded = shell::watch(&mut script, |line| count.read_libtest(line))?;
    Ok(count.finish(succeeded))
}

/// A virtual environment with exactly the versions of requirements.txt.
fn install(paths: &Paths, home: &Path) -> Result<Outcome> {
    let file = format!("{FOLDER}/requirements.txt");
    let wanted = stamp::fingerprint(&paths.root, &[&file], &[])?;
    let mark = home.join("fathom-stamp");
    if stamp::is_current(&mark, &wanted) && python(home).is_file() {
        return Ok(Outcome::Unchanged);
    }
    let given = std::env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
    shell::run(shell::program(paths, given).args(["-m", "venv", "--clear"]).arg(home))?;
    let mut pip = shell::program(paths, python(home));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]);
    shell::run(pip.arg(paths.root.join(file)))?;
    stamp::put(&mark, &wanted)?;
    Ok(Outcome::Done)
}

fn python(home: &Path) -> PathBuf {
    if cfg!(windows) {
        home.join("Scripts").join("python.exe")
    } else {
        home.join("bin").join("python")
    }
}
