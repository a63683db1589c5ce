//! Packages of Debian, taken apart in the user's cache and not installed: their manuals are measured with.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::paths::Paths;
use crate::shell;
use crate::step::{Outcome, step};
use crate::tools;

/// Fetches what is missing. A package that cannot be had is named; whoever needs it goes without.
pub(crate) fn fetch(paths: &Paths, packages: &[String]) {
    if packages.is_empty() {
        return;
    }
    if !has_apt(paths) {
        println!("SKIP Debian packages {}: there is no apt here", packages.join(", "));
        return;
    }
    for package in packages {
        if let Err(error) = step(&format!("package {package}"), || ensure(paths, package)) {
            println!("SKIP Debian package {package}: {error:#}");
        }
    }
}

fn has_apt(paths: &Paths) -> bool {
    let answers = |name| shell::read(shell::program(paths, name).arg("--version")).is_ok();
    ["apt-get", "dpkg-deb"].into_iter().all(answers)
}

/// Takes a package apart beside its place and moves it there, so that half a package is never seen.
fn ensure(paths: &Paths, package: &str) -> Result<Outcome> {
    let home = paths.cache.join("debian").join(package);
    if home.is_dir() {
        return Ok(Outcome::Unchanged);
    }
    let _lock = tools::lock(&paths.cache.join("locks").join(format!("debian-{package}")))?;
    if home.is_dir() {
        return Ok(Outcome::Done);
    }
    let work = paths.cache.join("build").join(format!("debian-{package}"));
    let _ = fs::remove_dir_all(&work);
    fs::create_dir_all(&work)?;
    let file = download(paths, package, &work)?;
    let parts = work.join("parts");
    shell::run(shell::program(paths, "dpkg-deb").arg("-x").arg(file).arg(&parts))?;
    if let Some(parent) = home.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::rename(parts, &home)?;
    fs::remove_dir_all(&work).context("cannot clear the build folder")?;
    Ok(Outcome::Done)
}

/// The package's file. Only a list that does not know the package yet, or no longer, is renewed.
fn download(paths: &Paths, package: &str, folder: &Path) -> Result<PathBuf> {
    let apt = |arguments: &[&str]| -> Command {
        let mut apt = shell::program(paths, "apt-get");
        apt.current_dir(folder).args(arguments);
        apt
    };
    if shell::run(&mut apt(&["download", "--quiet", package])).is_err() {
        shell::run(&mut apt(&["update", "--quiet"]))?;
        shell::run(&mut apt(&["download", "--quiet", package]))?;
    }
    let files = fs::read_dir(folder)?.flatten().map(|entry| entry.path());
    let deb = |file: &PathBuf| file.extension().is_some_and(|extension| extension == "deb");
    files.into_iter().find(deb).context("apt-get left no package behind")
}
