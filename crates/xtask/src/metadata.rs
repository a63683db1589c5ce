//! What cargo knows about the workspace.

use anyhow::{Context, Result};
use serde_json::Value;

use crate::paths::Paths;
use crate::shell;

/// `cargo metadata` with all dependencies.
pub(crate) fn read(paths: &Paths) -> Result<Value> {
    let mut cargo = shell::cargo(paths);
    let text = shell::read(cargo.args(["metadata", "--format-version", "1", "--all-features"]))?;
    serde_json::from_str(&text).context("cargo metadata printed no JSON")
}

/// Every package, ours and others'.
pub(crate) fn packages(metadata: &Value) -> impl Iterator<Item = &Value> {
    metadata.get("packages").and_then(Value::as_array).into_iter().flatten()
}

/// Our own packages: those that come from no registry.
pub(crate) fn members(metadata: &Value) -> impl Iterator<Item = &Value> {
    packages(metadata).filter(|package| package.get("source").is_none_or(Value::is_null))
}

/// A package's text field, or nothing.
pub(crate) fn text<'a>(package: &'a Value, field: &str) -> &'a str {
    package.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// The names a package depends on, with the kind: `normal`, `dev` or `build`.
pub(crate) fn dependencies(package: &Value) -> impl Iterator<Item = (&str, &str)> {
    let all = package.get("dependencies").and_then(Value::as_array).into_iter().flatten();
    all.map(|entry| {
        (text(entry, "name"), entry.get("kind").and_then(Value::as_str).unwrap_or("normal"))
    })
}
