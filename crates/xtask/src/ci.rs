//! The whole truth about a state of the tree.

use anyhow::Result;

use crate::build;
use crate::paths::Paths;
use crate::shell;
use crate::tidy;
use crate::tools;

/// What clippy also checks as the browser compiles it.
const BROWSER: [&str; 5] =
    ["fathom-core", "fathom-fetch", "fathom-report", "fathom-wasm", "fathom-web"];

/// Format, lints, the rules of the house; then come the tests.
pub(crate) fn check(paths: &Paths) -> Result<()> {
    shell::run(shell::cargo(paths).args(["fmt", "--all", "--check"]))?;
    build::prepare(paths)?;
    let deny = ["--", "--deny", "warnings"];
    let mut native = shell::cargo(paths);
    shell::run(
        native
            .args(["clippy", "--workspace", "--exclude", "fathom-web", "--all-targets"])
            .args(deny),
    )?;
    let mut wasm = shell::cargo(paths);
    wasm.args(["clippy", "--target", tools::WASM, "--all-targets"]);
    for package in BROWSER {
        wasm.args(["--package", package]);
    }
    shell::run(wasm.args(deny))?;
    tidy::tidy(paths)
}
