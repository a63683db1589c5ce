//! The modules: compiled, bound to JavaScript and made small.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::paths::Paths;
use crate::shell;
use crate::stamp;
use crate::step::Outcome;
use crate::tools::WASM;
use crate::wasm::{self, For};

use super::library;

/// A module: one set of features of the crate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Module {
    /// Its name, and the name of its files.
    pub(super) name: &'static str,
    features: &'static str,
}

/// Every module of the package.
pub(super) const ALL: [Module; 3] = [
    Module { name: "core", features: "core" },
    Module { name: "calls", features: "calls" },
    Module { name: "report", features: "report" },
];

const PACKAGE: &str = "fathom-wasm";

/// What the modules are made from.
const INPUTS: [&str; 11] = [
    "crates/fathom-wasm/src",
    "crates/fathom-wasm/Cargo.toml",
    "crates/fathom-core",
    "crates/fathom-report",
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    "package-lock.json",
    "crates/xtask/src/npm/module.rs",
    "crates/xtask/src/npm/library.rs",
    "crates/xtask/src/wasm.rs",
];
const NOT_INPUTS: [&str; 4] = ["tests", "benches", "fixtures", "README.md"];

/// Where the files of all modules are.
pub(super) fn folder(paths: &Paths) -> PathBuf {
    super::home(paths).join("wasm")
}

/// Builds a module where anything has changed; every tool is found on `PATH`.
pub(super) fn build(paths: &Paths, tools: &[PathBuf], module: Module) -> Result<Outcome> {
    let wanted = stamp::fingerprint(&paths.root, &INPUTS, &NOT_INPUTS)?;
    let stamp = super::home(paths).join(format!("{}.stamp", module.name));
    let out = folder(paths);
    if stamp::is_current(&stamp, &wanted) && out.join(format!("{}.js", module.name)).is_file() {
        return Ok(Outcome::Unchanged);
    }
    let path = shell::path_with(tools)?;
    let tool = |name: &str| {
        let mut command = shell::program(paths, name);
        command.env("PATH", &path);
        command
    };
    let compiled = compile(paths, module)?;
    fs::create_dir_all(&out)?;
    wasm::bind(&compiled, &out, For::Package(module.name))?;
    squeeze(&tool, module, &out)?;
    stamp::put(&stamp, &wanted)?;
    Ok(Outcome::Done)
}

fn compile(paths: &Paths, module: Module) -> Result<PathBuf> {
    let mut cargo = shell::cargo(paths);
    cargo.args(["build", "--profile", "app", "--target", WASM, "--package", PACKAGE, "--lib"]);
    cargo.args(["--no-default-features", "--features", module.features]);
    shell::run(library::anew(paths, &mut cargo))?;
    let name = PACKAGE.replace('-', "_");
    Ok(library::folder(paths).join(WASM).join("app").join(name).with_extension("wasm"))
}

/// The same in fewer bytes.
fn squeeze(tool: &impl Fn(&str) -> Command, module: Module, out: &Path) -> Result<()> {
    let wasm = out.join(format!("{}_bg.wasm", module.name));
    // More of it makes fewer bytes, but more bytes of brotli (docs/decisions/0012); so does data that
    // is cut where it holds zeros.
    let mut opt = tool("wasm-opt");
    opt.args(["-O1", "--skip-pass=memory-packing"]).arg(&wasm);
    shell::run(opt.arg("--output").arg(&wasm))?;
    let glue = out.join(format!("{}.js", module.name));
    fs::write(&glue, shakeable(&fs::read_to_string(&glue)?))?;
    let mut minify = tool("esbuild");
    minify.arg(&glue).args(["--minify", "--log-level=warning", "--allow-overwrite"]);
    let glue = glue.to_str().context("the target folder's name is not text")?;
    shell::run(minify.arg(format!("--outfile={glue}")))
}

/// The JavaScript without what keeps a bundler from leaving out classes that nobody uses.
fn shakeable(glue: &str) -> String {
    let registry = "new FinalizationRegistry(";
    let lines = glue.lines().filter(|line| !line.starts_with("if (Symbol.dispose)"));
    let lines = lines.map(|line| line.replace(registry, &["/* @__PURE__ */ ", registry].concat()));
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::shakeable;

    #[test]
    fn nothing_that_runs_by_itself_names_a_class() {
        let glue = "class A {}\nif (Symbol.dispose) A.prototype[Symbol.dispose] = A.prototype.free;\n\
            const AFinalization = new FinalizationRegistry(ptr => 1);";
        let shaken = shakeable(glue);
        assert!(!shaken.contains("Symbol.dispose"));
        assert!(shaken.contains("= /* @__PURE__ */ new FinalizationRegistry("));
    }
}
