//! Code asks the roster what a provider can do; it never asks for a name.

use std::fs;
use std::path::{Path, PathBuf};

use super::files::shown;

/// Vendors that may be named only where their protocol is spoken.
const VENDORS: [&str; 3] = ["exa", "tavily", "extruct"];

/// Where that is; tests and documentation may show examples.
const ROOMS: [&str; 8] = [
    "/providers/",
    "/compat/",
    "/gateway/",
    "/fixtures/",
    "/tests/",
    "/testing/",
    "crates/xtask/",
    "fuzz/",
];

pub(super) fn problems(root: &Path, files: &[PathBuf]) -> Vec<String> {
    let sources = files.iter().map(|file| (shown(root, file), file)).filter(|(name, _)| {
        name.ends_with(".rs")
            && !name.ends_with("/tests.rs")
            && !ROOMS.iter().any(|room| name.contains(room))
    });
    sources
        .flat_map(|(name, file)| of(&name, &fs::read_to_string(file).unwrap_or_default()))
        .collect()
}

fn of(name: &str, text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
    lines
        .filter_map(|(at, line)| {
            let lower = line.to_ascii_lowercase();
            let mut words = lower.split(|character: char| !character.is_ascii_alphabetic());
            let vendor = words.find(|word| VENDORS.contains(word))?;
            Some(format!("{name}:{} names {vendor}; ask the roster instead", at + 1))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vendor_is_found_as_a_word_in_code_only() {
        assert_eq!(of("a.rs", "fn main() {\n    if provider == \"tavily\" {}\n}").len(), 1);
        assert!(of("a.rs", "// As Tavily does.\nlet example = exact;").is_empty());
        assert!(
            of("a.rs", "fn a() {}\n#[cfg(test)]\nmod tests { const A: &str = \"exa\"; }")
                .is_empty()
        );
    }
}
