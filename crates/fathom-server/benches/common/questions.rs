//! Files of ordinary questions with what counts as an answer.

use std::fs;
use std::path::{Path, PathBuf};

use regex::{Regex, RegexBuilder};
use serde::Deserialize;

use super::fold::spaced;

/// A file of questions, about a library that its reader knows or about a manual.
#[derive(Deserialize)]
pub struct QuestionFile {
    /// The Debian package that holds the manual.
    #[serde(default)]
    pub package: String,
    /// The manual's folder inside that package.
    #[serde(default)]
    pub folder: String,
    #[serde(default)]
    pub role: Role,
    pub questions: Vec<Question>,
}

/// What a manual is there for: what a method was made with must not also say how good it is.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Train,
    #[default]
    Test,
}

/// A question; an answer is a quote that one of the expressions is found in.
#[derive(Clone, Deserialize)]
pub struct Question {
    pub q: String,
    #[serde(default)]
    accept: Vec<String>,
    /// The quote must then come from a document whose path holds one of these.
    #[serde(default)]
    documents: Vec<String>,
    /// Nothing in the library answers it.
    #[serde(default)]
    pub absent: bool,
}

/// What is accepted for a question, ready to be compared.
pub struct Accepted {
    patterns: Vec<Regex>,
    documents: Vec<String>,
}

impl Question {
    /// What is accepted.
    ///
    /// # Panics
    /// When the file holds what is no regular expression: its writer has to know.
    pub fn accepted(&self) -> Accepted {
        let pattern = |text: &String| {
            let built = RegexBuilder::new(text).case_insensitive(true).build();
            built.expect("a question's pattern is a regular expression")
        };
        let patterns = self.accept.iter().map(pattern).collect();
        Accepted { patterns, documents: self.documents.clone() }
    }
}

impl Accepted {
    /// Whether text of the document at `path` answers the question.
    pub fn takes(&self, path: &str, text: &str) -> bool {
        let line = spaced(text);
        let found = |pattern: &Regex| pattern.is_match(text) || pattern.is_match(&line);
        let from =
            self.documents.is_empty() || self.documents.iter().any(|part| path.contains(part));
        from && self.patterns.iter().any(found)
    }
}

/// Reads one file; nothing where it is not there.
///
/// # Panics
/// When the file is there and is not of that form.
pub fn read(file: &Path) -> Option<QuestionFile> {
    let text = fs::read_to_string(file).ok()?;
    Some(serde_json::from_str(&text).expect("a file of questions is JSON of the known form"))
}

/// Every file of a folder with its name, in order of name.
pub fn read_all(folder: &Path) -> Vec<(String, QuestionFile)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let json = |file: &PathBuf| file.extension().is_some_and(|extension| extension == "json");
    let mut files: Vec<PathBuf> = entries.filter(json).collect();
    files.sort();
    let named =
        |file: PathBuf| Some((file.file_stem()?.to_string_lossy().into_owned(), read(&file)?));
    files.into_iter().filter_map(named).collect()
}
