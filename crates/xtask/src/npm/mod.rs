//! The npm package: the WebAssembly modules, the JavaScript around them, and the tarball.

mod library;
mod module;
mod package;
mod sizes;

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::build;
use crate::paths::Paths;
use crate::step::step;

/// Builds the package and packs it; fails above its budget.
pub(crate) fn npm(paths: &Paths) -> Result<()> {
    make(paths)?;
    weigh(paths)
}

/// Prints what was built weighs, and fails above the budget.
pub(crate) fn weigh(paths: &Paths) -> Result<()> {
    sizes::check(paths, &folder(paths))
}

/// Builds the package in `target/npm/package` and packs it; returns the tarball.
pub(crate) fn make(paths: &Paths) -> Result<PathBuf> {
    let tools = build::prepare(paths)?;
    step("standard library's source", || library::ensure(paths))?;
    for module in module::ALL {
        step(&format!("{} module", module.name), || module::build(paths, &tools, module))?;
    }
    let mut tarball = PathBuf::new();
    step("npm package", || {
        tarball = package::pack(paths, &folder(paths))?;
        Ok(crate::step::Outcome::Done)
    })?;
    Ok(tarball)
}

/// The package as it will be installed.
pub(crate) fn folder(paths: &Paths) -> PathBuf {
    home(paths).join("package")
}

/// What is packed of it.
pub(crate) fn tarball(paths: &Paths) -> PathBuf {
    home(paths).join(format!("fathom-research-{}.tgz", env!("CARGO_PKG_VERSION")))
}

fn home(paths: &Paths) -> PathBuf {
    paths.target.join("npm")
}

/// Where the package's own sources are.
fn sources(paths: &Paths) -> PathBuf {
    Path::new(&paths.root).join("crates").join("fathom-wasm").join("npm")
}
