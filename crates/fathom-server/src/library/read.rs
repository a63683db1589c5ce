//! Reads one file of the library, with limits.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use fathom_core::{StoredDocument, providers::local::wire::Skipped};
use sha2::{Digest as _, Sha256};

use super::import::{self, Format};
use super::pdf::Extractor;
use super::walk::Found;

/// A file that was read.
#[derive(Debug)]
pub(super) struct FileRead {
    /// The hash of the file's bytes; empty when the file could not be read.
    pub hash: String,
    pub content: Content,
}

/// What a file turned out to be.
#[derive(Debug)]
pub(super) enum Content {
    /// The bytes are those that were indexed before.
    Same,
    Document(Box<StoredDocument>),
    Skipped(Skipped),
}

/// Reads a file unless its bytes have the hash `known`.
pub(super) fn read(
    found: &Found,
    known: Option<&str>,
    extractor: &Extractor,
    stop: &AtomicBool,
) -> FileRead {
    let skipped = |reason: String| Content::Skipped(Skipped { path: found.path.clone(), reason });
    let bytes = match bytes(found) {
        Ok(bytes) => bytes,
        Err(reason) => return FileRead { hash: String::new(), content: skipped(reason) },
    };
    let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    if known == Some(&*hash) {
        return FileRead { hash, content: Content::Same };
    }
    let document = match found.format {
        Format::Pdf if bytes.is_empty() => {
            Err(Skipped { path: found.path.clone(), reason: "is empty (0 bytes)".to_owned() })
        }
        Format::Pdf => {
            // The child reads the file itself; our copy is only needed for the hash.
            drop(bytes);
            let pages = extractor.pages(&found.file, stop);
            pages
                .map_err(|reason| Skipped { path: found.path.clone(), reason })
                .and_then(|pages| import::import_pages(&found.path, &pages))
        }
        Format::Markdown | Format::Text | Format::Html => import::import(&found.path, &bytes),
    };
    let content =
        document.map_or_else(Content::Skipped, |document| Content::Document(Box::new(document)));
    FileRead { hash, content }
}

fn bytes(found: &Found) -> Result<Vec<u8>, String> {
    let max = found.format.max_bytes();
    if found.size > max {
        return Err(import::too_big(found.size, max));
    }
    let file = inside(&found.root, &found.file)?;
    let unreadable = |error| format!("cannot be read ({error}); check its permissions");
    let file = File::open(file).map_err(unreadable)?;
    let mut bytes = Vec::with_capacity(usize::try_from(found.size).unwrap_or_default());
    file.take(max + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    let size = bytes.len() as u64;
    if size > max { Err(import::too_big(size, max)) } else { Ok(bytes) }
}

/// The file may have been replaced by a link since the walk saw it.
fn inside(root: &Path, file: &Path) -> Result<PathBuf, String> {
    let canonical = fs::canonicalize(file).map_err(|error| format!("cannot be read ({error})"))?;
    if canonical.starts_with(root) {
        Ok(canonical)
    } else {
        Err("leads out of the library".to_owned())
    }
}
