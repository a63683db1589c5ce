//! What the package's main entry weighs in a bundle.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::paths::Paths;
use crate::shell;

const KILOBYTE: u64 = 1000;
/// The core module, brotli.
const MODULE: u64 = 80 * KILOBYTE;
/// All JavaScript that the main entry needs, bundled and minified, brotli.
const SCRIPT: u64 = 10 * KILOBYTE;

/// Prints both and fails when one is over its budget.
pub(super) fn check(paths: &Paths, package: &Path) -> Result<()> {
    let mut node = shell::program(paths, "node");
    let script = super::sources(paths).join("tools").join("weigh.mjs");
    let printed = shell::read(node.arg(script).arg(package))?;
    let mut sizes = printed.split_whitespace().flat_map(str::parse::<u64>);
    let mut next = || sizes.next().context("the package was not weighed");
    let mut over = Vec::new();
    for (name, size, budget) in [("module", next()?, MODULE), ("JavaScript", next()?, SCRIPT)] {
        let word = if size > budget { "MISSED" } else { "met" };
        println!("npm: the {name} is {size} bytes of brotli; the budget of {budget} is {word}");
        if size > budget {
            over.push(name);
        }
    }
    if over.is_empty() {
        return Ok(());
    }
    bail!("the package is too large: {}", over.join(" and "))
}
