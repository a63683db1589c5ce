//! The plan of a run: whom and what the question is about, in the terms of this library, and what to search for.

mod entity;
mod facet;
mod intent;
mod lexicon;
mod previous;
mod question;
mod spelling;
mod words;
mod years;

use std::ops::Range;

use fathom_core::{Effort, event::FacetOrigin};

pub(crate) use entity::{Entity, Standing, name_of, named};
pub(crate) use facet::Facet;
pub(crate) use intent::{Intent, Superlative};
pub(crate) use lexicon::asks_for_the_first_of_many;
pub use previous::PreviousRun;
pub(crate) use question::{Question, Role, Token};
pub(crate) use words::{Form, Word, Words};

use facet::facets;

use crate::{
    index::{IndexError, Query, Years},
    session::Session,
    text::Language,
};

/// What a run is going to look for.
pub(crate) struct Plan {
    pub intent: Intent,
    pub years: Option<Years>,
    pub entities: Vec<Entity>,
    pub facets: Vec<Facet>,
    /// All words of the question.
    pub words: Words,
    /// What stands for the things that are ranked, where a ranking is asked for.
    pub ranked: Option<String>,
    pub effort: Effort,
    /// Whether each entity is asked about by itself.
    pub each: bool,
    /// Places that an earlier report has already quoted: a document's id and the bytes.
    pub known: Vec<(String, Range<usize>)>,
}

/// At most so many names are compared.
const MOST_ENTITIES: usize = 12;

/// Bounds that follow from the effort.
pub(crate) const fn most_facets(effort: Effort) -> usize {
    match effort {
        Effort::Quick => 3,
        Effort::Standard => 6,
        Effort::Deep => 10,
    }
}

/// A query for the words of `question`, without those that only frame it.
pub fn query(question: &str) -> Query {
    let question = Question::read(question);
    let framed = question.tokens.iter().all(|token| token.role == Role::Frame);
    let kept = question.tokens.into_iter().filter(|token| framed || token.role != Role::Frame);
    Query::new(kept.map(|token| token.term))
}

impl Plan {
    pub(crate) fn make(
        text: &str,
        effort: Effort,
        previous: Option<&PreviousRun>,
        session: &Session<'_>,
    ) -> Result<Self, IndexError> {
        let mut question = read(text, session)?;
        let mut words = Words::of(&question, &question.tokens, session)?;
        let mut entities = entity::find(&mut question, session)?;
        entities.truncate(MOST_ENTITIES);
        let mut asked = facets(&question, session)?;
        let mut quoted = Vec::new();
        if let Some(previous) = previous {
            let mut before = read(&previous.question, session)?;
            let said = Words::of(&before, &before.tokens, session)?;
            let named = entity::find(&mut before, session)?;
            // "And its exports?" is about whom the earlier question was about; "And Sweden?" asks the same of another;
            // "Tell me more" asks the same again.
            let names = |word: &Word| {
                named.iter().any(|entity| word.terms.iter().any(|term| entity.holds(term)))
            };
            if asked.is_empty() {
                asked = facets(&before, session)?;
                words = words.with(&said.without(names).list);
            }
            if entities.is_empty() {
                words = words.with(&said.without(|word| !names(word)).list);
                entities = named;
            }
            quoted = previous.quoted();
        }
        keep_most_telling(&mut asked, most_facets(effort));
        // "Pride and Prejudice" are two names by their capitals, but nothing is called by either.
        let known = entities
            .iter()
            .any(|entity| matches!(entity.standing, Standing::Title | Standing::InTitle));
        let each =
            entities.len() > 1 && question.lists_names() && (known || question.intent.compare);
        let ranked = intent::ranked(&question.tokens).and_then(|at| question.tokens.get(at));
        Ok(Self {
            ranked: ranked.map(|token| token.term.clone()),
            intent: question.intent,
            years: question.years,
            entities,
            facets: asked,
            words,
            effort,
            each,
            known: quoted,
        })
    }

    /// Asks about these as well, each by itself.
    pub(crate) fn add(&mut self, entities: impl IntoIterator<Item = Entity>) {
        let asked = self.entities.len();
        for entity in entities {
            if self.entities.iter().all(|known| known.terms != entity.terms) {
                self.entities.push(entity);
            }
        }
        self.entities.truncate(MOST_ENTITIES);
        let added = self.entities.len() > asked;
        self.each |= added && self.entities.len() > 1;
    }

    /// Leaves out what bears one of these names.
    pub(crate) fn leave_out(&mut self, names: &[&str]) {
        let is_known = |entity: &Entity| {
            names.iter().any(|name| name.trim().eq_ignore_ascii_case(entity.name.trim()))
        };
        self.entities.retain(|entity| !is_known(entity));
        self.each &= self.entities.len() > 1;
    }

    /// Whether the question itself says what is asked, apart from names.
    pub(crate) fn asks(&self) -> bool {
        self.facets.iter().any(|facet| facet.origin == FacetOrigin::Question)
    }

    /// The words of the question without the names of all entities but `entity`.
    pub(crate) fn words_about(&self, entity: &Entity) -> Words {
        let others = |word: &Word| {
            let named = |other: &Entity| word.terms.iter().any(|term| other.holds(term));
            !named(entity) && self.entities.iter().any(named)
        };
        self.words.without(others)
    }

    /// The words of a facet and of an entity's name together.
    pub(crate) fn words_of(&self, facet: &Facet, entity: &Entity) -> Words {
        let named = |word: &Word| word.terms.iter().any(|term| entity.holds(term));
        let name: Vec<Word> = self.words.list.iter().filter(|word| named(word)).cloned().collect();
        facet.words.with(&name)
    }
}

/// Takes a question apart in its own language; where English stems meet more of the library's words, in English. A
/// short question has too few words to tell its language for sure.
fn read(text: &str, session: &Session<'_>) -> Result<Question, IndexError> {
    /// So many words tell.
    const LOOK: usize = 32;
    let detected = Question::read(text);
    if detected.analyzer.language() == Language::English {
        return Ok(detected);
    }
    let english = Question::read_as(text, Language::English);
    let met = |question: &Question| -> Result<usize, IndexError> {
        let mut met = 0;
        for token in question.tokens.iter().take(LOOK) {
            met += usize::from(session.frequency(&token.term)? > 0);
        }
        Ok(met)
    };
    Ok(if met(&english)? > met(&detected)? { english } else { detected })
}

/// Keeps the facets whose words tell most, in the order of the question.
fn keep_most_telling(facets: &mut Vec<Facet>, most: usize) {
    if facets.len() <= most {
        return;
    }
    let strength =
        |facet: &Facet| facet.words.list.iter().map(|word| word.rarity).fold(0.0, f64::max);
    let mut ranked: Vec<f64> = facets.iter().map(strength).collect();
    ranked.sort_by(|a, b| b.total_cmp(a));
    let least = ranked.get(most - 1).copied().unwrap_or_default();
    facets.retain(|facet| strength(facet) >= least);
    facets.truncate(most);
}
