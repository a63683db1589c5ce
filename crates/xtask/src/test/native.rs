//! `cargo test` of the whole workspace.

use anyhow::Result;

use super::count::Count;
use super::traces::Traces;
use crate::paths::Paths;
use crate::shell;

pub(super) fn run(paths: &Paths, traces: &Traces) -> Result<Count> {
    let mut count = Count::default();
    let mut cargo = shell::cargo(paths);
    cargo.args(["test", "--workspace", "--no-fail-fast"]);
    let succeeded = traces.watch(&mut cargo, |line| count.read_libtest(line))?;
    Ok(count.finish(succeeded))
}
