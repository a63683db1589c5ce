//! The plan of a run: whom and what the question is about, in the terms of this library, and what to search for.

mod entity;
mod facet;
mod intent;
mod question;
mod words;
mod years;

use std::collections::HashSet;

use fathom_core::{Effort, event::FacetOrigin};

pub(crate) use entity::{Entity, Standing, name_of, named};
pub(crate) use facet::{Facet, Word};
pub(crate) use intent::{Intent, Superlative};
pub(crate) use question::{Question, Role, Token};

use facet::{MOST_WORDS, facets, word};

use crate::{
    index::{IndexError, Years},
    read::Library,
    research::Earlier,
    text::Language,
};

/// What a run is going to look for.
pub(crate) struct Plan {
    pub intent: Intent,
    pub years: Option<Years>,
    pub entities: Vec<Entity>,
    pub facets: Vec<Facet>,
    pub effort: Effort,
    /// Whether each entity is asked about by itself.
    pub each: bool,
    /// Places that an earlier report has already quoted: a document's id and the first byte.
    pub known: HashSet<(String, usize)>,
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

impl Plan {
    pub(crate) fn make(
        text: &str,
        effort: Effort,
        earlier: Option<&Earlier>,
        library: &Library<'_>,
    ) -> Result<Self, IndexError> {
        let mut question = read(text, library)?;
        let mut entities = entity::find(&mut question, library)?;
        entities.truncate(MOST_ENTITIES);
        let mut asked = facets(&question, library)?;
        let mut quotes = HashSet::new();
        if let Some(earlier) = earlier {
            let mut before = read(&earlier.question, library)?;
            let named = entity::find(&mut before, library)?;
            // "And its exports?" is about whom the earlier question was about; "And Sweden?" asks the same of another;
            // "Tell me more" asks the same again.
            if asked.is_empty() {
                asked = facets(&before, library)?;
            }
            if entities.is_empty() {
                entities = named;
            }
            quotes = quoted(earlier);
        }
        keep_most_telling(&mut asked, most_facets(effort));
        // "Pride and Prejudice" are two names by their capitals, but nothing is called by either.
        let known = entities
            .iter()
            .any(|entity| matches!(entity.standing, Standing::Title | Standing::InTitle));
        let each =
            entities.len() > 1 && question.lists_names() && (known || question.intent.compare);
        Ok(Self {
            intent: question.intent,
            years: question.years,
            entities,
            facets: asked,
            effort,
            each,
            known: quotes,
        })
    }
}

impl Plan {
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

    /// The whole question as one facet, names and years included.
    pub(crate) fn whole(text: &str, library: &Library<'_>) -> Result<(Facet, Intent), IndexError> {
        let question = read(text, library)?;
        let mut words: Vec<Word> = Vec::new();
        let framed = question.tokens.iter().all(|token| token.role == Role::Frame);
        for token in question.tokens.iter().filter(|token| framed || token.role != Role::Frame) {
            if words.iter().all(|word| word.term != token.term) {
                words.push(Word {
                    weight: library.weight(&token.term)?,
                    weak: false,
                    ..word(&question, token, library)?
                });
            }
        }
        Ok((
            Facet {
                title: text.to_owned(),
                origin: FacetOrigin::Question,
                words,
                phrases: Vec::new(),
            },
            question.intent,
        ))
    }

    /// Whether the question itself says what is asked, apart from names.
    pub(crate) fn asks(&self) -> bool {
        self.facets.iter().any(|facet| facet.origin == FacetOrigin::Question)
    }

    /// The same plan, where names that no document is about are topics when nothing else is asked.
    pub(crate) fn with_named_topics(&self, library: &Library<'_>) -> Result<Self, IndexError> {
        let mut plan = Self {
            entities: self.entities.clone(),
            facets: self.facets.clone(),
            known: self.known.clone(),
            ..*self
        };
        if plan.asks() {
            return Ok(plan);
        }
        // "What did Lincoln say about Mexico": the last name is the topic, the others are whom it is about.
        let topics = if plan.each {
            std::mem::take(&mut plan.entities)
        } else {
            plan.entities.pop().into_iter().collect()
        };
        plan.each = false;
        for entity in topics {
            let mut words = Vec::new();
            for term in &entity.terms {
                let weight = library.weight(term)?;
                words.push(Word {
                    raw: term.clone(),
                    term: term.clone(),
                    also: entity.short.clone(),
                    weight,
                    weak: false,
                });
            }
            plan.facets.push(Facet {
                title: entity.name.clone(),
                origin: FacetOrigin::Question,
                words,
                phrases: vec![entity.name.to_lowercase()],
            });
        }
        Ok(plan)
    }
}

/// Takes a question apart in its own language; where English stems meet more of the library's words, in English. A
/// short question has too few words to tell its language for sure.
fn read(text: &str, library: &Library<'_>) -> Result<Question, IndexError> {
    let detected = Question::read(text);
    if detected.analyzer.language() == Language::English {
        return Ok(detected);
    }
    let english = Question::read_as(text, Language::English);
    let met = |question: &Question| -> Result<usize, IndexError> {
        let mut met = 0;
        for token in question.tokens.iter().take(MOST_WORDS * 2) {
            met += usize::from(library.frequency(&token.term)? > 0);
        }
        Ok(met)
    };
    Ok(if met(&english)? > met(&detected)? { english } else { detected })
}

/// What an earlier report quotes.
fn quoted(earlier: &Earlier) -> HashSet<(String, usize)> {
    let citations = earlier.report.iter().flat_map(|report| &report.citations);
    citations
        .flat_map(|citation| &citation.evidence)
        .map(|evidence| (evidence.document.clone(), evidence.start))
        .collect()
}

/// Keeps the facets whose words tell most, in the order of the question.
fn keep_most_telling(facets: &mut Vec<Facet>, most: usize) {
    if facets.len() <= most {
        return;
    }
    let strength = |facet: &Facet| facet.words.iter().map(|word| word.weight).fold(0.0, f64::max);
    let mut ranked: Vec<f64> = facets.iter().map(strength).collect();
    ranked.sort_by(|a, b| b.total_cmp(a));
    let least = ranked.get(most - 1).copied().unwrap_or_default();
    facets.retain(|facet| strength(facet) >= least);
    facets.truncate(most);
}
