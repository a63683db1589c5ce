//! Whether what was found answers: six signals and the size of the library, by a table that was learned.

use fathom_core::Grade;

use super::{
    evidence::{Candidate, RankedPassage},
    scoring_query::ScoringQuery,
    table::TABLE,
    weights::{ANSWERED, RELATED},
};

/// What the grade is told by; each is from 0 to 1 but the size.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Signals {
    /// The best passage's share of a perfect passage's score.
    pub best_passage: f64,
    /// How much of the question the best piece holds, with its headings and title.
    pub covered: f64,
    /// How much of the words that are no names the passage of the best piece holds, words that are alike counted in
    /// part.
    pub plain: f64,
    /// How many words stand side by side as in the question, in the best of five pieces.
    pub pairs: f64,
    /// How much of the names the passage of the best piece holds.
    pub names: f64,
    /// How much of the question are names that the library does not hold.
    pub unknown_names: f64,
    /// The decimal logarithm of the passages searched, in units of 250.
    pub size: f64,
    /// 1 where the question is in a script whose signs stand for words or syllables.
    pub unspaced: f64,
}

/// How many of the best pieces are asked for pairs.
const BEST: usize = 5;

impl Signals {
    pub(crate) fn of(
        query: &ScoringQuery<'_>,
        passages: &[RankedPassage],
        candidates: &[Candidate],
        searched: u64,
    ) -> Self {
        let best = candidates.first();
        let home = best.and_then(|best| passages.get(best.passage));
        let held = home.map(|home| home.soft(query)).unwrap_or_default();
        let part = |is_name: bool| {
            let held = |at: usize| held.get(at).copied().unwrap_or_default();
            query.held(|at, word| if word.is_name == is_name { Some(held(at)) } else { None })
        };
        let absolute = passages.iter().map(|passage| passage.absolute(query));
        Self {
            best_passage: absolute.fold(0.0, f64::max),
            covered: best.map_or(0.0, |best| best.covered),
            plain: part(false).unwrap_or(1.0),
            pairs: candidates.iter().take(BEST).map(|found| found.pairs).fold(0.0, f64::max),
            names: part(true).unwrap_or_default(),
            unknown_names: query.share(|_, word| word.is_name && !word.is_known),
            size: size(searched),
            unspaced: if query.words.is_unspaced { 1.0 } else { 0.0 },
        }
    }

    /// The probability that the quotes answer.
    pub fn probability(&self) -> f64 {
        let z = TABLE.base
            + TABLE.best_passage * self.best_passage
            + TABLE.covered * self.covered
            + TABLE.plain * self.plain
            + TABLE.pairs * self.pairs
            + TABLE.names * self.names
            + TABLE.unknown_names * self.unknown_names
            + TABLE.size * self.size
            + TABLE.unspaced * self.unspaced;
        1.0 / (1.0 + (-z).exp())
    }

    /// The signals in the order of [`Signals::NAMES`].
    pub const fn values(&self) -> [f64; 8] {
        [
            self.best_passage,
            self.covered,
            self.plain,
            self.pairs,
            self.names,
            self.unknown_names,
            self.size,
            self.unspaced,
        ]
    }

    /// What the signals are called in the table.
    pub const NAMES: [&str; 8] =
        ["best_passage", "covered", "plain", "pairs", "names", "unknown_names", "size", "unspaced"];
}

/// A library of fewer passages is taken for one of this size.
const SMALL: u64 = 100;

#[expect(clippy::cast_precision_loss, reason = "counts of passages are far below 2^52")]
fn size(searched: u64) -> f64 {
    (searched.max(SMALL) as f64 / 250.0).log10()
}

/// The grade of a probability.
pub(crate) fn grade(probability: f64) -> Grade {
    if probability >= ANSWERED {
        Grade::Answered
    } else if probability >= RELATED {
        Grade::Related
    } else {
        Grade::Nothing
    }
}
