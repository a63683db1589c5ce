//! The app: one page, one folder of files with a hash in its name, and what is fetched later.

mod assets;
mod module;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::paths::Paths;
use crate::stamp;
use crate::step::Outcome;

pub(crate) use assets::style;
pub(crate) use module::{Made, compile, flags};

/// What the app is made from.
const INPUTS: [&str; 11] = [
    "web",
    "crates/fathom-core",
    "crates/fathom-fetch",
    "crates/fathom-report",
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    ".cargo/config.toml",
    "package-lock.json",
    "crates/xtask/src/app",
    "crates/xtask/src/wasm.rs",
];

/// What lies among the inputs and is not one.
const NOT_INPUTS: [&str; 8] =
    ["bench", "benches", "e2e", "tests", "examples", "fixtures", "node_modules", "README.md"];

/// Builds the app where anything has changed; every tool is found on `PATH`.
pub(crate) fn build(paths: &Paths, tools: &[PathBuf]) -> Result<Outcome> {
    let wanted = stamp::fingerprint(&paths.root, &INPUTS, &NOT_INPUTS)?;
    let stamp = paths.target.join("app").join("stamp");
    if stamp::is_current(&stamp, &wanted) && paths.app().join("index.html").is_file() {
        return Ok(Outcome::Unchanged);
    }
    let staged = paths.target.join("app").join("staged");
    clear(&staged)?;
    module::make(paths, tools, &staged)?;
    assets::add(paths, tools, &staged)?;
    publish(paths, &staged)?;
    stamp::put(&stamp, &wanted)?;
    Ok(Outcome::Done)
}

/// Puts what was built where the program's build finds it. The name of the folder changes with
/// what is in it, so that browsers may keep every file of it for ever.
fn publish(paths: &Paths, staged: &Path) -> Result<()> {
    let app = paths.app();
    clear(&app)?;
    let hash = stamp::fingerprint(staged, &[""], &[])?;
    let name = ["app-", hash.trim()].concat();
    fs::rename(staged, app.join(&name)).context("the app could not be put into its place")?;
    assets::around(paths, &app, &name)
}

fn clear(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot write to {}", folder.display()))
}
