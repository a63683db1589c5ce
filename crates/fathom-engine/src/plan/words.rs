//! The words of a question with their weight in this library.

use std::{collections::HashMap, ops::Range};

use super::{Question, Role, Token, lexicon, spelling};
use crate::{
    index::IndexError,
    session::Session,
    text::{
        Language,
        script::{is_unspaced, is_wide},
        stop_words,
    },
};

/// A question of more words than this keeps the rarest.
const MOST_WORDS: usize = 32;

/// A word of the question as the library knows it.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    /// As it was written.
    pub raw: String,
    pub range: Range<usize>,
    /// Any of these terms counts as the word.
    pub terms: Vec<String>,
    /// How telling it is: how rare in the library.
    pub rarity: f64,
    pub form: Form,
    /// Whether it looks like a name or a number.
    pub is_name: bool,
    /// Whether any passage of the library holds it.
    pub is_known: bool,
    /// Whether it only says how much of something is meant.
    pub is_degree: bool,
}

/// How a word came to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// As it was written.
    Plain,
    /// So frequent in its language that it tells little.
    Frequent,
    /// The same where the library does not hold it: most words of asking are such.
    UnknownFrequent,
    /// The library only holds words that are spelled a little differently.
    Spelled,
    /// A pair of characters of which one belongs to a word that carries nothing.
    Border,
    /// The same, or both, where the library does not hold the pair.
    UnknownBorder,
}

impl Word {
    pub(crate) fn is(&self, term: &str) -> bool {
        self.terms.iter().any(|own| own == term)
    }
}

/// What a search looks for: weighted words and which of them stand side by side.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    pub list: Vec<Word>,
    /// Neighbours in the order of the question, as places in `list`.
    pub pairs: Vec<(usize, usize)>,
    /// Whether most of it is in a script whose signs stand for words or syllables.
    pub is_unspaced: bool,
}

impl Words {
    /// The words of `tokens`, without those that carry nothing; all of them if none is left.
    pub(crate) fn of<'t>(
        question: &Question,
        tokens: impl IntoIterator<Item = &'t Token> + Clone,
        session: &Session<'_>,
    ) -> Result<Self, IndexError> {
        let telling = |token: &&Token| !matches!(token.role, Role::Frame | Role::Year);
        let any = tokens.clone().into_iter().any(|token| telling(&token));
        let kept = tokens.into_iter().filter(|token| !any || telling(token));
        let borders = Borders::of(&question.text);
        let mut words = Self::default();
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut previous = None;
        for token in kept {
            let at = match places.get(&token.term) {
                Some(at) => *at,
                None => {
                    let at = words.list.len();
                    words.list.push(word(question, token, &borders, session)?);
                    places.insert(token.term.clone(), at);
                    at
                }
            };
            if let Some(before) = previous.filter(|before| *before != at) {
                words.pairs.push((before, at));
            }
            previous = Some(at);
        }
        let unspaced = words.list.iter().filter(|word| word.raw.starts_with(is_wide)).count();
        words.is_unspaced = unspaced * 2 > words.list.len();
        words.keep_rarest();
        Ok(words)
    }

    fn keep_rarest(&mut self) {
        if self.list.len() <= MOST_WORDS {
            return;
        }
        let mut weights: Vec<f64> = self.list.iter().map(|word| word.rarity).collect();
        weights.sort_by(|a, b| b.total_cmp(a));
        let least = weights.get(MOST_WORDS - 1).copied().unwrap_or_default();
        let mut places = vec![None; self.list.len()];
        let mut kept = Vec::new();
        for (at, word) in std::mem::take(&mut self.list).into_iter().enumerate() {
            if word.rarity >= least && kept.len() < MOST_WORDS {
                if let Some(place) = places.get_mut(at) {
                    *place = Some(kept.len());
                }
                kept.push(word);
            }
        }
        self.list = kept;
        let place = |at: usize| places.get(at).copied().flatten();
        self.pairs =
            self.pairs.iter().filter_map(|(a, b)| Some((place(*a)?, place(*b)?))).collect();
    }

    /// These words and `more`, each once.
    pub(crate) fn with(&self, more: &[Word]) -> Self {
        let mut words = self.clone();
        for word in more {
            let known = words.list.iter().any(|own| own.terms.first() == word.terms.first());
            if !known {
                words.list.push(word.clone());
            }
        }
        words
    }

    /// The same without the words for which `leave` holds.
    pub(crate) fn without(&self, leave: impl Fn(&Word) -> bool) -> Self {
        let mut places = Vec::new();
        let mut list = Vec::new();
        for word in &self.list {
            places.push((!leave(word)).then_some(list.len()));
            if !leave(word) {
                list.push(word.clone());
            }
        }
        let place = |at: usize| places.get(at).copied().flatten();
        let pairs = self.pairs.iter().filter_map(|(a, b)| Some((place(*a)?, place(*b)?))).collect();
        Self { list, pairs, ..*self }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(crate) fn total(&self) -> f64 {
        self.list.iter().map(|word| word.rarity).sum()
    }

    /// Every term to search for.
    pub(crate) fn terms(&self) -> Vec<String> {
        self.list.iter().flat_map(|word| &word.terms).cloned().collect()
    }

    /// The words as a person would type them.
    pub(crate) fn phrase(&self) -> String {
        stretches(self.list.iter()).join(" ")
    }

    /// The words that no passage of the library holds, as they were written.
    pub(crate) fn unknown(&self) -> Vec<String> {
        let telling = |word: &&Word| !word.is_known && word.form != Form::UnknownFrequent;
        stretches(self.list.iter().filter(telling))
    }

    /// How much of the weight the words carry for which `holds` is true, from 0 to 1.
    pub(crate) fn share(&self, holds: impl Fn(&Word) -> bool) -> f64 {
        let met: f64 = self.list.iter().filter(|word| holds(word)).map(|word| word.rarity).sum();
        let total = self.total();
        if total > 0.0 { met / total } else { 0.0 }
    }
}

