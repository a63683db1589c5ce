//! The tools a fresh machine lacks, kept per user by name and version.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, bail};

use crate::paths::Paths;
use crate::shell;
use crate::step::{Outcome, step};

/// What the browser runs.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Runs the fuzz targets.
const CARGO_FUZZ: &str = "0.13.1";

/// A program from crates.io.
struct Tool {
    package: &'static str,
    binary: &'static str,
    version: String,
    arguments: &'static [&'static str],
    /// How far it is optimised: it runs for seconds, and building it is what a newcomer waits for.
    optimisation: &'static str,
}

impl Tool {
    /// Its own lock file names crates that no longer build together, so it is not `--locked`.
    fn wasm_bindgen(version: String) -> Self {
        let (package, binary) = ("wasm-bindgen-cli", "wasm-bindgen");
        Self { package, binary, version, arguments: &[], optimisation: "1" }
    }

    fn cargo_fuzz() -> Self {
        let (package, version) = ("cargo-fuzz", CARGO_FUZZ.to_owned());
        Self { package, binary: package, version, arguments: &["--locked"], optimisation: "0" }
    }
}

/// Installs cargo-fuzz where it is missing and returns the folder to put on `PATH`. Only `fuzz` needs
/// it, so it is none of the tools that everybody waits for.
pub(crate) fn cargo_fuzz(paths: &Paths) -> Result<PathBuf> {
    let tool = Tool::cargo_fuzz();
    step(&format!("{} {}", tool.package, tool.version), || tool.ensure(paths))?;
    Ok(tool.home(paths).join("bin"))
}

/// Installs what is missing and returns the folders to put on `PATH`.
pub(crate) fn ensure(paths: &Paths) -> Result<Vec<PathBuf>> {
    step("wasm target", || wasm_target(paths))?;
    Ok(vec![paths.root.join("node_modules").join(".bin")])
}

/// Installs what runs the tests of WebAssembly where it is missing and returns the folder to put on
/// `PATH`. Only tests need it, so nobody waits for it who wants to see the app.
pub(crate) fn wasm_runner(paths: &Paths) -> Result<PathBuf> {
    let tool = Tool::wasm_bindgen(locked_version(&paths.root, "wasm-bindgen")?);
    step(&format!("{} {}", tool.package, tool.version), || tool.ensure(paths))?;
    Ok(tool.home(paths).join("bin"))
}

/// rust-toolchain.toml asks for the target, but automatic installs may be switched off.
fn wasm_target(paths: &Paths) -> Result<Outcome> {
    let mut rustc = shell::program(paths, "rustc");
    let library = shell::read(rustc.args(["--print", "target-libdir", "--target", WASM]))?;
    if Path::new(library.trim()).is_dir() {
        return Ok(Outcome::Unchanged);
    }
    shell::run(shell::program(paths, "rustup").args(["target", "add", WASM]))
        .context("install rustup, or add the target wasm32-unknown-unknown to your Rust")?;
    Ok(Outcome::Done)
}

/// The version of `package` in Cargo.lock: the tool must be of the very same.
pub(crate) fn locked_version(root: &Path, package: &str) -> Result<String> {
    let lock = fs::read_to_string(root.join("Cargo.lock")).context("cannot read Cargo.lock")?;
    let mut lines = lock.lines();
    let wanted = format!("name = \"{package}\"");
    lines
        .by_ref()
        .find(|line| *line == wanted)
        .and_then(|_| lines.next()?.strip_prefix("version = \"")?.strip_suffix('"'))
        .map(str::to_owned)
        .with_context(|| format!("Cargo.lock does not name {package}"))
}

impl Tool {
    fn home(&self, paths: &Paths) -> PathBuf {
        paths.cache.join("tools").join(self.label())
    }

    fn label(&self) -> String {
        format!("{}-{}", self.package, self.version)
    }

    fn is_there(&self, paths: &Paths) -> bool {
        let file = format!("{}{}", self.binary, std::env::consts::EXE_SUFFIX);
        self.home(paths).join("bin").join(file).is_file()
    }

    /// One clone builds while another waits, and a half-built tool is never seen.
    fn ensure(&self, paths: &Paths) -> Result<Outcome> {
        if self.is_there(paths) {
            return Ok(Outcome::Unchanged);
        }
        let _lock = lock(&paths.cache.join("locks").join(self.label()))?;
        if self.is_there(paths) {
            return Ok(Outcome::Done);
        }
        self.install(paths)?;
        Ok(Outcome::Done)
    }

    fn install(&self, paths: &Paths) -> Result<()> {
        let build = paths.cache.join("build").join(self.label());
        let staged = build.join("root");
        let mut install = shell::cargo(paths);
        install.args(["install", self.package, "--version", &self.version]);
        install.arg("--root").arg(&staged).arg("--target-dir").arg(build.join("target"));
        install.args(self.arguments).env("CARGO_PROFILE_RELEASE_OPT_LEVEL", self.optimisation);
        install.envs(QUICK);
        shell::run(install.stdin(Stdio::null()))
            .context("check the connection to crates.io and that a C compiler is installed")?;
        let home = self.home(paths);
        if let Some(parent) = home.parent() {
            fs::create_dir_all(parent)?;
        }
        if home.exists() {
            fs::remove_dir_all(&home)?;
        }
        fs::rename(&staged, &home)?;
        if !self.is_there(paths) {
            bail!("{} holds no {}", home.display(), self.binary);
        }
        fs::remove_dir_all(&build).context("cannot clear the build folder")
    }
}

/// What else makes a release build slow.
const QUICK: [(&str, &str); 3] = [
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "false"),
];

/// Waits for and takes the lock, which ends with the returned file.
pub(crate) fn lock(path: &Path) -> Result<File> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)
            .with_context(|| format!("cannot write to {}; set FATHOM_CACHE", parent.display()))?;
    }
    let file = File::create(path)?;
    if file.try_lock().is_err() {
        println!("waiting for another build of the same tool");
        file.lock()?;
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_says_which_version_of_a_tool_is_needed() {
        let folder = crate::testing::folder("lock");
        let lock = "[[package]]\nname = \"a\"\nversion = \"1.2.3\"\n\n[[package]]\nname = \"b\"\nversion = \"0.1.0\"\n";
        fs::write(folder.join("Cargo.lock"), lock).unwrap();
        assert_eq!(locked_version(&folder, "b").unwrap(), "0.1.0");
        assert!(locked_version(&folder, "c").is_err());
    }
}
