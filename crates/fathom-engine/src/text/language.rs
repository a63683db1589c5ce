//! Which language a text is in, as far as word stems need to know.

use rust_stemmers::{Algorithm, Stemmer};
use whatlang::{Detector, Lang};

use super::{
    stop_words::{self, Sign},
    whitespace::head,
};

/// The languages that are told apart, most with a stemmer of their own, and [`Language::Other`] for all the rest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Arabic.
    Arabic,
    /// Czech.
    Czech,
    /// Danish.
    Danish,
    /// Dutch.
    Dutch,
    /// English, also taken for Latin text too short to tell.
    #[default]
    English,
    /// Finnish.
    Finnish,
    /// French.
    French,
    /// German.
    German,
    /// Greek.
    Greek,
    /// Hungarian.
    Hungarian,
    /// Indonesian.
    Indonesian,
    /// Italian.
    Italian,
    /// Norwegian.
    Norwegian,
    /// Polish.
    Polish,
    /// Portuguese.
    Portuguese,
    /// Romanian.
    Romanian,
    /// Russian.
    Russian,
    /// Spanish.
    Spanish,
    /// Swedish.
    Swedish,
    /// Tamil.
    Tamil,
    /// Turkish.
    Turkish,
    /// Vietnamese.
    Vietnamese,
    /// No stemmer and no list of its own: words are compared as they stand.
    Other,
}

/// How much of a long text is enough to tell its language.
const SAMPLE: usize = 4_000;

/// How many of the first letters decide the script.
const LETTERS: usize = 400;

impl Language {
    /// Tells the language of `text`; short or unclear Latin text counts as English.
    pub fn detect(text: &str) -> Self {
        let sample = head(text, SAMPLE);
        match script(sample) {
            Script::Latin => detect_latin(sample),
            Script::Cyrillic => Self::Russian,
            Script::Greek => Self::Greek,
            Script::Arabic => Self::Arabic,
            Script::Tamil => Self::Tamil,
            Script::None | Script::Other => Self::Other,
        }
    }

    /// The stemmer, where there is one.
    pub(crate) fn stemmer(self) -> Option<Stemmer> {
        self.algorithm().map(Stemmer::create)
    }

    const fn algorithm(self) -> Option<Algorithm> {
        Some(match self {
            Self::Arabic => Algorithm::Arabic,
            Self::Danish => Algorithm::Danish,
            Self::Dutch => Algorithm::Dutch,
            Self::English => Algorithm::English,
            Self::Finnish => Algorithm::Finnish,
            Self::French => Algorithm::French,
            Self::German => Algorithm::German,
            Self::Greek => Algorithm::Greek,
            Self::Hungarian => Algorithm::Hungarian,
            Self::Italian => Algorithm::Italian,
            Self::Norwegian => Algorithm::Norwegian,
            Self::Portuguese => Algorithm::Portuguese,
            Self::Romanian => Algorithm::Romanian,
            Self::Russian => Algorithm::Russian,
            Self::Spanish => Algorithm::Spanish,
            Self::Swedish => Algorithm::Swedish,
            Self::Tamil => Algorithm::Tamil,
            Self::Turkish => Algorithm::Turkish,
            Self::Czech | Self::Indonesian | Self::Polish | Self::Vietnamese | Self::Other => {
                return None;
            }
        })
    }
}

const LATIN: [(Lang, Language); 18] = [
    (Lang::Eng, Language::English),
    (Lang::Deu, Language::German),
    (Lang::Fra, Language::French),
    (Lang::Spa, Language::Spanish),
    (Lang::Ita, Language::Italian),
    (Lang::Por, Language::Portuguese),
    (Lang::Nld, Language::Dutch),
    (Lang::Swe, Language::Swedish),
    (Lang::Dan, Language::Danish),
    (Lang::Nob, Language::Norwegian),
    (Lang::Fin, Language::Finnish),
    (Lang::Hun, Language::Hungarian),
    (Lang::Ron, Language::Romanian),
    (Lang::Tur, Language::Turkish),
    (Lang::Ces, Language::Czech),
    (Lang::Ind, Language::Indonesian),
    (Lang::Pol, Language::Polish),
    (Lang::Vie, Language::Vietnamese),
];

