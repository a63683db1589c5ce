//! Packages of the system, installed where that is possible.

use std::path::Path;

use anyhow::Result;

use crate::paths::Paths;
use crate::shell;

/// Installs packages as root on Debian; elsewhere it does nothing.
pub(super) fn install(paths: &Paths, packages: &[&str]) -> Result<()> {
    if !can_install(paths) {
        return Ok(());
    }
    let apt = || {
        let mut apt = shell::program(paths, "apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive");
        apt
    };
    shell::run(apt().args(["update", "--quiet"]))?;
    shell::run(
        apt().args(["install", "--yes", "--quiet", "--no-install-recommends"]).args(packages),
    )
}

fn can_install(paths: &Paths) -> bool {
    let is_root =
        shell::read(shell::program(paths, "id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    is_root && Path::new("/etc/debian_version").is_file()
}
