//! The things that are asked, as words with weights.

use fathom_core::event::FacetOrigin;

use super::{Question, Role, Token, words};
use crate::{
    fill::{Want, Wanted},
    index::IndexError,
    read::Library,
    text::Analyzer,
};

/// A facet of more words than this keeps the rarest.
pub(super) const MOST_WORDS: usize = 16;

/// A word that an answer should hold.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    pub raw: String,
    pub term: String,
    /// Other terms that count as this word.
    pub also: Vec<String>,
    /// How much it counts: rarity in the library, less for words that only qualify.
    pub weight: f64,
    /// Whether it only qualifies another word.
    pub weak: bool,
}

/// One thing that is asked: a part of the question, or a part of the library that suits it.
#[derive(Clone, Debug)]
pub(crate) struct Facet {
    pub title: String,
    pub origin: FacetOrigin,
    pub words: Vec<Word>,
    /// Words that stand side by side in the question, in lower case.
    pub phrases: Vec<String>,
}

impl Facet {
    /// A facet that a heading of the library suggests.
    pub(crate) fn from_heading(heading: &str, library: &Library<'_>) -> Result<Self, IndexError> {
        let mut words = Vec::new();
        for term in Analyzer::detect(heading).terms(heading) {
            words.push(Word {
                weight: library.weight(&term)?,
                raw: term.clone(),
                term,
                also: Vec::new(),
                weak: false,
            });
        }
        Ok(Self {
            title: heading.to_owned(),
            origin: FacetOrigin::Library,
            words,
            phrases: Vec::new(),
        })
    }

    /// How much of the facet's weight the terms for which `covers` holds carry, from 0 to 1.
    pub(crate) fn coverage(&self, mut covers: impl FnMut(&str) -> bool) -> f64 {
        let all: f64 = self.words.iter().map(|word| word.weight).sum();
        let mut met = 0.0;
        for word in &self.words {
            if covers(&word.term) || word.also.iter().any(|term| covers(term)) {
                met += word.weight;
            }
        }
        if all > 0.0 { met / all } else { 0.0 }
    }

    pub(crate) fn terms(&self) -> Vec<String> {
        self.words
            .iter()
            .flat_map(|word| std::iter::once(&word.term).chain(&word.also))
            .cloned()
            .collect()
    }

    /// What a column of a table asks for.
    pub(crate) fn want(&self) -> Want {
        let wanted = |word: &Word| Wanted {
            term: word.term.clone(),
            also: word.also.clone(),
            weight: if word.weak { WEAK } else { 1.0 },
        };
        let prefers_list =
            self.words.iter().any(|word| word.weak && words::asks_for_the_first_of_many(&word.raw));
        let heading = (self.origin == FacetOrigin::Library).then(|| self.title.clone());
        Want {
            heading,
            ..Want::column(self.phrase(), self.words.iter().map(wanted).collect(), prefers_list)
        }
    }

