//! The page that says what was tried, against what there is.

use std::collections::BTreeSet;

use fathom_core::providers::{FIXTURES, ROSTER};

const PAGE: &str = include_str!("../../../../docs/conformance.md");
const CLIENTS: [&str; 4] = ["exa-js", "exa-py", "@tavily/core", "tavily-python"];
/// Where the versions of the vendors' own clients are set.
const NODE: &str = include_str!("../sdk/node/package.json");
const PYTHON: [&str; 4] = [
    include_str!("../sdk/python/requirements_exa.txt"),
    include_str!("../sdk/python/requirements_exa_v0.txt"),
    include_str!("../sdk/python/requirements_exa_v1.txt"),
    include_str!("../sdk/python/requirements_tavily.txt"),
];

#[test]
fn the_page_counts_the_transcripts_of_every_provider() {
    for provider in ROSTER {
        let id = &provider.info().id;
        let fixtures = FIXTURES.iter().find(|(of, _)| of == id).map_or(&[][..], |(_, all)| all);
        let wanted = format!("| `{id}`: {} |", fixtures.len());
        assert!(!fixtures.is_empty() && PAGE.contains(&wanted), "docs/conformance.md: {wanted}");
    }
}

#[test]
fn the_page_names_the_clients_that_are_installed_and_no_others() {
    let node: serde_json::Value = serde_json::from_str(NODE).unwrap();
    let node = node["devDependencies"].as_object().unwrap().iter().filter_map(|(name, version)| {
        // Another version of a package is installed under a name of its own.
        let version = version.as_str()?.trim_start_matches("npm:exa-js@");
        Some((name.trim_end_matches("-v0").to_owned(), version.to_owned()))
    });
    let pins = PYTHON.iter().flat_map(|list| list.lines()).filter_map(|line| line.split_once("=="));
    let pins = pins.map(|(name, version)| (name.to_owned(), version.to_owned()));
    let is_client = |(name, _): &(String, String)| CLIENTS.contains(&name.as_str());
    let installed: BTreeSet<_> = node.chain(pins).filter(is_client).collect();
    assert_eq!(installed.len(), 7, "{installed:?}");
    let words: Vec<&str> = PAGE.split([' ', ',', '\n']).collect();
    let named: BTreeSet<_> = words
        .windows(2)
        .filter(|pair| CLIENTS.contains(&pair[0]))
        .map(|pair| (pair[0].to_owned(), pair[1].to_owned()))
        .collect();
    assert_eq!(named, installed);
}

#[test]
fn the_files_that_the_page_names_are_there() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let named: BTreeSet<&str> = PAGE
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|word| ["node/", "python/", "crates/"].iter().any(|root| word.starts_with(root)))
        .collect();
    assert!(named.len() > 7, "{named:?}");
    for name in named {
        let below = if name.starts_with("crates/") { "../.." } else { "tests/sdk" };
        assert!(root.join(below).join(name).exists(), "{name}");
    }
}
