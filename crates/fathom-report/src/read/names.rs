//! What a document knows by name: the anchors of its headings and its link definitions.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::block::Address;

/// Where a link by name leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Definition {
    /// The address.
    pub href: Address,
    /// The title; empty when there is none.
    pub title: String,
}

/// The names of a document. The first definition of a name stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    slugs: BTreeMap<String, u32>,
    definitions: BTreeMap<String, Definition>,
}

impl Names {
    pub(super) fn definition(&self, label: &str) -> Option<&Definition> {
        self.definitions.get(&folded(label))
    }

    pub(super) fn definitions(&self) -> impl Iterator<Item = (&str, &Definition)> {
        self.definitions.iter().map(|(label, definition)| (label.as_str(), definition))
    }
}

/// How names may be used while reading.
#[derive(Debug)]
pub(super) enum Scope<'a> {
    /// Lines that are complete: new names are kept.
    Keep(&'a mut Names),
    /// The unfinished end: it is read again later, so nothing is kept.
    Peek(&'a Names),
}

impl Scope<'_> {
    /// An anchor that no earlier heading has.
    pub(super) fn slug(&mut self, words: &str) -> String {
        let slug = slug(words);
        let names = match self {
            Self::Keep(names) => &**names,
            Self::Peek(names) => names,
        };
        let earlier = names.slugs.get(&slug).copied().unwrap_or(0);
        let mut count = earlier;
        let mut unique = numbered(&slug, count);
        while count > 0 && names.slugs.contains_key(&unique) {
            count += 1;
            unique = numbered(&slug, count);
        }
        if let Self::Keep(names) = self {
            names.slugs.insert(slug, count + 1);
            names.slugs.entry(unique.clone()).or_insert(1);
        }
        unique
    }

    pub(super) fn define(&mut self, label: &str, definition: Definition) {
        if let Self::Keep(names) = self {
            names.definitions.entry(folded(label)).or_insert(definition);
        }
    }
}

fn numbered(slug: &str, count: u32) -> String {
    if count == 0 { slug.to_owned() } else { format!("{slug}-{}", count + 1) }
}

/// Names are compared without regard to case and runs of white space.
fn folded(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// An anchor from the words of a heading: letters and digits of any script, joined by hyphens.
fn slug(words: &str) -> String {
    let lower = words.to_lowercase();
    let parts: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "section".to_owned() } else { parts.join("-").chars().take(80).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_unique_even_when_headings_try_to_clash() {
        let mut names = Names::default();
        let mut scope = Scope::Keep(&mut names);
        let slugs: Vec<String> =
            ["A b", "A-B", "A b 2", "a b", "日本 語", "!"].map(|words| scope.slug(words)).into();
        assert_eq!(slugs, ["a-b", "a-b-2", "a-b-2-2", "a-b-3", "日本-語", "section"]);
    }

    #[test]
    fn peeking_keeps_nothing() {
        let mut names = Names::default();
        Scope::Keep(&mut names).slug("A");
        assert_eq!(Scope::Peek(&names).slug("a"), "a-2");
        assert_eq!(Scope::Peek(&names).slug("a"), "a-2");
    }
}
