//! Words that carry no content, per language: the closed classes as the crate `stop-words` lists them.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    sync::LazyLock,
};

use super::{Language, script::is_unspaced};

/// The lists of each language, by their codes in the crate; a script that several languages share has all of theirs.
const LISTS: [(Language, &[&str]); 22] = [
    (Language::Arabic, &["ar", "fa", "ur"]),
    (Language::Czech, &["cs"]),
    (Language::Danish, &["da"]),
    (Language::Dutch, &["nl"]),
    (Language::English, &["en"]),
    (Language::Finnish, &["fi"]),
    (Language::French, &["fr"]),
    (Language::German, &["de"]),
    (Language::Greek, &["el"]),
    (Language::Hungarian, &["hu"]),
    (Language::Indonesian, &["id"]),
    (Language::Italian, &["it"]),
    (Language::Norwegian, &["no"]),
    (Language::Polish, &["pl"]),
    (Language::Portuguese, &["pt"]),
    (Language::Romanian, &["ro"]),
    (Language::Russian, &["ru", "uk", "bg"]),
    (Language::Spanish, &["es"]),
    (Language::Swedish, &["sv"]),
    (Language::Tamil, &["ta"]),
    (Language::Turkish, &["tr"]),
    (Language::Vietnamese, &["vi"]),
];

/// Languages without a stemmer whose scripts are their own.
const OTHERS: [&str; 8] = ["zh", "ja", "th", "ko", "he", "hi", "bn", "mr"];

/// Each word with the languages whose list it is on, one bit each.
static WORDS: LazyLock<HashMap<String, u32>> = LazyLock::new(|| {
    let mut words: HashMap<String, u32> = HashMap::new();
    for (at, (_, codes)) in LISTS.iter().enumerate() {
        for word in codes.iter().flat_map(|code| list(code)).flat_map(|entry| pieces(entry)) {
            *words.entry(word).or_default() |= 1 << at;
        }
    }
    words
});

/// The words of languages without a list in [`LISTS`].
static OTHER_WORDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| OTHERS.iter().flat_map(|code| list(code)).copied().collect());

fn list(code: &str) -> &'static [&'static str] {
    stop_words::lookup(code).unwrap_or_default()
}

/// `don't` as the analyzer divides it; an entry of several words is no word.
fn pieces(entry: &str) -> impl Iterator<Item = String> + '_ {
    let whole = !entry.contains(' ');
    let words = entry.split(|c: char| !c.is_alphanumeric() && !super::script::is_mark(c));
    words.filter(move |word| whole && !word.is_empty()).map(str::to_lowercase)
}

/// How many words of a text are compared with the lists.
const SAMPLE: usize = 200;

/// Whether `word`, in lower case, carries no content in `language`.
pub fn is_stop(language: Language, word: &str) -> bool {
    match LISTS.iter().position(|(of, _)| *of == language) {
        Some(at) => WORDS.get(word).copied().unwrap_or_default() >> at & 1 == 1,
        None => OTHER_WORDS.contains(word),
    }
}

/// The characters of `run`, text without spaces, that belong to such words, as byte ranges; the longest word that
/// begins at a place counts.
pub(crate) fn within(run: &str) -> Vec<Range<usize>> {
    const LONGEST: usize = 8;
    let bounds: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&start) = bounds.get(at) {
        let ends =
            (1..=LONGEST).rev().filter_map(|width| bounds.get(at + width).map(|end| (width, *end)));
        let word = ends
            .into_iter()
            .find(|(_, end)| run.get(start..*end).is_some_and(|word| OTHER_WORDS.contains(word)));
        if let Some((width, end)) = word {
            found.push(start..end);
            at += width;
        } else {
            at += 1;
        }
    }
    found
}

/// What function words say about the language of a text.
pub(crate) enum Sign {
    /// One language's are clearly more than any other's.
    Clear(Language),
    /// Several languages share those there are.
    Shared(Vec<Language>),
    /// There are none.
    None,
}

/// Counts the function words at the beginning of `text`.
pub(crate) fn sign(text: &str) -> Sign {
    let mut counts = LISTS.map(|(language, _)| (0_u32, language));
    // "AI" is no Italian preposition, unless everything is in capitals.
    let is_shouted = is_upper(text);
    let words = text.split(|c: char| !c.is_alphabetic() || is_unspaced(c));
    let words = words.filter(|word| is_shouted || word.chars().count() == 1 || !is_upper(word));
    for word in words.filter(|word| !word.is_empty()).take(SAMPLE) {
        let lists = WORDS.get(word.to_lowercase().as_str()).copied().unwrap_or_default();
        for (at, (count, _)) in counts.iter_mut().enumerate() {
            *count += lists >> at & 1;
        }
    }
    counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    match counts {
        [(0, _), ..] => Sign::None,
        [(best, language), (second, _), ..] if best * 2 >= second * 3 => Sign::Clear(language),
        [(best, _), ..] => Sign::Shared(
            counts
                .into_iter()
                .filter(|(count, _)| *count * 2 >= best)
                .map(|(_, language)| language)
                .collect(),
        ),
    }
}

/// Whether the letters are capitals; scripts without them have none.
fn is_upper(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::{is_stop, within};
    use crate::text::Language;

    #[test]
    fn knows_the_closed_classes_of_every_language() {
        assert!(is_stop(Language::English, "what") && is_stop(Language::English, "don"));
        assert!(is_stop(Language::German, "nicht") && !is_stop(Language::German, "haus"));
        assert!(is_stop(Language::Danish, "hvor") && is_stop(Language::Turkish, "nasıl"));
        assert!(!is_stop(Language::English, "population"));
    }

    #[test]
    fn finds_such_words_in_text_without_spaces() {
        let run = "住宿费标准是多少";
        let found: Vec<&str> = within(run).into_iter().filter_map(|range| run.get(range)).collect();
        assert!(found.contains(&"是") && found.iter().any(|word| word.contains('多')), "{found:?}");
        assert!(!found.contains(&"住宿"), "{found:?}");
    }
}
