//! The standard library, compiled anew for the modules of the package.
//!
//! The one that comes with the compiler writes a message before every panic. A module of ours cannot
//! show it: a fault is a trap, and JavaScript tells where. Without what only such messages need, a
//! sixteenth of the bytes is gone (docs/decisions/0012). The compiler is the pinned one; what it does not yet call
//! stable is asked for by name here, and nowhere else.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::app;
use crate::paths::Paths;
use crate::shell;
use crate::step::Outcome;

/// What cargo is told, beside what to build.
const CARGO: [&str; 2] = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];
/// What the compiler is told. Nobody would read the places of panics, and they name folders.
const COMPILER: [&str; 3] =
    ["-Zunstable-options", "-Cpanic=immediate-abort", "-Zlocation-detail=none"];

/// Installs its source where it is missing.
pub(super) fn ensure(paths: &Paths) -> Result<Outcome> {
    let mut rustc = shell::program(paths, "rustc");
    let root = PathBuf::from(shell::read(rustc.args(["--print", "sysroot"]))?.trim());
    if root.join("lib/rustlib/src/rust/library/Cargo.lock").is_file() {
        return Ok(Outcome::Unchanged);
    }
    shell::run(shell::program(paths, "rustup").args(["component", "add", "rust-src"]))
        .context("install rustup, or add the component rust-src to your Rust")?;
    Ok(Outcome::Done)
}

/// Where what is compiled with it lies: build scripts look for an unstable compiler and begin anew
/// when it comes or goes, so nothing else is compiled there.
pub(super) fn folder(paths: &Paths) -> PathBuf {
    super::home(paths).join("target")
}

/// Lets `cargo build` compile it and take it.
pub(super) fn anew<'a>(paths: &Paths, cargo: &'a mut Command) -> &'a mut Command {
    cargo.env("RUSTC_BOOTSTRAP", "1").env("CARGO_TARGET_DIR", folder(paths));
    cargo.args(CARGO).env("CARGO_ENCODED_RUSTFLAGS", app::flags(&COMPILER))
}