/// The texts of words; those that overlap, as pairs of characters do, are one stretch.
fn stretches<'w>(words: impl Iterator<Item = &'w Word>) -> Vec<String> {
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    for word in words {
        match found.last_mut() {
            Some((range, text))
                if word.range.start < range.end && range.start <= word.range.start =>
            {
                let new = word.range.end.saturating_sub(range.end);
                text.push_str(
                    word.raw.get(word.raw.len().saturating_sub(new)..).unwrap_or_default(),
                );
                range.end = range.end.max(word.range.end);
            }
            _ => found.push((word.range.clone(), word.raw.clone())),
        }
    }
    found.into_iter().map(|(_, text)| text).collect()
}

/// Which characters of a question in a script without spaces belong to words that carry nothing.
struct Borders(Vec<Range<usize>>);

impl Borders {
    fn of(text: &str) -> Self {
        let mut found = Vec::new();
        let mut at = 0;
        for run in text.split_inclusive(|c: char| !is_unspaced(c)) {
            found.extend(
                stop_words::within(run).into_iter().map(|word| at + word.start..at + word.end),
            );
            at += run.len();
        }
        Self(found)
    }

    /// How many of the characters of a pair are such, from none to both.
    fn covered(&self, text: &str, range: &Range<usize>) -> usize {
        let pair = text.get(range.clone()).unwrap_or_default();
        let inside = |at: usize| self.0.iter().any(|word| word.contains(&(range.start + at)));
        pair.char_indices().filter(|(at, _)| inside(*at)).count()
    }
}

fn word(
    question: &Question,
    token: &Token,
    borders: &Borders,
    session: &Session<'_>,
) -> Result<Word, IndexError> {
    let lower = token.raw.to_lowercase();
    let mut terms = vec![token.term.clone()];
    let mut count = session.frequency(&token.term)?;
    let unspaced = token.raw.starts_with(is_unspaced);
    let mut form = Form::Plain;
    let frequent = stop_words::is_frequent(question.analyzer.language(), &lower);
    if count == 0 && !unspaced && !frequent {
        terms.extend(spelling::other_stems(&lower, session)?);
        if terms.len() == 1 {
            terms.extend(spelling::alike(&lower, session)?);
            form = if terms.len() > 1 { Form::Spelled } else { Form::Plain };
        }
        for term in &terms {
            count = count.max(session.frequency(term)?);
        }
    }
    if unspaced {
        let letters = token.raw.chars().count();
        form = match borders.covered(&question.text, &token.range) {
            0 => Form::Plain,
            some if some < letters && count > 0 => Form::Border,
            _ => Form::UnknownBorder,
        };
    }
    let capital = token.raw.starts_with(char::is_uppercase) && !token.opens;
    if !capital && frequent {
        form = if count > 0 { Form::Frequent } else { Form::UnknownFrequent };
    }
    let number = token.raw.starts_with(|c: char| c.is_ascii_digit());
    let tells = !matches!(question.analyzer.language(), Language::German) && !unspaced;
    Ok(Word {
        rarity: session.rarity(count),
        form,
        is_name: number || tells && capital,
        is_known: count > 0,
        is_degree: lexicon::is_degree(&lower),
        raw: token.raw.clone(),
        range: token.range.clone(),
        terms,
    })
}
