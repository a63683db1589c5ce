//! Tells of the files that could not be read: in reports and in the log.

use std::collections::HashSet;

use fathom_core::providers::local::wire::Skipped;
use fathom_core::{Warning, WarningKind};

use crate::log::{self, Level};

/// Files that a warning names.
const NAMED: usize = 10;
/// Files that the log names at a time.
const LOGGED: usize = 100;

/// The warning of a report about files of the library that could not be read.
pub(super) fn warning(skipped: &[Skipped]) -> Option<Warning> {
    let names = skipped.iter().take(NAMED);
    let mut parts: Vec<String> =
        names.map(|file| format!("{} ({})", file.path, file.reason)).collect();
    if skipped.len() > NAMED {
        parts.push(format!("and {} more", skipped.len() - NAMED));
    }
    let count = match skipped.len() {
        0 => return None,
        1 => "One file".to_owned(),
        count => format!("{count} files"),
    };
    let message = format!("{count} of the library could not be read: {}.", parts.join(", "));
    Some(Warning::new(WarningKind::Unreadable, message))
}

/// Writes a line for each file that has not been told of before.
pub(super) fn log_new(before: &[Skipped], now: &[Skipped]) {
    let before: HashSet<(&str, &str)> = before.iter().map(parts).collect();
    let new: Vec<&Skipped> = now.iter().filter(|file| !before.contains(&parts(file))).collect();
    for file in new.iter().take(LOGGED) {
        log::line(Level::Info, "not-read", &[("file", &file.path), ("reason", &file.reason)]);
    }
    if new.len() > LOGGED {
        log::line(Level::Info, "not-read", &[("more", &(new.len() - LOGGED))]);
    }
}

fn parts(file: &Skipped) -> (&str, &str) {
    (&file.path, &file.reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warning_names_ten_files_and_counts_the_rest() {
        let file = |number: usize| Skipped {
            path: format!("{number}.docx"),
            reason: "is a Word document".to_owned(),
        };
        let files: Vec<Skipped> = (0..13).map(file).collect();
        assert_eq!(warning(&[]), None);
        let one = warning(&files[..1]).unwrap();
        assert_eq!(one.kind, WarningKind::Unreadable);
        assert_eq!(
            one.message,
            "One file of the library could not be read: 0.docx (is a Word document)."
        );
        let all = warning(&files).unwrap().message;
        assert!(all.starts_with("13 files of the library could not be read: 0.docx"));
        assert!(all.ends_with("9.docx (is a Word document), and 3 more."), "{all}");
    }
}
