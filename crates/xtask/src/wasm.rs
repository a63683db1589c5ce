//! What becomes of a compiled WebAssembly module: taken apart, and bound to JavaScript.
//!
//! Both are done by the libraries behind the command line tools. As dependencies of the chores they are
//! built once with them, and Cargo.lock keeps the binder at the very version that the modules were
//! compiled with.

use std::path::Path;

use anyhow::{Context, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;

/// Takes `module` apart at its marked places; writes all parts to `out`, the first as `NAME.wasm`.
pub(crate) fn split(module: &Path, name: &str, out: &Path) -> Result<()> {
    let input =
        std::fs::read(module).with_context(|| format!("cannot read {}", module.display()))?;
    let main = out.join(name).with_extension("wasm");
    let script = ["./", name, ".js"].concat();
    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = out;
    options.main_out_path = &main;
    options.main_module = &script;
    wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("{error:#}"))
        .context("the module could not be taken apart")?;
    Ok(())
}

/// For whom a module is bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum For<'a> {
    /// A page that loads the module from beside its JavaScript.
    Page,
    /// The same for a module that was taken apart: its parts find each other by names that are
    /// otherwise dropped.
    Parts,
    /// A package that brings a loader of its own, by this name. A fault leaves a module in a state that
    /// nobody knows, so its JavaScript can begin anew with the same code.
    Package(&'a str),
}

/// Binds `module` to JavaScript for the web; writes both to `out`.
pub(crate) fn bind(module: &Path, out: &Path, who: For<'_>) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(module).web(true)?;
    bindgen.keep_lld_exports(who == For::Parts);
    if let For::Package(name) = who {
        bindgen.out_name(name).reset_state_function(true);
        bindgen.remove_name_section(true).remove_producers_section(true);
    } else {
        bindgen.omit_default_module_path(false);
    }
    bindgen
        .generate(out)
        .with_context(|| format!("{} could not be bound to JavaScript", module.display()))
}
