//! A fuzz target for a while; see fuzz/README.md.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::paths::Paths;
use crate::shell;
use crate::tools;

/// Runs the target that the arguments name, for as many seconds as they say.
pub(crate) fn fuzz(paths: &Paths, arguments: &[String]) -> Result<()> {
    let targets = targets(&paths.root)?;
    let (target, seconds) = match arguments {
        [target] => (target, 60),
        [target, seconds] => (target, seconds.parse().context("name the seconds as a number")?),
        _ => bail!("name a target, and for how many seconds: {}", targets.join(", ")),
    };
    if !targets.contains(target) {
        bail!("there is no target `{target}`; there are {}", targets.join(", "));
    }
    run(paths, target, seconds)
}

fn run(paths: &Paths, target: &str, seconds: u32) -> Result<()> {
    let folders = [tools::cargo_fuzz(paths)?];
    let work = paths.target.join("fuzz");
    let (found, failed) = (work.join("corpus").join(target), work.join("artifacts"));
    fs::create_dir_all(&found)?;
    fs::create_dir_all(&failed)?;
    let mut cargo = shell::cargo(paths);
    // Only nightly compilers have sanitizers; coverage works with the stable one.
    cargo.args(["fuzz", "run", "--sanitizer", "none", target]).arg(&found);
    cargo.arg(paths.root.join("fuzz").join("corpus").join(target)).arg("--");
    cargo.args([&format!("-max_total_time={seconds}"), "-rss_limit_mb=1024", "-timeout=20"]);
    cargo.args(["-max_len=8192", "-print_final_stats=1"]);
    cargo.arg(format!("-artifact_prefix={}/{target}-", failed.display()));
    cargo.env("CARGO_TARGET_DIR", &work).env("PATH", shell::path_with(&folders)?);
    shell::run(&mut cargo)
}

/// The targets there are.
fn targets(root: &Path) -> Result<Vec<String>> {
    let files =
        fs::read_dir(root.join("fuzz").join("fuzz_targets")).context("there is no fuzz folder")?;
    let names = files.filter_map(|file| {
        let name = file.ok()?.file_name().into_string().ok()?;
        name.strip_suffix(".rs").map(str::to_owned)
    });
    let mut names: Vec<_> = names.collect();
    names.sort();
    Ok(names)
}
