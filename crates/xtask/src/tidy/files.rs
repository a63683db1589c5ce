//! The files of the repository.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

/// What builds and tools leave behind.
const LEFT_OUT: [&str; 4] = [".git", "dist", "node_modules", "target"];

/// Every file below `root` that belongs to the repository, in order.
pub(super) fn all(root: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    collect(root, &mut files)?;
    files.sort();
    Ok(files)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if LEFT_OUT.iter().any(|name| entry.file_name() == *name) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), files)?;
        } else {
            files.push(entry.path());
        }
    }
    Ok(())
}

/// A file's path in the repository, with `/`.
pub(super) fn shown(root: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(root).unwrap_or(file);
    inside.to_string_lossy().replace('\\', "/")
}
