//! `fathom extract FILE`: the child process that reads one untrusted PDF.

mod columns;
mod glyphs;
mod layout;
mod widths;

use std::io::{Read as _, Write as _};
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::process::ExitCode;

use pdf_extract::{Document, Error};

use crate::library::MAX_PDF_BYTES;

use glyphs::Glyphs;

/// The exit code for an encrypted file.
pub(crate) const ENCRYPTED: i32 = 3;
/// The exit code for a file that is no PDF or a damaged one.
pub(crate) const DAMAGED: i32 = 4;

/// The name that means standard input.
pub(crate) const INPUT: &str = "-";

/// What the process may use before the system stops it.
#[cfg(unix)]
const MEMORY: u64 = 1 << 30;
#[cfg(unix)]
const SECONDS: u64 = 60;

/// Writes the text of each page as a JSON array of strings.
pub(crate) fn run(file: &Path) -> ExitCode {
    restrain();
    match pages(file) {
        Ok(pages) => match serde_json::to_vec(&pages) {
            Ok(json) if std::io::stdout().lock().write_all(&json).is_ok() => ExitCode::SUCCESS,
            _ => ExitCode::FAILURE,
        },
        Err(code) => u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from),
    }
}

fn pages(file: &Path) -> Result<Vec<String>, i32> {
    let mut document = load(file).map_err(|error| code(&error))?;
    if document.is_encrypted() {
        document.decrypt("").map_err(|_| ENCRYPTED)?;
    }
    widths::spell_out(&mut document);
    let numbers: Vec<u32> = document.get_pages().into_keys().collect();
    let pages: Vec<String> = numbers.iter().filter_map(|number| page(&document, *number)).collect();
    if pages.is_empty() && !numbers.is_empty() { Err(1) } else { Ok(pages) }
}

fn load(file: &Path) -> Result<Document, Error> {
    if file != Path::new(INPUT) {
        return Document::load(file);
    }
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(MAX_PDF_BYTES).read_to_end(&mut bytes)?;
    Document::load_mem(&bytes)
}

const fn code(error: &Error) -> i32 {
    match error {
        Error::Decryption(_) | Error::InvalidPassword => ENCRYPTED,
        _ => DAMAGED,
    }
}

/// The text of one page. The reader panics on pages it does not understand; the others still count.
fn page(document: &Document, number: u32) -> Option<String> {
    let read = || {
        let mut glyphs = Glyphs::default();
        pdf_extract::output_doc_page(document, &mut glyphs, number)
            .map(|()| layout::text(glyphs.runs))
    };
    panic::catch_unwind(AssertUnwindSafe(read)).ok()?.ok()
}

/// Gives up everything that reading a file does not need.
fn restrain() {
    #[cfg(unix)]
    for (resource, limit) in [
        (rlimit::Resource::AS, MEMORY),
        (rlimit::Resource::CPU, SECONDS),
        (rlimit::Resource::CORE, 0),
        (rlimit::Resource::FSIZE, 0),
    ] {
        // A system that knows no such limit still has the parent's clock.
        let _ = resource.set(limit, limit);
    }
}

#[cfg(test)]
mod tests;
