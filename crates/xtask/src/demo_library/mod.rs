//! The demo library: public-domain documents that every first-time user researches.

mod factbook;
mod markdown;
mod profile;
mod speeches;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::paths::Paths;

/// Counts the changes of the writer itself; a library of an older writer is written again.
const WRITER: u32 = 1;

/// Says that a folder was made here and may be replaced.
const MARKER: &str = ".fathom-demo-library";

/// One file of the library.
#[derive(Debug, PartialEq, Eq)]
struct Page {
    /// Where it goes inside the library, with `/`.
    path: String,
    /// The whole markdown.
    text: String,
}

/// Makes `folder` hold the demo library; says whether anything had to be written.
pub(crate) fn ensure(paths: &Paths, folder: &Path) -> Result<bool> {
    let stamp = stamp(paths)?;
    if fs::read_to_string(folder.join(MARKER)).is_ok_and(|found| found == stamp) {
        return Ok(false);
    }
    clear(folder)?;
    write(paths, folder)?;
    fs::write(folder.join(MARKER), stamp).context("cannot finish the demo library")?;
    Ok(true)
}

/// What the library was made from: the writer and the exact packages.
fn stamp(paths: &Paths) -> Result<String> {
    let lock = fs::read_to_string(paths.root.join("package-lock.json"))
        .context("package-lock.json is missing; run this inside the Fathom repository")?;
    let lock: serde_json::Value = serde_json::from_str(&lock)?;
    let version = |name: &str| {
        let entry = lock.pointer("/packages")?.get(format!("node_modules/{name}"))?;
        entry.get("version")?.as_str().map(|version| format!("{name} {version}\n"))
    };
    let packages: String =
        [factbook::PACKAGE, speeches::PACKAGE].into_iter().filter_map(version).collect();
    Ok(format!("writer {WRITER}\n{packages}"))
}

/// Removes an earlier library; a folder with anything else in it is left alone.
fn clear(folder: &Path) -> Result<()> {
    if folder.join(MARKER).exists() {
        return fs::remove_dir_all(folder)
            .with_context(|| format!("cannot replace {}", folder.display()));
    }
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        bail!(
            "{} is not empty and was not made by this command; name an empty or a new folder",
            folder.display()
        );
    }
    Ok(())
}

/// Writes every page. The marker goes in first, so that a half-written library may be replaced.
fn write(paths: &Paths, folder: &Path) -> Result<()> {
    let modules = paths.root.join("node_modules");
    let mut pages = factbook::pages(&modules.join(factbook::PACKAGE))?;
    pages.extend(speeches::pages(&modules.join(speeches::PACKAGE))?);
    fs::create_dir_all(folder)?;
    fs::write(folder.join(MARKER), "unfinished")?;
    for page in pages {
        let file = folder.join(&page.path);
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&file, page.text).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
