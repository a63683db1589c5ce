//! Every test there is: native, wasm, the API by its description, the npm package, end to end, and with the
//! clients of vendors; and last, the search for a secret in what all of them left behind.

mod api;
mod apt;
mod browser;
mod count;
mod debug;
mod e2e;
mod native;
mod npm;
mod python;
mod runtimes;
mod sdk;
mod secrets;
mod traces;
mod wasm;

use anyhow::{Result, bail};

use crate::build;
use crate::paths::Paths;
use count::Count;
use traces::Traces;

/// The parts in the order they run.
const PARTS: [&str; 7] = ["native", "api", "wasm", "npm", "e2e", "sdk", "secrets"];

/// Runs the named parts, or all; the last line printed is `N passed, N failed`.
pub(crate) fn test(paths: &Paths, wanted: &[String]) -> Result<()> {
    if let Some(unknown) = wanted.iter().find(|part| !PARTS.contains(&part.as_str())) {
        bail!("there is no part `{unknown}`; the parts are {}", PARTS.join(", "));
    }
    let is_wanted = |part: &&str| wanted.is_empty() || wanted.iter().any(|name| name == part);
    let parts: Vec<&str> = PARTS.into_iter().filter(is_wanted).collect();
    let mut total = Count::default();
    for part in &parts {
        println!("\n=== {part}");
        total.add(counted(part, run(paths, part, &parts)));
    }
    println!("\n{} passed, {} failed", total.passed, total.failed);
    // The line above is the last one, so the failure is told by the exit code alone.
    std::process::exit(i32::from(total.failed > 0))
}

fn run(paths: &Paths, part: &str, all: &[&str]) -> Result<Count> {
    let traces = || Traces::begin(paths, part);
    match part {
        "native" => native::run(paths, &traces()?),
        "api" => api::run(paths, &traces()?),
        "wasm" => wasm::run(paths),
        "npm" => npm::run(paths),
        "sdk" => sdk::run(paths, &traces()?),
        "secrets" => secrets::run(paths, all),
        _ => {
            build::build(paths)?;
            e2e::run(paths, &traces()?)
        }
    }
}

/// A part that cannot run, or runs nothing, has failed.
fn counted(part: &str, result: Result<Count>) -> Count {
    let count = result.unwrap_or_else(|error| {
        println!("{part}: error: {error:#}");
        Count { passed: 0, failed: 1 }
    });
    if count == Count::default() {
        println!("{part}: error: no test ran");
        return Count { passed: 0, failed: 1 };
    }
    println!("{part}: {} passed, {} failed", count.passed, count.failed);
    count
}
