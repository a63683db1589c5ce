//! From a fresh clone to a program with the app inside.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::app;
use crate::demo_library;
use crate::paths::Paths;
use crate::shell;
use crate::stamp;
use crate::step::{Outcome, step};
use crate::tools;

/// Installs what is missing and builds what has changed; returns the tools' folders.
pub(crate) fn build(paths: &Paths) -> Result<Vec<PathBuf>> {
    let tools = prepare(paths)?;
    step("demo library", || demo_library::ensure(paths, &paths.demo_library()).map(Outcome::of))?;
    step("app", || app::build(paths, &tools))?;
    step("program", || program(paths))?;
    Ok(tools)
}

/// Installs what is missing; returns the folders to put on `PATH`.
pub(crate) fn prepare(paths: &Paths) -> Result<Vec<PathBuf>> {
    let tools = tools::ensure(paths)?;
    step("npm packages", || npm(paths))?;
    Ok(tools)
}

/// `npm ci`, once for every lock file.
pub(crate) fn npm(paths: &Paths) -> Result<Outcome> {
    npm_in(paths, &paths.root)
}

/// The same for a folder with a lock file of its own.
pub(crate) fn npm_in(paths: &Paths, folder: &Path) -> Result<Outcome> {
    npm_with(paths, folder, &["ci"])
}

/// The same for packages whose binaries for other systems a registry may lack: a lock file then leaves
/// them out, which `npm ci` takes for broken. Everything else is of the version in the lock file.
pub(crate) fn npm_for_here(paths: &Paths, folder: &Path) -> Result<Outcome> {
    npm_with(paths, folder, &["install", "--no-save"])
}

fn npm_with(paths: &Paths, folder: &Path, how: &[&str]) -> Result<Outcome> {
    check_node(paths)?;
    let wanted = stamp::fingerprint(folder, &["package.json", "package-lock.json"], &[])?;
    let file = folder.join("node_modules").join(".fathom-stamp");
    if stamp::is_current(&file, &wanted) {
        return Ok(Outcome::Unchanged);
    }
    let mut npm = shell::program(paths, "npm");
    // No package needs its own scripts to be run.
    shell::run(
        npm.args(how).args(["--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(folder),
    )
    .context("check the connection to the npm registry")?;
    stamp::put(&file, &wanted)?;
    Ok(Outcome::Done)
}

fn check_node(paths: &Paths) -> Result<()> {
    let version = shell::read(shell::program(paths, "node").arg("--version"))
        .context("install Node 20 or newer")?;
    let major = version.trim_start_matches('v').split('.').next().unwrap_or_default();
    if major.parse::<u32>().is_ok_and(|major| major >= 20) {
        return Ok(());
    }
    bail!("Node {} is too old; install Node 20 or newer", version.trim())
}

/// The program in release, the app embedded; cargo itself knows what has changed.
fn program(paths: &Paths) -> Result<Outcome> {
    let before = modified(paths);
    let mut cargo = shell::cargo(paths);
    cargo.args(["build", "--release", "--package", "fathom-server", "--bin", "fathom"]);
    shell::run(cargo.env("FATHOM_APP_DIR", paths.app()))?;
    Ok(Outcome::of(before.is_none() || before != modified(paths)))
}

fn modified(paths: &Paths) -> Option<std::time::SystemTime> {
    paths.program().metadata().ok()?.modified().ok()
}
