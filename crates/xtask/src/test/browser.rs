//! Chromium and its driver: found, or installed where that is possible.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::apt;
use crate::paths::Paths;

/// Where the two programs are.
#[derive(Debug)]
pub(super) struct Browser {
    pub(super) program: PathBuf,
    pub(super) driver: PathBuf,
}

const PROGRAMS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];
const DRIVERS: [&str; 1] = ["chromedriver"];

const HELP: &str = "install Chromium and its chromedriver (Debian: `apt-get install chromium \
    chromium-driver`), or name them in CHROMIUM and CHROMEDRIVER";

/// Looks in `CHROMIUM` and `CHROMEDRIVER`, then on `PATH`; as root on Debian it installs both.
pub(super) fn find(paths: &Paths) -> Result<Browser> {
    if let Some(browser) = look() {
        return Ok(browser);
    }
    apt::install(paths, &["chromium", "chromium-driver"]).context(HELP)?;
    look().context(HELP)
}

fn look() -> Option<Browser> {
    Some(Browser {
        program: named("CHROMIUM", &PROGRAMS)?,
        driver: named("CHROMEDRIVER", &DRIVERS)?,
    })
}

fn named(variable: &str, names: &[&str]) -> Option<PathBuf> {
    if let Some(given) = env::var_os(variable) {
        return Some(PathBuf::from(given)).filter(|path| path.is_file());
    }
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    let candidates = names.iter().flat_map(|name| {
        let file = format!("{name}{}", env::consts::EXE_SUFFIX);
        folders.iter().map(move |folder| folder.join(&file))
    });
    candidates.into_iter().find(|candidate| candidate.is_file())
}
