//! Nothing grows unseen.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::files::shown;
use crate::paths::Paths;
use crate::shell;

const KILOBYTE: u64 = 1000;
const LARGEST_FILE: u64 = 300 * KILOBYTE;
const LARGEST_PICTURE: u64 = 200 * KILOBYTE;
/// What the first load is to become; it is printed until it is met.
const FIRST_LOAD_BUDGET: u64 = 260 * KILOBYTE;
/// What it may not grow beyond. Lower this with every saving.
const FIRST_LOAD_CEILING: u64 = 540 * KILOBYTE;

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

/// The app's first load, compressed as the program serves it, where the app has been built.
pub(super) fn first_load(paths: &Paths) -> Result<Option<String>> {
    if !paths.app().join("index.html").is_file() {
        return Ok(None);
    }
    let mut node = shell::program(paths, "node");
    node.args(["--input-type=module", "--eval", SCRIPT]).arg(paths.app());
    let size = shell::read(&mut node)?;
    let size: u64 = size.trim().parse().context("the size of the app was not measured")?;
    let word = if size > FIRST_LOAD_BUDGET { "over" } else { "within" };
    println!(
        "tidy: the app's first load is {size} bytes of brotli, {word} the budget of {FIRST_LOAD_BUDGET}"
    );
    let too_large = size > FIRST_LOAD_CEILING;
    Ok(too_large
        .then(|| format!("the app's first load has {size} bytes, over {FIRST_LOAD_CEILING}")))
}

const SCRIPT: &str = "import { firstLoad } from './web/bench/firstload.mjs';\n\
    console.log(firstLoad(process.argv[1]).total);";
