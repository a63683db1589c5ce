//! Nothing grows unseen.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::files::shown;
use crate::paths::Paths;
use crate::shell;

const KILOBYTE: u64 = 1000;
const LARGEST_FILE: u64 = 300 * KILOBYTE;
const LARGEST_PICTURE: u64 = 200 * KILOBYTE;
/// What is downloaded before the first question can be written.
const FIRST_LOAD: u64 = 260 * KILOBYTE;
/// That, and everything that the app fetches later: runs, reports and documents.
const WHOLE_APP: u64 = 680 * KILOBYTE;

pub(super) fn problems(root: &Path, files: &[PathBuf]) -> Vec<String> {
    let sized =
        files.iter().filter_map(|file| Some((shown(root, file), file.metadata().ok()?.len())));
    sized
        .filter(|(name, size)| *size > limit(name))
        .map(|(name, size)| format!("{name} has {size} bytes, over {}", limit(&name)))
        .collect()
}

fn limit(name: &str) -> u64 {
    if name.ends_with(".png") { LARGEST_PICTURE } else { LARGEST_FILE }
}

/// The app's sizes, compressed as the program serves them, where the app has been built.
pub(super) fn app(paths: &Paths) -> Result<Vec<String>> {
    if !paths.app().join("index.html").is_file() {
        return Ok(Vec::new());
    }
    let mut node = shell::program(paths, "node");
    node.args(["--input-type=module", "--eval", SCRIPT]).arg(paths.app());
    let printed = shell::read(&mut node)?;
    let mut sizes = printed.split_whitespace().flat_map(str::parse::<u64>);
    let mut next = || sizes.next().context("the app's size was not measured");
    let checks = [("first load", next()?, FIRST_LOAD), ("whole", next()?, WHOLE_APP)];
    for (name, size, limit) in checks {
        println!("tidy: the app's {name} is {size} bytes of brotli; {limit} are the most");
    }
    let over = checks.into_iter().filter(|(_, size, limit)| size > limit);
    Ok(over
        .map(|(name, size, limit)| format!("the app's {name} has {size} bytes, over {limit}"))
        .collect())
}

const SCRIPT: &str = "import { firstLoad } from './web/bench/firstload.mjs';\n\
    const app = firstLoad(process.argv[1]); console.log(app.total, app.whole);";
