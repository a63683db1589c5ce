//! Stamps: files that remember what something was made from.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// A value that changes when any file below `inputs` changes, appears or goes away.
///
/// Missing inputs count as empty; names in `except` are left out wherever they occur.
pub(crate) fn fingerprint(root: &Path, inputs: &[&str], except: &[&str]) -> Result<String> {
    let mut files = Vec::new();
    for input in inputs {
        collect(&root.join(input), except, &mut files)?;
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.strip_prefix(root).unwrap_or(&file).hash(&mut hasher);
        fs::read(&file)
            .with_context(|| format!("cannot read {}", file.display()))?
            .hash(&mut hasher);
    }
    Ok(format!("{:016x}\n", hasher.finish()))
}

fn collect(path: &Path, except: &[&str], files: &mut Vec<PathBuf>) -> Result<()> {
    let name = path.file_name().unwrap_or_default();
    if except.iter().any(|left_out| name == *left_out) {
        return Ok(());
    }
    if path.is_file() {
        files.push(path.to_owned());
    } else if path.is_dir() {
        for entry in fs::read_dir(path)? {
            collect(&entry?.path(), except, files)?;
        }
    }
    Ok(())
}

/// Whether `file` says that the work was done for `value`.
pub(crate) fn is_current(file: &Path, value: &str) -> bool {
    fs::read_to_string(file).is_ok_and(|found| found == value)
}

/// Says so.
pub(crate) fn put(file: &Path, value: &str) -> Result<()> {
    if let Some(parent) = file.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(file, value).with_context(|| format!("cannot write {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_an_addition_and_a_removal_all_show() {
        let folder = crate::testing::folder("fingerprint");
        let look = || fingerprint(&folder, &["src", "missing"], &["dist"]).unwrap();
        fs::create_dir_all(folder.join("src/dist")).unwrap();
        fs::write(folder.join("src/a"), "1").unwrap();
        let first = look();
        fs::write(folder.join("src/dist/out"), "not an input").unwrap();
        assert_eq!(look(), first);
        fs::write(folder.join("src/a"), "2").unwrap();
        let second = look();
        fs::write(folder.join("src/b"), "").unwrap();
        let third = look();
        assert!(first != second && second != third && first != third);
        fs::remove_file(folder.join("src/b")).unwrap();
        assert_eq!(look(), second);
    }
}
