//! Which form of answer a question asks for.

use super::Token;
use crate::index::Years;

/// The forms an answer can take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Intent {
    pub compare: bool,
    pub list: bool,
    pub timeline: bool,
    pub how_many: bool,
    pub who: bool,
    pub when: bool,
    pub why: bool,
    /// Somebody's own words are asked for.
    pub said: bool,
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
    let pair = |first: &str, second: &[&str]| {
        words
            .windows(2)
            .any(|pair| matches!(pair, [a, b] if a == first && second.contains(&b.as_str())))
    };
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
        how_many: pair(
            "how",
            &["many", "much", "large", "big", "long", "high", "tall", "old", "far"],
        ),
        who: has(&["who", "whom", "whose", "wer", "кто"]),
        when: has(&["when", "wann", "когда"]),
        said: has(&[
            "say",
            "said",
            "says",
            "speak",
            "spoke",
            "spoken",
            "describe",
            "described",
            "argue",
            "argued",
            "mention",
            "mentioned",
            "propose",
            "proposed",
            "talk",
            "talked",
            "speech",
            "speeches",
        ]),
        superlative: superlative(&words),
        why: has(&["why", "warum", "почему", "reason", "reasons"]),
    }
}

/// A superlative counts only where several are asked about: "which country has the highest", not "the highest point in".
fn superlative(words: &[String]) -> Option<Superlative> {
    let which = words.windows(2).any(|pair| matches!(pair, [a, b] if matches!(a.as_str(), "which" | "what" | "list" | "top") && is_many(b)));
    let ranked = words.windows(2).any(|pair| matches!(pair, [a, b] if is_many(a) && matches!(b.as_str(), "with" | "by" | "have" | "has")));
    if !which && !ranked {
        return None;
    }
    words.iter().find_map(|word| match word.as_str() {
        "highest" | "largest" | "biggest" | "most" | "longest" | "greatest" | "top" | "richest"
        | "tallest" => Some(Superlative::Most),
        "lowest" | "smallest" | "least" | "fewest" | "shortest" | "poorest" => {
            Some(Superlative::Least)
        }
        _ => None,
    })
}

fn is_many(word: &str) -> bool {
    matches!(
        word,
        "country"
            | "countries"
            | "nation"
            | "nations"
            | "state"
            | "states"
            | "city"
            | "cities"
            | "company"
            | "companies"
            | "places"
            | "regions"
    )
}

#[cfg(test)]
mod tests {
    use super::{super::Question, Superlative};

    #[test]
    fn a_superlative_ranks_only_where_several_are_asked_about() {
        let asked = |question: &str| Question::read(question).intent.superlative;
        assert_eq!(asked("Which country has the largest population?"), Some(Superlative::Most));
        assert_eq!(asked("What countries have the lowest birth rate?"), Some(Superlative::Least));
        assert_eq!(asked("What is the highest point in Norway?"), None);
    }

    #[test]
    fn small_words_tell_the_form() {
        let intent = |question: &str| Question::read(question).intent;
        assert!(intent("Norway versus Sweden").compare);
        assert!(intent("How many airports are there?").how_many);
        assert!(intent("What did they say about trade?").said);
        assert!(intent("Who governs?").who && intent("When was it?").when);
    }
}
