//! What the tests leave behind for the search that comes last: data folders, logs, replies and pages.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::paths::Paths;
use crate::shell;

/// The key that tests give to programs and clients. Two of its characters are written differently in addresses.
pub(super) const KEY: &str = "planted+key/5c1e0d7f93ab";

/// The folder of one part.
#[derive(Debug)]
pub(super) struct Traces {
    folder: PathBuf,
}

/// Where all parts have theirs.
pub(super) fn home(paths: &Paths) -> PathBuf {
    paths.target.join("traces")
}

impl Traces {
    /// Makes an empty one.
    pub(super) fn begin(paths: &Paths, part: &str) -> Result<Self> {
        let folder = home(paths).join(part);
        if folder.exists() {
            fs::remove_dir_all(&folder)
                .with_context(|| format!("cannot empty {}", folder.display()))?;
        }
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(Self { folder })
    }

    /// Runs tests that leave their traces here, and keeps what they print.
    pub(super) fn watch(&self, tests: &mut Command, look: impl FnMut(&str)) -> Result<bool> {
        tests.env("FATHOM_TRACES", &self.folder).env("FATHOM_PLANTED_KEY", KEY);
        let printed = self.folder.join("printed.txt");
        let printed = File::options().create(true).append(true).open(printed)?;
        shell::record(tests, printed, look)
    }
}
