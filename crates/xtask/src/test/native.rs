//! `cargo test` of the whole workspace.

use anyhow::Result;

use super::count::Count;
use crate::paths::Paths;
use crate::shell;

pub(super) fn run(paths: &Paths) -> Result<Count> {
    let mut count = Count::default();
    let mut cargo = shell::cargo(paths);
    cargo.args(["test", "--workspace", "--no-fail-fast"]);
    let succeeded = shell::watch(&mut cargo, |line| count.read_libtest(line))?;
    Ok(count.finish(succeeded))
}
