//! The packed npm module in every runtime there is, for real.

use std::path::Path;

use anyhow::Result;

use super::browser;
use super::count::Count;
use crate::build;
use crate::npm;
use crate::paths::Paths;
use crate::shell;
use crate::step::step;

/// The suite, the hosts it runs in, and what they need.
const FOLDER: &str = "crates/fathom-wasm/npm/test/runtimes";

/// Installs the tarball that was packed last, and runs the suite against `program`.
pub(super) fn run(paths: &Paths, program: &Path) -> Result<Count> {
    let folder = paths.root.join(FOLDER);
    step("npm packages of the runtimes", || build::npm_for_here(paths, &folder))?;
    let browser = browser::find(paths)?;
    let mut node = shell::program(paths, "node");
    node.arg(folder.join("run.mjs")).arg("--package").arg(npm::tarball(paths));
    node.arg("--out").arg(paths.target.join("npm").join("runtimes"));
    node.env("FATHOM_PROGRAM", program).env("CHROMIUM", browser.program);
    let mut count = Count::default();
    let succeeded = shell::watch(&mut node, |line| count.read_node(line))?;
    Ok(count.finish(succeeded))
}
