//! What the command line asks for.

use std::env;
use std::path::PathBuf;

/// Everything that is measured when nothing is named.
pub const USUAL: [&str; 9] = [
    "xquad",
    "demo",
    "sqlite-docs",
    "manuals",
    "foreign",
    "unanswerable",
    "generated",
    "cranfield",
    "factbook",
];
/// What is big and must be named.
pub const RUST_DOCS: &str = "rust-docs";

/// The sets to measure, and how.
#[derive(Default)]
pub struct Arguments {
    named: Vec<String>,
    /// Every question of XQuAD, not only a sample.
    pub all: bool,
    /// Where every question and its quotes are written, for somebody who wants to read them.
    pub misses: Option<PathBuf>,
    /// The languages of XQuAD; none means all.
    languages: Vec<String>,
}

impl Arguments {
    /// Reads them.
    ///
    /// # Errors
    /// A line that says what is wrong.
    pub fn read() -> Result<Self, String> {
        let mut read = Self::default();
        let mut words = env::args().skip(1);
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or(format!("{word} needs a value"));
            match word.as_str() {
                "--all" => read.all = true,
                "--misses" => read.misses = Some(PathBuf::from(value()?)),
                "--languages" => read.languages = value()?.split(',').map(str::to_owned).collect(),
                // Cargo's own.
                "--bench" => {}
                name if name == RUST_DOCS || USUAL.contains(&name) => read.named.push(word),
                _ => return Err(unknown(&word)),
            }
        }
        Ok(read)
    }

    /// Whether a set is to be measured.
    pub fn wants(&self, set: &str) -> bool {
        let named = self.named.iter().any(|name| name == set);
        named || self.named.is_empty() && set != RUST_DOCS
    }

    pub fn wants_language(&self, language: &str) -> bool {
        self.languages.is_empty() || self.languages.iter().any(|wanted| wanted == language)
    }
}

fn unknown(word: &str) -> String {
    let sets = USUAL.join(", ");
    format!(
        "{word} is unknown; there are the sets {sets} and {RUST_DOCS}, --all, --misses FILE and --languages en,de"
    )
}
