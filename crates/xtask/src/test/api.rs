//! The description of the API, put to the test by schemathesis against the live program.

use anyhow::Result;

use super::count::Count;
use super::traces::Traces;
use super::{debug, python};
use crate::paths::Paths;
use crate::shell;

/// The script, its hooks and what it needs.
const FOLDER: &str = "crates/fathom-server/tests/schemathesis";

pub(super) fn run(paths: &Paths, traces: &Traces) -> Result<Count> {
    let folder = paths.root.join(FOLDER);
    let python = python::environment(paths, "schemathesis", &folder.join("requirements.txt"))?;
    let program = debug::program(paths)?;
    let mut script = shell::program(paths, python);
    script.arg(folder.join("run.py")).env("FATHOM_PROGRAM", program);
    let mut count = Count::default();
    let succeeded = traces.watch(&mut script, |line| count.read_libtest(line))?;
    Ok(count.finish(succeeded))
}
