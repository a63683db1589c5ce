//! The package's files in their places, and the tarball.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::paths::Paths;
use crate::shell;

/// What is in the package as it stands in the repository.
const COPIED: [&str; 5] = ["package.json", "README.md", "CHANGELOG.md", "src", "types"];

/// Puts the package together in `folder` and packs it beside that; returns the tarball.
pub(super) fn pack(paths: &Paths, folder: &Path) -> Result<PathBuf> {
    let sources = super::sources(paths);
    let version = checked_version(&sources)?;
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    for name in COPIED {
        copy(&sources.join(name), &folder.join(name))?;
    }
    copy(&super::module::folder(paths), &folder.join("dist").join("wasm"))?;
    let home = super::home(paths);
    let mut npm = shell::program(paths, "npm");
    npm.args(["pack", "--silent", "--pack-destination"]).arg(&home).current_dir(folder);
    shell::read(&mut npm)?;
    let tarball = home.join(format!("fathom-research-{version}.tgz"));
    if !tarball.is_file() {
        bail!("npm has not packed {}", tarball.display());
    }
    Ok(tarball)
}

/// The version, which must be the workspace's.
fn checked_version(sources: &Path) -> Result<String> {
    let text = fs::read_to_string(sources.join("package.json"))?;
    let manifest: Value = serde_json::from_str(&text).context("package.json is not JSON")?;
    let version = manifest.get("version").and_then(Value::as_str).unwrap_or_default();
    if version != env!("CARGO_PKG_VERSION") {
        bail!("the npm package has version {version}, the workspace {}", env!("CARGO_PKG_VERSION"));
    }
    Ok(version.to_owned())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    if from.is_dir() {
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            copy(&entry.path(), &to.join(entry.file_name()))?;
        }
        return Ok(());
    }
    if let Some(parent) = to.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::copy(from, to).with_context(|| format!("cannot copy {}", from.display()))?;
    Ok(())
}