    /// The facet's words as a person would type them.
    pub(crate) fn phrase(&self) -> String {
        self.words.iter().map(|word| word.raw.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// The parts of the question that are no names: each group of words between commas, `and` and names.
pub(super) fn facets(question: &Question, library: &Library<'_>) -> Result<Vec<Facet>, IndexError> {
    let mut groups: Vec<Vec<&Token>> = vec![Vec::new()];
    for token in &question.tokens {
        let breaks = token.listed || token.opens || token.role == Role::Name;
        if breaks && groups.last().is_some_and(|group| !group.is_empty()) {
            groups.push(Vec::new());
        }
        if token.role != Role::Name
            && token.role != Role::Year
            && let Some(group) = groups.last_mut()
        {
            group.push(token);
        }
    }
    let telling = |group: &Vec<&Token>| group.iter().any(|token| token.role == Role::Content);
    let qualified = |group: &Vec<&Token>| group.iter().any(|token| token.role == Role::Weak);
    let asks = |group: &Vec<&Token>| {
        telling(group) || qualified(group) || group.iter().any(|token| token.role == Role::Verb)
    };
    let mut kept: Vec<&Vec<&Token>> = groups.iter().filter(|group| telling(group)).collect();
    if kept.is_empty() {
        kept = groups.iter().filter(|group| qualified(group)).collect();
    }
    let listed = is_list(question);
    if !listed && kept.len() > 1 {
        // Without a list, the words around a name belong together: "How does Norway produce its electricity".
        let all: Vec<&Token> =
            groups.iter().filter(|group| asks(group)).flatten().copied().collect();
        return Ok(facet(question, &all, library)?.into_iter().collect());
    }
    let mut facets = Vec::new();
    for group in kept {
        if let Some(facet) = facet(question, group, library)? {
            let known = facets.iter().any(|earlier: &Facet| earlier.phrase() == facet.phrase());
            if !known {
                facets.push(facet);
            }
        }
    }
    Ok(facets)
}

/// Whether content words are listed with commas or `and`, or the question has several sentences.
fn is_list(question: &Question) -> bool {
    let content = |token: &Token| matches!(token.role, Role::Content | Role::Weak | Role::Verb);
    let mut seen = false;
    let mut divided = false;
    for token in &question.tokens {
        divided |= seen && (token.listed || token.opens);
        if content(token) {
            if seen && divided {
                return true;
            }
            seen = true;
            divided = false;
        }
    }
    false
}

fn facet(
    question: &Question,
    group: &[&Token],
    library: &Library<'_>,
) -> Result<Option<Facet>, IndexError> {
    let mut words: Vec<Word> = Vec::new();
    for token in
        group.iter().filter(|token| matches!(token.role, Role::Content | Role::Weak | Role::Verb))
    {
        if words.iter().all(|word| word.term != token.term) {
            words.push(word(question, token, library)?);
        }
    }
    if words.is_empty() {
        return Ok(None);
    }
    if words.len() > MOST_WORDS {
        words.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        words.truncate(MOST_WORDS);
    }
    Ok(Some(Facet {
        title: title(question, group),
        origin: FacetOrigin::Question,
        words,
        phrases: phrases(question, group),
    }))
}

fn phrases(question: &Question, group: &[&Token]) -> Vec<String> {
    let telling = |token: &Token| matches!(token.role, Role::Content | Role::Weak);
    let pairs = group.iter().zip(group.iter().skip(1)).filter(|(a, b)| {
        telling(a) && telling(b) && question.text.get(a.range.end..b.range.start) == Some(" ")
    });
    pairs.map(|(a, b)| format!("{} {}", a.raw.to_lowercase(), b.raw.to_lowercase())).collect()
}

const WEAK: f64 = 0.2;

pub(super) fn word(
    question: &Question,
    token: &Token,
    library: &Library<'_>,
) -> Result<Word, IndexError> {
    let lower = token.raw.to_lowercase();
    let also: Vec<String> =
        words::synonyms(&lower).flat_map(|other| question.analyzer.terms(other)).collect();
    let mut weight = library.weight(&token.term)?;
    for other in &also {
        weight = weight.min(library.weight(other)?);
    }
    let weak = matches!(token.role, Role::Weak | Role::Verb) && also.is_empty();
    let strength = if weak { WEAK } else { 1.0 };
    Ok(Word { raw: lower, term: token.term.clone(), also, weight: weight * strength, weak })
}

/// The words of a group from its first to its last word of content, without the frame around them.
fn title(question: &Question, group: &[&Token]) -> String {
    let telling = |token: &&&Token| token.role == Role::Content;
    let has_content = group.iter().any(|token| token.role == Role::Content);
    let counts =
        |token: &&Token| if has_content { telling(&token) } else { token.role == Role::Weak };
    let first = group.iter().position(&counts).unwrap_or_default();
    let last = group.iter().rposition(counts).unwrap_or_default();
    // A qualifier right before the first word belongs to it: "main exports", "national debt".
    let qualifier = first
        .checked_sub(1)
        .filter(|at| group.get(*at).is_some_and(|token| token.role == Role::Weak))
        .unwrap_or(first);
    let span: Vec<Token> =
        group.iter().take(last + 1).skip(qualifier).map(|token| (*token).clone()).collect();
    let plain = span.iter().zip(span.iter().skip(1)).all(|(a, b)| {
        !question.text.get(a.range.end..b.range.start).unwrap_or_default().contains(['?', '\n'])
    });
    let contiguous = span
        .windows(2)
        .all(|pair| pair.first().map(|a| a.range.end) <= pair.last().map(|b| b.range.start));
    let text = if plain && contiguous && question.phrase(&span).len() <= 80 {
        question.phrase(&span).to_owned()
    } else {
        span.iter()
            .filter(|token| token.role != Role::Frame)
            .map(|token| token.raw.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    };
    capitalised(&text)
}

/// `text` with a capital first letter, on one line.
fn capitalised(text: &str) -> String {
    let line = crate::write::escape::collapse(text);
    let mut chars = line.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
