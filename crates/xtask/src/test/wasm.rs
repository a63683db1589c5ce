//! The wasm tests in headless Chromium.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::browser::{self, Browser};
use super::count::Count;
use crate::build;
use crate::metadata;
use crate::paths::Paths;
use crate::shell;
use crate::tools::{self, WASM};

/// Works as root, in containers with little shared memory and without a network.
const ARGUMENTS: [&str; 9] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
];

pub(super) fn run(paths: &Paths) -> Result<Count> {
    build::prepare(paths)?;
    let runner = tools::wasm_runner(paths)?;
    let browser = browser::find(paths)?;
    let packages = packages(&metadata::read(paths)?);
    let mut cargo = shell::cargo(paths);
    cargo.args(["test", "--target", WASM, "--no-fail-fast"]);
    for package in packages {
        cargo.args(["--package", &package]);
    }
    cargo.env("PATH", shell::path_with(&[runner])?);
    cargo.env("CHROMEDRIVER", &browser.driver);
    cargo.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities(paths, &browser)?);
    cargo.env("WASM_BINDGEN_USE_BROWSER", "1");
    // Two cores shared with the compiler are slow to start a browser.
    cargo.env("WASM_BINDGEN_TEST_TIMEOUT", "300").env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60");
    let mut count = Count::default();
    let succeeded = shell::watch(&mut cargo, |line| count.read_libtest(line))?;
    Ok(count.finish(succeeded))
}

/// The packages that have wasm tests: those that ask for the harness.
fn packages(metadata: &Value) -> Vec<String> {
    metadata::members(metadata)
        .filter(|package| {
            metadata::dependencies(package).any(|(name, _)| name == "wasm-bindgen-test")
        })
        .filter_map(|package| Some(package.get("name")?.as_str()?.to_owned()))
        .collect()
}

/// The file that tells chromedriver how to start the browser.
fn capabilities(paths: &Paths, browser: &Browser) -> Result<PathBuf> {
    let file = paths.target.join("webdriver.json");
    let options = json!({ "goog:chromeOptions": { "binary": browser.program, "args": ARGUMENTS } });
    fs::write(&file, options.to_string())
        .with_context(|| format!("cannot write {}", file.display()))?;
    Ok(file)
}
