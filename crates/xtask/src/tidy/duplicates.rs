//! One library per job, in one version.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::metadata::{packages, text};

/// Crates so large, or so bound to one job, that two versions of them are a mistake.
const ONCE: [&str; 36] = [
    "aho-corasick",
    "axum",
    "chrono",
    "gloo-net",
    "gloo-timers",
    "h2",
    "html5ever",
    "hyper",
    "icu_properties",
    "idna",
    "js-sys",
    "leptos",
    "leptos_router",
    "libsqlite3-sys",
    "markup5ever",
    "pulldown-cmark",
    "reactive_graph",
    "regex",
    "regex-automata",
    "regex-syntax",
    "reqwest",
    "ring",
    "rusqlite",
    "rustls",
    "serde",
    "serde_json",
    "tachys",
    "time",
    "tokio",
    "tokio-rustls",
    "tracing-subscriber",
    "url",
    "wasm-bindgen",
    "wasm-bindgen-futures",
    "wasm-bindgen-test",
    "web-sys",
];

/// Crates of which only one may be there: they do the same job.
const RIVALS: [(&str, &[&str]); 4] = [
    ("HTTP client", &["reqwest", "ureq", "isahc", "attohttpc", "curl", "surf"]),
    ("Markdown parser", &["pulldown-cmark", "comrak", "markdown", "jotdown"]),
    ("TLS stack", &["rustls", "native-tls", "openssl", "boring"]),
    ("SQLite", &["rusqlite", "sqlx", "libsql", "sqlite"]),
];

pub(super) fn problems(metadata: &Value) -> Vec<String> {
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in packages(metadata) {
        versions.entry(text(package, "name")).or_default().insert(text(package, "version"));
    }
    let twice = ONCE.iter().filter_map(|name| {
        let found: Vec<_> = versions.get(name)?.iter().copied().collect();
        (found.len() > 1).then(|| format!("{name} is there in versions {}", found.join(" and ")))
    });
    let rivals = RIVALS.iter().filter_map(|(job, names)| {
        let found: Vec<_> =
            names.iter().copied().filter(|name| versions.contains_key(name)).collect();
        (found.len() > 1).then(|| format!("more than one {job}: {}", found.join(", ")))
    });
    twice.chain(rivals).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn two_versions_and_two_libraries_for_one_job_are_problems() {
        let package = |name: &str, version: &str| json!({ "name": name, "version": version });
        let one = json!({ "packages": [package("tokio", "1.0.0"), package("ureq", "3.0.0")] });
        assert!(problems(&one).is_empty());
        let two = json!({ "packages": [
            package("tokio", "1.0.0"), package("tokio", "0.2.0"),
            package("ureq", "3.0.0"), package("reqwest", "0.12.0"),
        ] });
        assert_eq!(problems(&two).len(), 2);
    }
}
