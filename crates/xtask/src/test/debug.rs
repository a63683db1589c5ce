//! The program as tests need it that have no use for the app: quickly built.

use std::path::PathBuf;

use anyhow::Result;

use crate::paths::Paths;
use crate::shell;

/// Builds it and says where it is.
pub(super) fn program(paths: &Paths) -> Result<PathBuf> {
    let mut cargo = shell::cargo(paths);
    shell::run(cargo.args(["build", "--package", "fathom-server", "--bin", "fathom"]))?;
    let name = format!("fathom{}", std::env::consts::EXE_SUFFIX);
    Ok(paths.target.join("debug").join(name))
}
