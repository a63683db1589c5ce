use std::collections::HashMap;

use super::weights::{BORDER, FREQUENT, SPELLED, UNKNOWN_BORDER, UNKNOWN_FREQUENT};
use crate::plan::{Form, Word, Words};

/// The words of a search with what each counts for.
pub(crate) struct ScoringQuery<'w> {
    pub words: &'w Words,
    /// What each word counts for, in the order of the words.
    pub weights: Vec<f64>,
    pub total: f64,
    places: HashMap<&'w str, usize>,
}

impl<'w> ScoringQuery<'w> {
    pub(crate) fn new(words: &'w Words) -> Self {
        let weights: Vec<f64> =
            words.list.iter().map(|word| word.rarity * strength(word)).collect();
        let mut places = HashMap::new();
        for (at, word) in words.list.iter().enumerate() {
            for term in &word.terms {
                places.entry(term.as_str()).or_insert(at);
            }
        }
        Self { words, total: weights.iter().sum::<f64>().max(1e-9), weights, places }
    }

    /// The place of the word that `term` counts as.
    pub(super) fn place(&self, term: &str) -> Option<usize> {
        self.places.get(term).copied()
    }

    pub(super) fn weight(&self, at: usize) -> f64 {
        self.weights.get(at).copied().unwrap_or_default()
    }

    /// The share of the weight of the words that are among `terms`.
    pub(super) fn recall(&self, terms: &[String]) -> f64 {
        self.share(|_, word| terms.iter().any(|term| word.is(term)))
    }

    /// How much of the weight is held of the words for which `held` says how much of them is; nothing where there are
    /// none.
    pub(super) fn held(&self, held: impl Fn(usize, &Word) -> Option<f64>) -> Option<f64> {
        let (mut met, mut all) = (0.0, 0.0);
        for (at, word) in self.words.list.iter().enumerate() {
            if let Some(held) = held(at, word) {
                met += held * self.weight(at);
                all += self.weight(at);
            }
        }
        (all > 0.0).then(|| met / all)
    }

    /// The share of the weight that the words carry for which `holds` is true.
    pub(super) fn share(&self, holds: impl Fn(usize, &Word) -> bool) -> f64 {
        let words = self.words.list.iter().enumerate();
        words.filter(|(at, word)| holds(*at, word)).map(|(at, _)| self.weight(at)).sum::<f64>()
            / self.total
    }
}

const fn strength(word: &Word) -> f64 {
    match word.form {
        Form::Plain => 1.0,
        Form::Spelled => SPELLED,
        Form::Frequent => FREQUENT,
        Form::UnknownFrequent => UNKNOWN_FREQUENT,
        Form::Border => BORDER,
        Form::UnknownBorder => UNKNOWN_BORDER,
    }
}
