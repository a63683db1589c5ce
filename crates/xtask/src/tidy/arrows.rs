//! Who may use whom, as in ARCHITECTURE.md.

use std::fs;

use serde_json::Value;

use crate::metadata::{dependencies, members, text};

/// Our packages and those of ours that each may use.
const ARROWS: [(&str, &[&str]); 8] = [
    ("fathom-core", &[]),
    ("fathom-report", &["fathom-core"]),
    ("fathom-engine", &["fathom-core"]),
    ("fathom-fetch", &["fathom-core"]),
    ("fathom-server", &["fathom-core", "fathom-engine", "fathom-report"]),
    ("fathom-wasm", &["fathom-core", "fathom-report"]),
    ("fathom-web", &["fathom-core", "fathom-fetch", "fathom-report"]),
    ("xtask", &[]),
];

/// The core is small by construction.
const CORE_NEEDS: [&str; 2] = ["serde", "serde_json"];

pub(super) fn problems(metadata: &Value) -> Vec<String> {
    let ours: Vec<&str> = members(metadata).map(|package| text(package, "name")).collect();
    members(metadata).flat_map(|package| of(package, &ours)).collect()
}

fn of(package: &Value, ours: &[&str]) -> Vec<String> {
    let name = text(package, "name");
    let Some((_, allowed)) = ARROWS.iter().find(|(found, _)| *found == name) else {
        return vec![format!("{name} has no place in the map of crates; add it to ARROWS")];
    };
    // Tests may use what they like, except to close a circle, which cargo itself refuses.
    let used = dependencies(package).filter(|(_, kind)| *kind != "dev").map(|(used, _)| used);
    used.filter_map(|used| {
        if ours.contains(&used) && !allowed.contains(&used) {
            return Some(format!("{name} must not use {used}"));
        }
        let is_foreign_to_core = name == "fathom-core" && !CORE_NEEDS.contains(&used);
        is_foreign_to_core.then(|| format!("fathom-core needs nothing but serde, not {used}"))
    })
    .collect()
}

/// Every crate takes the workspace's lints.
pub(super) fn lints(metadata: &Value) -> Vec<String> {
    members(metadata)
        .filter(|package| {
            let manifest = fs::read_to_string(text(package, "manifest_path")).unwrap_or_default();
            !manifest.contains("[lints]\nworkspace = true")
        })
        .map(|package| format!("{} must inherit the workspace's lints", text(package, "name")))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn with(name: &str, uses: &[&str]) -> Value {
        let uses: Vec<Value> =
            uses.iter().map(|used| json!({ "name": used, "kind": null })).collect();
        json!({ "packages": [
            { "name": name, "source": null, "dependencies": uses },
            { "name": "fathom-fetch", "source": null, "dependencies": [] },
        ] })
    }

    #[test]
    fn an_arrow_that_is_not_on_the_map_is_a_problem() {
        assert!(problems(&with("fathom-web", &["fathom-fetch", "leptos"])).is_empty());
        assert_eq!(problems(&with("fathom-server", &["fathom-fetch"])).len(), 1);
        assert_eq!(problems(&with("fathom-new", &[])).len(), 1);
    }

    #[test]
    fn the_core_uses_serde_and_nothing_else() {
        assert!(problems(&with("fathom-core", &["serde", "serde_json"])).is_empty());
        assert_eq!(problems(&with("fathom-core", &["regex"])).len(), 1);
    }
}
