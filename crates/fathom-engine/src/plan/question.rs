//! Taking a question apart: what it asks for, about whom, and when. No library is needed for this.

use std::ops::Range;

use super::{Intent, intent::intent, lexicon, years};
use crate::{
    index::Years,
    text::{Analyzer, Language, stop_words, whitespace::head},
};

/// Only this much of a question is taken apart; more than that is not a question but a document.
const LONGEST: usize = 6_000;

/// How a word takes part in a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Carries no content: `the`, `compare`.
    Frame,
    /// Says what is asked.
    Content,
    /// Part of a name.
    Name,
    /// Part of a span of years.
    Year,
}

/// A word of a question.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub range: Range<usize>,
    pub raw: String,
    pub term: String,
    pub role: Role,
    /// Whether a comma, `and`, `or`, `;` or a line end stands between this word and the one before.
    pub listed: bool,
    /// Whether a sentence ended before this word.
    pub opens: bool,
}

/// A question taken apart.
#[derive(Debug)]
pub(crate) struct Question {
    pub text: String,
    pub analyzer: Analyzer,
    pub intent: Intent,
    pub tokens: Vec<Token>,
    pub years: Option<Years>,
    /// Runs of tokens that look like names, as ranges of [`Question::tokens`].
    pub names: Vec<Range<usize>>,
}

impl Question {
    pub(crate) fn read(question: &str) -> Self {
        Self::read_as(question, Language::detect(head(question.trim(), LONGEST)))
    }

    /// Reads a question that is known to be in `language`.
    pub(crate) fn read_as(question: &str, language: Language) -> Self {
        let text = head(question.trim(), LONGEST).to_owned();
        let analyzer = Analyzer::new(language);
        let mut tokens = tokens(&text, &analyzer);
        let years = mark_years(&mut tokens);
        let names = mark_names(&text, &mut tokens, analyzer.language());
        let intent = intent(&tokens, years);
        Self { text, analyzer, intent, tokens, years, names }
    }

    /// Whether the names are a list, so that each is asked about by itself: "Norway, Sweden and Finland".
    pub(crate) fn lists_names(&self) -> bool {
        let later = || self.names.iter().skip(1);
        let listed =
            |name: &Range<usize>| self.tokens.get(name.start).is_some_and(|token| token.listed);
        self.names.len() > 1 && (self.intent.compare || later().all(listed))
    }

    /// The text from the first to the last of these tokens.
    pub(crate) fn phrase(&self, tokens: &[Token]) -> &str {
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return "" };
        self.text.get(first.range.start..last.range.end).unwrap_or_default()
    }
}

fn tokens(text: &str, analyzer: &Analyzer) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut reached = 0;
    let mut and = false;
    analyzer.each(text, |term, range| {
        let raw = text.get(range.clone()).unwrap_or_default();
        let lower = raw.to_lowercase();
        let gap = text.get(reached..range.start).unwrap_or_default();
        reached = range.end;
        // A possessive belongs to the word before it.
        if lower == "s" && (gap == "'" || gap == "\u{2019}") {
            return;
        }
        let listed = and || gap.contains([',', ';', '\n', '•', '、', '，', '/']);
        // The full stop after an initial, as in "Franklin D. Roosevelt", ends nothing.
        let initial = gap == ". " && tokens.last().is_some_and(|token| is_initial(&token.raw));
        let ends = gap.contains(['.', '?', '!', ':', '\n']) && gap.contains(char::is_whitespace);
        let opens = tokens.is_empty() || ends && !initial;
        and = matches!(
            lower.as_str(),
            "and"
                | "or"
                | "und"
                | "oder"
                | "et"
                | "ou"
                | "y"
                | "и"
                | "или"
                | "versus"
                | "vs"
                | "than"
        );
        let role = role(raw, &lower, tokens.len(), analyzer.language());
        tokens.push(Token {
            range,
            raw: raw.to_owned(),
            term: term.to_owned(),
            role,
            listed,
            opens,
        });
    });
    tokens
}

/// Words of asking stand at the head of a question.
const HEAD: usize = 8;

fn role(raw: &str, lower: &str, at: usize, language: Language) -> Role {
    // "US" is no pronoun.
    if lexicon::is_short_form(raw) {
        return Role::Content;
    }
    let asks = language == Language::English && at < HEAD && lexicon::is_asking(lower);
    if asks || stop_words::is_stop(language, lower) { Role::Frame } else { Role::Content }
}

