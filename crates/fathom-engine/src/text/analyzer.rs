//! Text to terms: compatibility forms, lower case, stems by language, and pairs of characters where words have no spaces.

use std::{fmt, ops::Range};

use rust_stemmers::Stemmer;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{
    Language,
    script::{self, is_invisible, is_mark, is_unspaced},
};

/// Longer words are cut here: no language has them, but binary rubbish does.
const LONGEST: usize = 64;

/// Turns text in one language into the terms that the index knows.
pub struct Analyzer {
    language: Language,
    stemmer: Option<Stemmer>,
    english: Option<Stemmer>,
}

impl fmt::Debug for Analyzer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Analyzer").field("language", &self.language).finish_non_exhaustive()
    }
}

impl Analyzer {
    /// An analyzer for text in `language`.
    pub fn new(language: Language) -> Self {
        Self { language, stemmer: language.stemmer(), english: Language::English.stemmer() }
    }

    /// An analyzer for the language that `text` seems to be in.
    pub fn detect(text: &str) -> Self {
        Self::new(Language::detect(text))
    }

    /// The language whose stems are made.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// The terms of `text` in order.
    pub fn terms(&self, text: &str) -> Vec<String> {
        let mut terms = Vec::new();
        self.each(text, |term, _| terms.push(term.to_owned()));
        terms
    }

    /// The terms of `text`, divided by spaces, as the index stores them.
    pub fn line(&self, text: &str) -> String {
        let mut line = String::with_capacity(text.len());
        self.each(text, |term, _| {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(term);
        });
        line
    }

    /// Calls `take` with each term and the bytes of `text` it was made from.
    pub fn each(&self, text: &str, mut take: impl FnMut(&str, Range<usize>)) {
        let mut buffer = String::new();
        for word in words(text) {
            let Some(raw) = text.get(word.range.clone()) else { continue };
            if word.unspaced {
                grams(raw, word.range.start, &mut take);
                continue;
            }
            self.stem_into(raw, &mut buffer);
            if !buffer.is_empty() {
                take(&buffer, word.range);
            }
        }
    }

    fn stem_into(&self, raw: &str, out: &mut String) {
        out.clear();
        if raw.is_ascii() {
            out.extend(
                raw.chars()
                    .filter(char::is_ascii_alphanumeric)
                    .take(LONGEST)
                    .map(|c| c.to_ascii_lowercase()),
            );
            // English names and loan words stand in every language; only text in Latin letters has rules of its own for them.
            let stemmer = if self.is_latin() { &self.stemmer } else { &self.english };
            stem(stemmer.as_ref(), out);
            return;
        }
        let lower = raw.chars().filter(|c| !is_invisible(*c)).nfkc().flat_map(char::to_lowercase);
        for c in lower.filter(|c| *c != ',').take(LONGEST) {
            // Swiss German and capitals write it out.
            if c == 'ß' { out.push_str("ss") } else { out.push(c) }
        }
        stem(self.stemmer.as_ref(), out);
        if self.is_latin() {
            let folded: String = out.nfd().filter(|c| !is_combining_mark(*c)).collect();
            *out = folded;
        }
        // Compatibility forms may bring signs along; a term holds letters, digits and marks only.
        out.retain(|c| c.is_alphanumeric() || is_combining_mark(c));
    }

    const fn is_latin(&self) -> bool {
        !matches!(
            self.language,
            Language::Arabic
                | Language::Greek
                | Language::Russian
                | Language::Tamil
                | Language::Other
        )
    }
}

fn stem(stemmer: Option<&Stemmer>, word: &mut String) {
    let Some(stemmer) = stemmer else { return };
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return;
    }
    let stemmed = stemmer.stem(word);
    if stemmed.len() != word.len() || stemmed != word.as_str() {
        *word = stemmed.into_owned();
    }
}

/// A stretch of text that holds one word, or a run of characters that are written without spaces.
struct Word {
    range: Range<usize>,
    unspaced: bool,
}

fn words(text: &str) -> impl Iterator<Item = Word> + '_ {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = rest.by_ref().find(|(_, c)| is_word(*c))?;
        let unspaced = is_unspaced(first);
        let mut end = start + first.len_utf8();
        let mut previous = first;
        while let Some(&(at, next)) = rest.peek() {
            let joins = if is_word(next) {
                is_unspaced(next) == unspaced
            } else if is_invisible(next) {
                true
            } else {
                groups_digits(text, previous, at, next)
            };
            if !joins {
                break;
            }
            end = at + next.len_utf8();
            previous = next;
            rest.next();
        }
        Some(Word { range: start..end, unspaced })
    })
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c)
}

/// A comma between digits that is followed by exactly three more divides thousands, not numbers.
fn groups_digits(text: &str, previous: char, at: usize, comma: char) -> bool {
    if comma != ',' || !previous.is_ascii_digit() {
        return false;
    }
    let after = text.as_bytes().get(at + 1..).unwrap_or_default();
    after.iter().take(4).take_while(|byte| byte.is_ascii_digit()).count() == 3
}

/// Overlapping runs of a few characters in their plain forms; a shorter text is a term by itself.
fn grams(run: &str, offset: usize, take: &mut impl FnMut(&str, Range<usize>)) {
    let seen = run.char_indices().filter(|(_, c)| !is_invisible(*c));
    let seen: Vec<(usize, char)> = seen.collect();
    let width = seen.len().min(script::run_width(run));
    let mut term = String::new();
    for window in seen.windows(width.max(1)) {
        let (Some((start, _)), Some((last, c))) = (window.first(), window.last()) else { continue };
        term.clear();
        term.extend(window.iter().map(|(_, c)| *c).nfkc());
        term.retain(|c| c.is_alphanumeric() || is_mark(c));
        if !term.is_empty() {
            take(&term, offset + start..offset + last + c.len_utf8());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Analyzer, Language};

    fn terms(language: Language, text: &str) -> String {
        Analyzer::new(language).line(text)
    }

    #[test]
    fn stems_by_language_and_folds_accents() {
        assert_eq!(terms(Language::English, "Norway's main EXPORTS"), "norway s main export");
        assert_eq!(terms(Language::English, "Côte d\u{2019}Ivoire"), "cote d ivoir");
        assert_eq!(terms(Language::German, "Häuser"), "haus");
        assert_eq!(terms(Language::Russian, "города NATO"), "город nato");
    }

    #[test]
    fn joins_thousands_and_takes_full_width_letters_as_plain_ones() {
        assert_eq!(terms(Language::English, "5,207,689 and 1,2"), "5207689 and 1 2");
        assert_eq!(terms(Language::English, "ＡＢＣ１"), "abc1");
    }

    #[test]
    fn pairs_characters_of_unspaced_scripts() {
        assert_eq!(terms(Language::Other, "挪威的首都 Oslo"), "挪威 威的 的首 首都 oslo");
        assert_eq!(terms(Language::Other, "人"), "人");
    }

    #[test]
    fn gives_the_bytes_of_each_term() {
        let text = "Ein Fluß, 挪威人";
        Analyzer::new(Language::German).each(text, |_, range| assert!(text.get(range).is_some()));
    }
}
