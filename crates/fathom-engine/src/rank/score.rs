use std::rc::Rc;

use crate::{
    index::Years,
    plan::{Entity, Facet, Intent, Standing},
    read::{Kind, Unit, value},
};

/// What a search is after.
#[derive(Clone, Copy)]
pub(crate) struct Seek<'a> {
    pub facet: &'a Facet,
    /// All of these must be spoken of.
    pub entities: &'a [&'a Entity],
    pub years: Option<Years>,
    pub intent: Intent,
}

/// A piece with its claim to be quoted.
#[derive(Clone)]
pub(crate) struct Candidate {
    pub unit: Rc<Unit>,
    pub score: f64,
    /// How much of the facet the piece itself covers, with its headings and title.
    pub coverage: f64,
    /// How much its whole passage covers.
    pub context: f64,
    /// Pieces of other documents that say the same.
    pub same: Vec<Rc<Unit>>,
}

/// Shares of a score. The passage's own rank pays most after the words; the rest only breaks ties.
const WORDS: f64 = 0.6;
const PASSAGE: f64 = 0.3;
const NEIGHBOURS: f64 = 0.1;
const KIND: f64 = 0.05;
/// Words that give a reason.
const CAUSES: [&str; 9] = [
    "because",
    "due to",
    "as a result",
    "owing to",
    "in order to",
    "caused",
    "led to",
    "weil",
    "wegen",
];
/// Words of the question that stand side by side there and in the piece.
const PHRASE: f64 = 0.1;
/// A name right after a word of a question that asks who.
const NAMED: f64 = 0.2;
/// What a labelled value loses where somebody's words are asked for, and another entity's document where there is an own one.
const SAID: f64 = 0.15;
/// A word of the question early in the piece.
const EARLY: f64 = 0.05;
/// So many bytes in, a word is not early any more.
const FAR: usize = 200;

/// Scores the pieces of one passage, whose own rank, from 0 to 1, is `passage`.
pub(crate) fn score(units: &[Rc<Unit>], passage: f64, seek: Seek<'_>) -> Vec<Candidate> {
    let context = seek.facet.coverage(|term| units.iter().any(|unit| unit.covers(term)));
    let named =
        |entity: &&Entity| entity.is_named(|term| units.iter().any(|unit| unit.covers(term)));
    let stands =
        |entity: &&Entity| entity.standing != Standing::InText || stands_in(units, &entity.name);
    if !seek.entities.iter().all(|entity| named(entity) && stands(entity)) {
        return Vec::new();
    }
    units
        .iter()
        .filter(|unit| seek.entities.iter().all(|entity| concerns(unit, entity, seek.intent)))
        .filter(|unit| in_years(unit, seek.years))
        .map(|unit| {
            let coverage = seek.facet.coverage(|term| unit.covers(term));
            let own = seek.facet.coverage(|term| unit.terms.contains(term));
            let words = 0.7 * coverage + 0.3 * own;
            let score = WORDS * words + PASSAGE * passage + NEIGHBOURS * context + fit(unit, seek)
                - odd(unit);
            Candidate { unit: Rc::clone(unit), score, coverage, context, same: Vec::new() }
        })
        .collect()
}

/// Whether a name of several words stands in the passage as one, and not merely its words.
fn stands_in(units: &[Rc<Unit>], name: &str) -> bool {
    let name = name.to_lowercase();
    !name.contains(' ') || units.iter().any(|unit| unit.text().to_lowercase().contains(&name))
}

/// Whether a piece is about the entity. Where a document of that title exists, other documents only count for pieces
/// that name it themselves: a list of trade partners in one country's profile says little about the partners.
fn concerns(unit: &Unit, entity: &Entity, intent: Intent) -> bool {
    if intent.said && entity.speaks {
        // What Reagan said stands in documents that bear his name, not in those that mention him.
        return unit.page.is_titled(&entity.terms);
    }
    entity.homes.is_empty()
        || entity.homes.contains(&unit.page.document.document)
        || unit.kind == Kind::Sentence && entity.is_named(|term| unit.terms.contains(term))
}

/// Whether the document's date or a year in the text lies in the years asked for.
fn in_years(unit: &Unit, years: Option<Years>) -> bool {
    let Some(years) = years else { return true };
    let dated = unit.page.document.date.as_deref().and_then(crate::index::year_of);
    dated.is_some_and(|year| years.contains(year))
        || value::years(unit.text()).any(|year| years.contains(year))
}

#[expect(clippy::cast_precision_loss, reason = "both are below 200")]
fn early(at: usize) -> f64 {
    EARLY * (1.0 - at.min(FAR) as f64 / FAR as f64)
}

/// A little more for the kind of thing that was asked for.
fn fit(unit: &Unit, seek: Seek<'_>) -> f64 {
    let text = unit.text();
    let digits = text.contains(|c: char| c.is_ascii_digit());
    let mut fit = 0.0;
    if seek.intent.how_many && digits {
        fit += KIND;
    }
    if seek.intent.when && value::years(text).next().is_some() {
        fit += KIND;
    }
    let lower = text.to_lowercase();
    if seek.intent.why && CAUSES.iter().any(|cause| lower.contains(cause)) {
        fit += KIND;
    }
    if seek.facet.phrases.iter().any(|phrase| lower.contains(phrase.as_str())) {
        fit += PHRASE;
    }
    if seek.intent.said && unit.kind != Kind::Sentence {
        fit -= SAID;
    }
    let all_weak = seek.facet.words.iter().all(|word| word.weak);
    let first = seek
        .facet
        .words
        .iter()
        .filter(|word| !word.weak || all_weak)
        .filter_map(|word| lower.find(word.raw.as_str()))
        .min();
    if let Some(at) = first {
        fit += early(at);
        if seek.intent.who && names_follow(text, at) {
            fit += NAMED;
        }
    }
    if seek.entities.iter().any(|entity| {
        !entity.homes.is_empty() && !entity.homes.contains(&unit.page.document.document)
    }) {
        fit -= SAID;
    }
    let named = seek
        .entities
        .iter()
        .filter(|entity| entity.is_named(|term| unit.terms.contains(term)))
        .count();
    if named > 0 {
        fit += KIND;
    }
    fit
}

/// Whether the word after the one at `at` begins with a capital: "President Harald".
fn names_follow(text: &str, at: usize) -> bool {
    let next = text.get(at..).and_then(|rest| rest.split(' ').nth(1));
    next.and_then(|word| word.chars().next()).is_some_and(char::is_uppercase)
}

/// Less for pieces that read badly alone.
fn odd(unit: &Unit) -> f64 {
    let mut odd = 0.0;
    if unit.kind == Kind::Sentence {
        if unit.words < 6 {
            odd += 0.15;
        }
        if unit.words > 60 {
            odd += 0.08;
        }
        if unit.text().trim_end().ends_with(['?', '？']) {
            odd += 0.12;
        }
        if unit.dangling {
            odd += 0.05;
        }
    }
    odd
}
