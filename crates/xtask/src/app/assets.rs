//! The app's page, style, fonts and icon.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::paths::Paths;
use crate::shell;

/// What stands in the page where the name of the folder comes.
const PLACE: &str = "{app}";
const FONTS: &str = "node_modules/@fontsource-variable/source-serif-4/files";
const FACES: [&str; 2] =
    ["source-serif-4-latin-wght-normal.woff2", "source-serif-4-latin-wght-italic.woff2"];

/// Adds the style sheet and the scripts that the page starts with.
pub(super) fn add(paths: &Paths, tools: &[PathBuf], folder: &Path) -> Result<()> {
    style(paths, tools, &folder.join("style.css"))?;
    for script in ["look.js", "start.js"] {
        fs::copy(paths.root.join("web").join(script), folder.join(script))
            .with_context(|| format!("the app has no {script}"))?;
    }
    Ok(())
}

/// All style sheets as one, in the order in which `web/style/app.css` names them.
pub(crate) fn style(paths: &Paths, tools: &[PathBuf], out: &Path) -> Result<()> {
    let mut bundle = shell::program(paths, "esbuild");
    bundle.args(["web/style/app.css", "--bundle", "--minify", "--external:/fonts/*"]);
    bundle.args(["--log-level=warning"]).arg(["--outfile=", &out.to_string_lossy()].concat());
    shell::run(bundle.env("PATH", shell::path_with(tools)?))
}

/// The page, and what it names by names that never change.
pub(super) fn around(paths: &Paths, app: &Path, folder: &str) -> Result<()> {
    let web = paths.root.join("web");
    let page = fs::read_to_string(web.join("index.html")).context("the app has no index.html")?;
    fs::write(app.join("index.html"), page.replace(PLACE, &["/", folder].concat()))?;
    fs::copy(web.join("icon.svg"), app.join("icon.svg")).context("the app has no icon")?;
    fs::create_dir_all(app.join("fonts"))?;
    for face in FACES {
        fs::copy(paths.root.join(FONTS).join(face), app.join("fonts").join(face))
            .context("a font is missing; run `npm ci`")?;
    }
    Ok(())
}
