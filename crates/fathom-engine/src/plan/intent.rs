//! Which form of answer a question asks for.

use super::{Role, Token, lexicon};
use crate::index::Years;

/// The forms an answer can take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Intent {
    pub compare: bool,
    pub list: bool,
    pub timeline: bool,
    /// The most or the least of something is asked for.
    pub superlative: Option<Superlative>,
}

/// Which end of a ranking is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Superlative {
    Most,
    Least,
}

/// Reads the form from small words; what none of them tells is a plain question.
pub(super) fn intent(tokens: &[Token], years: Option<Years>) -> Intent {
    let words: Vec<String> =
        tokens.iter().take(400).map(|token| token.raw.to_lowercase()).collect();
    let has = |any: &[&str]| words.iter().any(|word| any.contains(&word.as_str()));
    let plural_which = words
        .windows(2)
        .any(|pair| matches!(pair, [a, b] if (a == "which" || a == "what") && b.ends_with("ies")));
    Intent {
        compare: has(&[
            "compare",
            "compared",
            "comparing",
            "comparison",
            "versus",
            "vs",
            "difference",
            "differences",
            "contrast",
            "differ",
            "vergleiche",
        ]),
        list: has(&["list", "which"]) || plural_which,
        timeline: has(&[
            "timeline",
            "history",
            "chronology",
            "evolution",
            "evolve",
            "evolved",
            "over time",
        ]) || years.is_some_and(|years| years.to > years.from),
        superlative: superlative(&words),
    }
}

/// A superlative counts only where several are asked about: "which country has the highest", "countries with the
/// highest", not "the highest point in".
fn superlative(words: &[String]) -> Option<Superlative> {
    words.iter().find_map(|word| match word.as_str() {
        "highest" | "largest" | "biggest" | "most" | "longest" | "greatest" | "top" | "richest"
        | "tallest" | "deepest" | "oldest" => Some(Superlative::Most),
        "lowest" | "smallest" | "least" | "fewest" | "shortest" | "poorest" | "youngest" => {
            Some(Superlative::Least)
        }
        _ => None,
    })
}

/// Where the word stands for what is ranked: the noun after "which", "what", "list" or "top", numbers and words of
/// degree between them left out, or the noun before "with" and "by".
pub(super) fn ranked(tokens: &[Token]) -> Option<usize> {
    let lower = |token: &Token| token.raw.to_lowercase();
    let skips = |token: &Token| {
        lexicon::is_degree(&lower(token))
            || token.raw.starts_with(|c: char| c.is_ascii_digit())
            || is_number(&lower(token))
    };
    for (at, token) in tokens.iter().enumerate() {
        match lower(token).as_str() {
            "which" | "what" | "list" | "top" => {
                let mut after = tokens.iter().enumerate().skip(at + 1);
                let noun = after.find(|(_, token)| !skips(token));
                if let Some((noun, token)) = noun
                    && token.role == Role::Content
                {
                    return Some(noun);
                }
            }
            "with" | "by" => {
                return at.checked_sub(1).filter(|noun| {
                    tokens.get(*noun).is_some_and(|token| token.role == Role::Content)
                });
            }
            _ => {}
        }
    }
    None
}

fn is_number(word: &str) -> bool {
    const NUMBERS: [&str; 10] =
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty"];
    NUMBERS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::{super::Question, Superlative};

    #[test]
    fn a_superlative_ranks_only_where_several_are_asked_about() {
        let asked = |question: &str| {
            let read = Question::read(question);
            read.intent.superlative.filter(|_| super::ranked(&read.tokens).is_some())
        };
        assert_eq!(asked("Which country has the largest population?"), Some(Superlative::Most));
        assert_eq!(asked("What countries have the lowest birth rate?"), Some(Superlative::Least));
        assert_eq!(
            asked("Which ten countries have the highest birth rate?"),
            Some(Superlative::Most)
        );
        assert_eq!(asked("Countries with the highest birth rate"), Some(Superlative::Most));
        assert_eq!(asked("What is the highest point in Norway?"), None);
    }

    #[test]
    fn small_words_tell_the_form() {
        let intent = |question: &str| Question::read(question).intent;
        assert!(intent("Norway versus Sweden").compare);
        assert!(intent("Which languages are spoken?").list);
    }
}
