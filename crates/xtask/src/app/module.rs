//! The app's WebAssembly: compiled, taken apart, bound to JavaScript and made small.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::paths::Paths;
use crate::shell;
use crate::tools::WASM;
use crate::wasm::{self, For};

const NAME: &str = "fathom-web";
/// Components as trait objects: half the bytes for every reader, at no cost that can be seen. The
/// relocations tell the splitter which function needs which.
const FLAGS: [&str; 4] = ["--cfg", "erase_components", "-C", "link-args=--emit-relocs"];

/// Writes the module, its parts and their JavaScript to `out`.
pub(super) fn make(paths: &Paths, tools: &[PathBuf], out: &Path) -> Result<()> {
    let work = paths.target.join("app").join("split");
    super::clear(&work)?;
    let path = shell::path_with(tools)?;
    let tool = |name: &str| {
        let mut command = shell::program(paths, name);
        command.env("PATH", &path);
        command
    };
    let whole = compile(paths, Made::App)?;
    wasm::split(&whole, NAME, &work)?;
    let main = work.join(NAME).with_extension("wasm");
    wasm::bind(&main, out, For::Parts)?;
    fs::remove_file(&main)?;
    for part in files(&work)? {
        let name = part.file_name().context("a part of the module has no name")?;
        fs::rename(&part, out.join(name))?;
    }
    for file in files(out)? {
        squeeze(&tool, &file)?;
    }
    Ok(())
}

/// What can be made of the app's crate.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Made {
    /// The app.
    App,
    /// An example, with the app's own flags: what is measured is what is shipped.
    Example(&'static str),
}

/// Compiles it and says where it is.
pub(crate) fn compile(paths: &Paths, made: Made) -> Result<PathBuf> {
    let (kind, name, folder) = match made {
        Made::App => ("--bin", NAME, ""),
        Made::Example(name) => ("--example", name, "examples"),
    };
    let mut cargo = shell::cargo(paths);
    cargo.args(["build", "--profile", "app", "--target", WASM, "--package", NAME, kind, name]);
    shell::run(cargo.env("CARGO_ENCODED_RUSTFLAGS", flags(&FLAGS)))?;
    let built = paths.target.join(WASM).join("app").join(folder).join(name);
    Ok(built.with_extension("wasm"))
}

/// `given`, and that the places of panics are named from the crate on: nobody's folders belong into
/// what we ship.
pub(crate) fn flags(given: &[&str]) -> OsString {
    let mut flags: Vec<OsString> = given.iter().map(OsString::from).collect();
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    let registry = home.and_then(|home| fs::read_dir(home.join("registry").join("src")).ok());
    for folder in registry.into_iter().flatten().flatten() {
        let mut flag = OsString::from("--remap-path-prefix=");
        flag.push(folder.path());
        flag.push("=");
        flags.push(flag);
    }
    flags.join(&OsString::from("\u{1f}"))
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?;
    entries.map(|entry| Ok(entry?.path())).collect()
}

/// The same in fewer bytes.
fn squeeze(tool: &impl Fn(&str) -> Command, file: &Path) -> Result<()> {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("wasm") => shell::run(tool("wasm-opt").arg("-Oz").arg(file).arg("--output").arg(file)),
        Some("js") => {
            let mut minify = tool("esbuild");
            let out = ["--outfile=", &file.to_string_lossy()].concat();
            minify.arg(file).args(["--minify", "--log-level=warning", "--allow-overwrite"]);
            shell::run(minify.arg(out))
        }
        _ => Ok(()),
    }
}
