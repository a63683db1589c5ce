//! Words that carry no content, and words so frequent that they carry little, per language: the closed classes as NLTK
//! lists them and the frequent words of Stopwords ISO, both by the crate `stop-words`. Where NLTK has no list, that of
//! Stopwords ISO is the closed class.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    sync::LazyLock,
};

use super::{
    Language,
    script::{is_mark, is_unspaced},
};

/// What the lists of a language are called; a script that several languages share has all of theirs.
struct Codes {
    language: Language,
    nltk: &'static [&'static str],
    iso: &'static [&'static str],
}

const fn both(language: Language, code: &'static [&'static str]) -> Codes {
    Codes { language, nltk: code, iso: code }
}

const fn iso(language: Language, code: &'static [&'static str]) -> Codes {
    Codes { language, nltk: &[], iso: code }
}

const LISTS: [Codes; 22] = [
    Codes { language: Language::Arabic, nltk: &["ar"], iso: &["ar", "fa", "ur"] },
    iso(Language::Czech, &["cs"]),
    both(Language::Danish, &["da"]),
    both(Language::Dutch, &["nl"]),
    both(Language::English, &["en"]),
    both(Language::Finnish, &["fi"]),
    both(Language::French, &["fr"]),
    both(Language::German, &["de"]),
    both(Language::Greek, &["el"]),
    both(Language::Hungarian, &["hu"]),
    both(Language::Indonesian, &["id"]),
    both(Language::Italian, &["it"]),
    both(Language::Norwegian, &["no"]),
    iso(Language::Polish, &["pl"]),
    both(Language::Portuguese, &["pt"]),
    both(Language::Romanian, &["ro"]),
    Codes { language: Language::Russian, nltk: &["ru"], iso: &["ru", "uk", "bg"] },
    both(Language::Spanish, &["es"]),
    both(Language::Swedish, &["sv"]),
    Codes { language: Language::Tamil, nltk: &["ta"], iso: &[] },
    both(Language::Turkish, &["tr"]),
    iso(Language::Vietnamese, &["vi"]),
];

/// Languages without a stemmer whose scripts are their own.
const OTHERS: [&str; 8] = ["zh", "ja", "th", "ko", "he", "hi", "bn", "mr"];

/// The languages whose list a word is on, one bit each.
#[derive(Clone, Copy, Default)]
struct On {
    closed: u32,
    frequent: u32,
}

static WORDS: LazyLock<HashMap<String, On>> = LazyLock::new(|| {
    let mut words: HashMap<String, On> = HashMap::new();
    for (at, codes) in LISTS.iter().enumerate() {
        let nltk = codes.nltk.iter().filter_map(|code| stop_words::lookup(code)).flatten();
        for word in nltk.flat_map(|entry| pieces(entry)) {
            words.entry(word).or_default().closed |= 1 << at;
        }
        for word in codes.iso.iter().flat_map(|code| list(code)).flat_map(|entry| pieces(entry)) {
            let on = words.entry(word).or_default();
            on.frequent |= 1 << at;
            if codes.nltk.is_empty() {
                on.closed |= 1 << at;
            }
        }
    }
    words
});

/// The words of languages without a list in [`LISTS`].
static OTHER_WORDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| OTHERS.iter().flat_map(|code| list(code)).copied().collect());

/// The frequent words of a language of [`LISTS`] or [`OTHERS`]; the crate knows no others.
fn list(code: &str) -> &'static [&'static str] {
    stop_words_iso::get(code)
}

/// `don't` as the analyzer divides it; an entry of several words is no word.
fn pieces(entry: &str) -> impl Iterator<Item = String> + '_ {
    let whole = !entry.contains(' ');
    let words = entry.split(|c: char| !c.is_alphanumeric() && !is_mark(c));
    words.filter(move |word| whole && !word.is_empty()).map(str::to_lowercase)
}

/// What a word of a closed class says about the language, beside a frequent word.
const CLOSED: u32 = 2;

/// How many words of a text are compared with the lists.
const SAMPLE: usize = 200;

/// Whether `word`, in lower case, carries no content in `language`.
pub fn is_stop(language: Language, word: &str) -> bool {
    match place(language) {
        Some(at) => WORDS.get(word).copied().unwrap_or_default().closed >> at & 1 == 1,
        None => OTHER_WORDS.contains(word),
    }
}

/// Whether `word`, in lower case, is so frequent in `language` that it tells little.
pub(crate) fn is_frequent(language: Language, word: &str) -> bool {
    let on = WORDS.get(word).copied().unwrap_or_default();
    place(language).is_some_and(|at| on.frequent >> at & 1 == 1)
}

fn place(language: Language) -> Option<usize> {
    LISTS.iter().position(|codes| codes.language == language)
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
    let mut counts = LISTS.map(|codes| (0_u32, codes.language));
    // "AI" is no Italian preposition, unless everything is in capitals.
    let is_shouted = is_upper(text);
    let words = text.split(|c: char| !c.is_alphabetic() || is_unspaced(c));
    let words = words.filter(|word| is_shouted || word.chars().count() == 1 || !is_upper(word));
    for word in words.filter(|word| !word.is_empty()).take(SAMPLE) {
        let on = WORDS.get(word.to_lowercase().as_str()).copied().unwrap_or_default();
        for (at, (count, _)) in counts.iter_mut().enumerate() {
            // The list of frequent English words holds function words of half of Europe, so the closed classes count more.
            *count += CLOSED * (on.closed >> at & 1) + (on.frequent >> at & 1);
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
    use super::{LISTS, is_frequent, is_stop, place, within};
    use crate::text::Language;

    #[test]
    fn knows_the_closed_classes_of_every_language() {
        assert!(is_stop(Language::English, "what") && is_stop(Language::English, "don"));
        assert!(is_stop(Language::German, "nicht") && !is_stop(Language::German, "haus"));
        assert!(is_stop(Language::Danish, "hvor") && is_stop(Language::Turkish, "nasıl"));
        assert!(!is_stop(Language::English, "population"));
        assert!(is_frequent(Language::German, "wann") && is_frequent(Language::English, "many"));
        assert!(LISTS.iter().all(|codes| place(codes.language).is_some()));
    }

    #[test]
    fn finds_such_words_in_text_without_spaces() {
        let run = "住宿费标准是多少";
        let found: Vec<&str> = within(run).into_iter().filter_map(|range| run.get(range)).collect();
        assert!(found.contains(&"是") && found.iter().any(|word| word.contains('多')), "{found:?}");
        assert!(!found.contains(&"住宿"), "{found:?}");
    }
}
