//! Where things are.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result};

/// The folders the chores work in.
#[derive(Clone, Debug)]
pub(crate) struct Paths {
    /// The repository.
    pub(crate) root: PathBuf,
    /// Cargo's target folder.
    pub(crate) target: PathBuf,
    /// What this user's clones share: the tools, by name and version.
    pub(crate) cache: PathBuf,
}

impl Paths {
    /// Reads the environment; `cargo xtask` runs anywhere inside the repository.
    pub(crate) fn find() -> Result<Self> {
        let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let root =
            here.ancestors().nth(2).context("the repository has moved; run `cargo xtask` again")?;
        let target = env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |given| root.join(given));
        Ok(Self { root: root.to_owned(), target, cache: cache()? })
    }

    /// The library a first-time user researches.
    pub(crate) fn demo_library(&self) -> PathBuf {
        self.target.join("demo-library")
    }

    /// The built app.
    pub(crate) fn app(&self) -> PathBuf {
        self.target.join("app").join("dist")
    }

    /// The built program.
    pub(crate) fn program(&self) -> PathBuf {
        self.target.join("release").join(format!("fathom{}", env::consts::EXE_SUFFIX))
    }
}

/// `FATHOM_CACHE`, else the user's cache folder.
fn cache() -> Result<PathBuf> {
    let variable = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    variable("FATHOM_CACHE")
        .or_else(|| Some(variable("XDG_CACHE_HOME")?.join("fathom")))
        .or_else(|| Some(variable("HOME")?.join(".cache").join("fathom")))
        .or_else(|| Some(variable("LOCALAPPDATA")?.join("fathom")))
        .context("set FATHOM_CACHE to a folder where the build tools can be kept")
}
