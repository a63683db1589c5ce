//! Finds the files of the library.

use std::collections::HashSet;
use std::fs::{self, DirEntry, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use fathom_core::providers::local::wire::Skipped;

use super::import::Format;
use super::kinds::{self, Unread};

/// A folder of the library, canonical, with what its document paths begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Root {
    pub folder: PathBuf,
    /// Empty for the first folder, else its name and a colon.
    pub prefix: String,
}

/// A file that may be a document.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// The document path.
    pub path: String,
    pub root: PathBuf,
    pub file: PathBuf,
    pub format: Format,
    pub size: u64,
    /// When the file was last changed, in nanoseconds since 1970.
    pub modified_ns: i64,
}

/// What a walk brought.
#[derive(Debug, Default)]
pub(crate) struct Walk {
    pub found: Vec<Found>,
    pub skipped: Vec<Skipped>,
    /// How many files are no documents.
    pub others: u64,
    /// Prefixes of document paths that could not be looked at, so nothing below them has gone away.
    pub unseen: Vec<String>,
}

/// Makes the folders canonical and gives each a prefix of its own.
pub(crate) fn roots(folders: &[PathBuf]) -> Result<Vec<Root>, String> {
    let mut roots: Vec<Root> = Vec::new();
    let mut prefixes = HashSet::new();
    for folder in folders {
        let say = |problem: &str| {
            format!("the library folder {} {problem}; check --library", folder.display())
        };
        let canonical = fs::canonicalize(folder).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => say("does not exist"),
            _ => say(&format!("cannot be read ({error})")),
        })?;
        fs::read_dir(&canonical).map_err(|error| match error.kind() {
            io::ErrorKind::NotADirectory => say("is not a folder"),
            _ => say(&format!("cannot be read ({error})")),
        })?;
        if roots.iter().any(|root| canonical.starts_with(&root.folder)) {
            continue;
        }
        let prefix =
            if roots.is_empty() { String::new() } else { free_prefix(&canonical, &mut prefixes) };
        roots.push(Root { folder: canonical, prefix });
    }
    Ok(roots)
}

fn free_prefix(folder: &Path, taken: &mut HashSet<String>) -> String {
    let name = folder
        .file_name()
        .map_or_else(|| "folder".to_owned(), |name| name.to_string_lossy().into_owned());
    let mut prefix = format!("{name}:");
    let mut number = 2;
    while !taken.insert(prefix.clone()) {
        prefix = format!("{name}-{number}:");
        number += 1;
    }
    prefix
}

/// Lists every file with a known ending, in order of path. Other files are named or counted, hidden ones counted, and links are
/// followed nowhere: inside the library their target is listed itself, outside it is not ours.
pub(crate) fn walk(roots: &[Root]) -> Walk {
    let mut walk = Walk::default();
    for root in roots {
        let mut folders = vec![root.folder.clone()];
        while let Some(folder) = folders.pop() {
            walk.folder(root, &folder, &mut folders);
        }
    }
    walk.found.sort_by(|a, b| a.path.cmp(&b.path));
    walk
}

impl Walk {
    fn folder(&mut self, root: &Root, folder: &Path, folders: &mut Vec<PathBuf>) {
        let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        match entries {
            Ok(entries) => {
                for entry in entries {
                    self.entry(root, &entry, folders);
                }
            }
            Err(error) => {
                let path = document_path(root, folder);
                self.skip(
                    &path,
                    format!("is a folder that cannot be read ({error}); check its permissions"),
                );
                self.unseen.push(path);
            }
        }
    }

    fn entry(&mut self, root: &Root, entry: &DirEntry, folders: &mut Vec<PathBuf>) {
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            self.others += 1;
            return;
        }
        let file = entry.path();
        let path = document_path(root, &file);
        match entry.metadata() {
            Ok(about) if about.is_dir() => folders.push(file),
            Ok(about) if about.is_symlink() => self.link(root, &path, &file),
            Ok(about) if about.is_file() => self.file(root, path, file, &about),
            Ok(_) => {}
            Err(error) => self.skip(&path, format!("cannot be looked at ({error})")),
        }
    }

    fn file(&mut self, root: &Root, path: String, file: PathBuf, about: &Metadata) {
        let Some(format) = Format::of(&path) else {
            match kinds::unread(&path) {
                Unread::Document(reason) => self.skip(&path, reason),
                Unread::Other => self.others += 1,
            }
            return;
        };
        let root = root.folder.clone();
        let (size, modified_ns) = (about.len(), modified_ns(about));
        self.found.push(Found { path, root, file, format, size, modified_ns });
    }

    fn link(&mut self, root: &Root, path: &str, file: &Path) {
        match fs::canonicalize(file) {
            Ok(target) if target.starts_with(&root.folder) => {}
            Ok(_) => self.skip(
                path,
                "is a link that leads out of the library; copy the file in, or add its folder with --library".to_owned(),
            ),
            Err(_) => self.skip(path, "is a link that leads nowhere; remove it".to_owned()),
        }
    }

    fn skip(&mut self, path: &str, reason: String) {
        self.skipped.push(Skipped { path: path.to_owned(), reason });
    }
}

fn document_path(root: &Root, file: &Path) -> String {
    let inside = file.strip_prefix(&root.folder).unwrap_or(file);
    let parts: Vec<_> =
        inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    format!("{}{}", root.prefix, parts.join("/"))
}

fn modified_ns(about: &Metadata) -> i64 {
    let since = about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or_default()
}