/// Function words are a surer sign in a short question than letter statistics, so they are asked first; letters only
/// decide between languages that share the words there are.
fn detect_latin(text: &str) -> Language {
    let among = match stop_words::sign(text) {
        Sign::Clear(language) => return language,
        Sign::Shared(languages) => languages,
        Sign::None => Vec::new(),
    };
    let allowed = LATIN.iter().filter(|(_, language)| among.is_empty() || among.contains(language));
    let found = Detector::with_allowlist(allowed.map(|(lang, _)| *lang).collect()).detect(text);
    let english = among.is_empty() || among.contains(&Language::English);
    let sure = found.filter(|info| !english || info.is_reliable());
    let language = sure.and_then(|info| LATIN.iter().find(|(lang, _)| *lang == info.lang()));
    language.map_or(Language::English, |(_, language)| *language)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    None,
    Latin,
    Cyrillic,
    Greek,
    Arabic,
    Tamil,
    Other,
}

/// The script of most letters at the beginning of `text`.
fn script(text: &str) -> Script {
    const ALL: [Script; 6] = [
        Script::Latin,
        Script::Cyrillic,
        Script::Greek,
        Script::Arabic,
        Script::Tamil,
        Script::Other,
    ];
    let mut seen = [0_usize; ALL.len()];
    for letter in text.chars().filter(|c| c.is_alphabetic()).take(LETTERS) {
        let script = script_of(letter);
        for (count, _) in seen.iter_mut().zip(ALL).filter(|(_, of)| *of == script) {
            *count += 1;
        }
    }
    // Foreign names are written in Latin letters everywhere, so a few of another script outweigh them.
    let weight = |script: Script| if script == Script::Latin { 1 } else { 4 };
    ALL.into_iter()
        .zip(seen)
        .filter(|(_, count)| *count > 0)
        .max_by_key(|(script, count)| *count * weight(*script))
        .map_or(Script::None, |(script, _)| script)
}

const fn script_of(letter: char) -> Script {
    match letter {
        'A'..='Z' | 'a'..='z' | '\u{aa}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Script::Greek,
        '\u{400}'..='\u{52f}' => Script::Cyrillic,
        '\u{600}'..='\u{6ff}'
        | '\u{750}'..='\u{77f}'
        | '\u{fb50}'..='\u{fdff}'
        | '\u{fe70}'..='\u{feff}' => Script::Arabic,
        '\u{b80}'..='\u{bff}' => Script::Tamil,
        _ => Script::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn tells_languages_of_short_questions() {
        assert_eq!(Language::detect("What is the capital of Norway?"), Language::English);
        assert_eq!(Language::detect("Wie viele Einwohner hat die Stadt?"), Language::German);
        assert_eq!(Language::detect("Сколько людей живёт в городе?"), Language::Russian);
        assert_eq!(Language::detect("挪威的首都是哪里"), Language::Other);
        assert_eq!(Language::detect("Wann startete Sky Digital?"), Language::German);
        assert_eq!(Language::detect("Кто основал McKinsey & Company?"), Language::Russian);
        assert_eq!(Language::detect("Norway GDP"), Language::English);
        assert_eq!(Language::detect("AI in healthcare"), Language::English);
        assert_eq!(Language::detect("hospitals AI"), Language::English);
        assert_eq!(Language::detect("Ai bambini piace il gelato"), Language::Italian);
        assert_eq!(Language::detect("AI BAMBINI PIACE IL GELATO"), Language::Italian);
        assert_eq!(Language::detect("12 345"), Language::Other);
        assert_eq!(Language::detect(""), Language::Other);
    }
}