/// Marks the tokens of the first span of years.
fn mark_years(tokens: &mut [Token]) -> Option<Years> {
    let lower: Vec<String> = tokens.iter().map(|token| token.raw.to_lowercase()).collect();
    let words: Vec<&str> = lower.iter().map(String::as_str).collect();
    // "1981-2000" is two words to the analyzer, so a pair without anything between counts as a span too.
    for at in 0..words.len() {
        let Some(rest) = words.get(at..) else { break };
        let pair = match rest {
            [from, to, ..] if from.len() == 4 && to.len() == 4 => {
                years::read(&[&format!("{from}-{to}")])
                    .map(|named| years::Named { words: 2, ..named })
            }
            _ => None,
        };
        if let Some(named) = pair.or_else(|| years::read(rest)) {
            // A single year is also a word that a text may hold.
            if named.years.from < named.years.to {
                let span = tokens.iter_mut().skip(at).take(named.words);
                span.for_each(|token| token.role = Role::Year);
            }
            return Some(named.years);
        }
    }
    None
}

/// Marks runs of capitalised words and quoted phrases as names.
fn mark_names(text: &str, tokens: &mut [Token], language: Language) -> Vec<Range<usize>> {
    let mut names: Vec<Range<usize>> = Vec::new();
    // German writes every noun with a capital, so there a capital says nothing.
    let capitals_tell = language != Language::German;
    let mut open: Option<Range<usize>> = None;
    for (at, token) in tokens.iter().enumerate() {
        let quoted = is_quoted(text, &token.range);
        let initial = open.is_some() && is_initial(&token.raw);
        let named = token.role != Role::Year
            && (quoted || initial || capitals_tell && looks_like_name(token));
        match &mut open {
            Some(run) if named && !token.listed && !token.opens => run.end = at + 1,
            _ => {
                names.extend(open.take());
                open = named.then(|| at..at + 1);
            }
        }
    }
    names.extend(open);
    for name in &names {
        tokens.iter_mut().take(name.end).skip(name.start).for_each(|token| token.role = Role::Name);
    }
    names
}

/// A capital letter by itself, as in the middle of a name.
fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
}

fn looks_like_name(token: &Token) -> bool {
    let capital = token.raw.chars().next().is_some_and(char::is_uppercase);
    // Short words all in capitals are as often a measure as a name: GDP, HIV, CO2.
    let short_form = lexicon::is_short_form(&token.raw);
    capital && !short_form && !token.opens && token.role != Role::Frame
}

/// Whether the word stands between quotation marks.
fn is_quoted(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    let straight = before.matches('"').count() % 2 == 1 && after.contains('"');
    let curly = before.matches(['\u{201c}', '\u{201e}', '«']).count()
        > before.matches(['\u{201d}', '»']).count();
    straight || curly && after.contains(['\u{201d}', '\u{201c}', '»'])
}

#[cfg(test)]
mod tests {
    use super::{Question, Role};

    fn names(question: &str) -> Vec<String> {
        let question = Question::read(question);
        question
            .names
            .iter()
            .map(|name| question.phrase(&question.tokens[name.clone()]).to_owned())
            .collect()
    }

    #[test]
    fn finds_names_and_leaves_measures_alone() {
        assert_eq!(
            names("Compare the GDP and area of Norway, Sweden and Finland"),
            ["Norway", "Sweden", "Finland"]
        );
        assert_eq!(names("Who won the 2022 FIFA World Cup?"), ["World Cup"]);
        assert_eq!(
            names("What did Abraham Lincoln say about \"free labor\"?"),
            ["Abraham Lincoln", "free labor"]
        );
        assert_eq!(names("What did Franklin D. Roosevelt say?"), ["Franklin D. Roosevelt"]);
        assert!(names("Wie hoch ist das Einkommen der Bauern?").is_empty());
    }

    #[test]
    fn marks_years_frames_and_intent() {
        let question =
            Question::read("How did presidents speak of the national debt between 1981 and 2000?");
        assert_eq!(question.years.map(|years| (years.from, years.to)), Some((1981, 2000)));
        assert!(question.intent.timeline);
        let content: Vec<&str> = question
            .tokens
            .iter()
            .filter(|token| token.role == Role::Content)
            .map(|token| token.raw.as_str())
            .collect();
        assert_eq!(content, ["presidents", "national", "debt"]);
        assert!(Question::read("the area of Chile and Peru").lists_names());
        assert!(!Question::read("What did Lincoln say about Mexico?").lists_names());
    }

    #[test]
    fn survives_nothing_and_far_too_much() {
        assert!(Question::read("").tokens.is_empty());
        assert!(Question::read(&"why ".repeat(10_000)).tokens.len() < 2_000);
    }
}
