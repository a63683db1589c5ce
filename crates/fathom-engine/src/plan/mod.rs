//! The plan of a run: whom and what the question is about, in the terms of this library, and what to search for.

mod entity;
mod question;
mod words;
mod years;

use fathom_core::{Effort, event::FacetOrigin};

pub(crate) use entity::{Entity, Standing};
pub(crate) use question::{Intent, Question, Role, Superlative, Token};

use crate::{
    fill::{Want, Wanted},
    index::{IndexError, Years},
    read::Library,
    research::Earlier,
};

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
        self.words.iter().flat_map(|word| std::iter::once(&word.term).chain(&word.also)).cloned().collect()
    }

    /// What a column of a table asks for.
    pub(crate) fn want(&self) -> Want {
        let wanted = |word: &Word| Wanted { term: word.term.clone(), also: word.also.clone(), weight: if word.weak { WEAK } else { 1.0 } };
        let prefers_list = self.words.iter().any(|word| word.weak && words::asks_for_the_first_of_many(&word.raw));
        let heading = (self.origin == FacetOrigin::Library).then(|| self.title.clone());
        Want { heading, ..Want::column(self.phrase(), self.words.iter().map(wanted).collect(), prefers_list) }
    }

    /// The facet's words as a person would type them.
    pub(crate) fn phrase(&self) -> String {
        self.words.iter().map(|word| word.raw.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// What a run is going to look for.
pub(crate) struct Plan {
    pub intent: Intent,
    pub years: Option<Years>,
    pub entities: Vec<Entity>,
    pub facets: Vec<Facet>,
    pub effort: Effort,
    /// Whether each entity is asked about by itself.
    pub each: bool,
}

/// At most so many names are compared.
const MOST_ENTITIES: usize = 12;
/// A facet of more words than this keeps the rarest.
const MOST_WORDS: usize = 16;

/// Bounds that follow from the effort.
pub(crate) const fn most_facets(effort: Effort) -> usize {
    match effort {
        Effort::Quick => 3,
        Effort::Standard => 6,
        Effort::Deep => 10,
    }
}

impl Plan {
    pub(crate) fn make(text: &str, effort: Effort, earlier: Option<&Earlier>, library: &Library<'_>) -> Result<Self, IndexError> {
        let mut question = Question::read(text);
        let mut entities = entity::find(&mut question, library)?;
        entities.truncate(MOST_ENTITIES);
        let mut facets = facets(&question, library)?;
        if let Some(earlier) = earlier {
            let mut before = Question::read(&earlier.question);
            let named = entity::find(&mut before, library)?;
            // "And its exports?" is about whom the earlier question was about; "And Sweden?" asks the same of another.
            if entities.is_empty() {
                entities = named;
            } else if facets.is_empty() {
                facets = self::facets(&before, library)?;
            }
        }
        keep_most_telling(&mut facets, most_facets(effort));
        let each = entities.len() > 1 && question.lists_names();
        Ok(Self { intent: question.intent, years: question.years, entities, facets, effort, each })
    }
}

impl Plan {
    /// The whole question as one facet, names and years included.
    pub(crate) fn whole(text: &str, library: &Library<'_>) -> Result<(Facet, Intent), IndexError> {
        let question = Question::read(text);
        let mut words: Vec<Word> = Vec::new();
        let framed = question.tokens.iter().all(|token| token.role == Role::Frame);
        for token in question.tokens.iter().filter(|token| framed || token.role != Role::Frame) {
            if words.iter().all(|word| word.term != token.term) {
                words.push(Word { weight: library.weight(&token.term)?, weak: false, ..word(&question, token, library)? });
            }
        }
        Ok((Facet { title: text.to_owned(), origin: FacetOrigin::Question, words, phrases: Vec::new() }, question.intent))
    }

    /// The same plan, where names that no document is about are topics when nothing else is asked.
    pub(crate) fn with_named_topics(&self, library: &Library<'_>) -> Result<Self, IndexError> {
        let mut plan = Self { entities: self.entities.clone(), facets: self.facets.clone(), ..*self };
        if !plan.facets.is_empty() {
            return Ok(plan);
        }
        // "What did Lincoln say about Mexico": the last name is the topic, the others are whom it is about.
        let topics = if plan.each { std::mem::take(&mut plan.entities) } else { plan.entities.pop().into_iter().collect() };
        plan.each = false;
        for entity in topics {
            let mut words = Vec::new();
            for term in &entity.terms {
                let weight = library.weight(term)?;
                words.push(Word { raw: term.clone(), term: term.clone(), also: entity.short.clone(), weight, weak: false });
            }
            plan.facets.push(Facet { title: entity.name.clone(), origin: FacetOrigin::Question, words, phrases: vec![entity.name.to_lowercase()] });
        }
        Ok(plan)
    }
}

/// The parts of the question that are no names: each group of words between commas, `and` and names.
fn facets(question: &Question, library: &Library<'_>) -> Result<Vec<Facet>, IndexError> {
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
    let asks = |group: &Vec<&Token>| telling(group) || qualified(group) || group.iter().any(|token| token.role == Role::Verb);
    let mut kept: Vec<&Vec<&Token>> = groups.iter().filter(|group| telling(group)).collect();
    if kept.is_empty() {
        kept = groups.iter().filter(|group| qualified(group)).collect();
    }
    let listed = is_list(question);
    if !listed && kept.len() > 1 {
        // Without a list, the words around a name belong together: "How does Norway produce its electricity".
        let all: Vec<&Token> = groups.iter().filter(|group| asks(group)).flatten().copied().collect();
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

fn facet(question: &Question, group: &[&Token], library: &Library<'_>) -> Result<Option<Facet>, IndexError> {
    let mut words: Vec<Word> = Vec::new();
    for token in group.iter().filter(|token| matches!(token.role, Role::Content | Role::Weak | Role::Verb)) {
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
    Ok(Some(Facet { title: title(question, group), origin: FacetOrigin::Question, words, phrases: phrases(question, group) }))
}

fn phrases(question: &Question, group: &[&Token]) -> Vec<String> {
    let telling = |token: &Token| matches!(token.role, Role::Content | Role::Weak);
    let pairs = group.iter().zip(group.iter().skip(1)).filter(|(a, b)| {
        telling(a) && telling(b) && question.text.get(a.range.end..b.range.start) == Some(" ")
    });
    pairs.map(|(a, b)| format!("{} {}", a.raw.to_lowercase(), b.raw.to_lowercase())).collect()
}

const WEAK: f64 = 0.2;

fn word(question: &Question, token: &Token, library: &Library<'_>) -> Result<Word, IndexError> {
    let lower = token.raw.to_lowercase();
    let also: Vec<String> = words::synonyms(&lower).flat_map(|other| question.analyzer.terms(other)).collect();
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
    let counts = |token: &&Token| if has_content { telling(&token) } else { token.role == Role::Weak };
    let first = group.iter().position(|token| counts(token)).unwrap_or_default();
    let last = group.iter().rposition(|token| counts(token)).unwrap_or_default();
    // A qualifier right before the first word belongs to it: "main exports", "national debt".
    let qualifier = first.checked_sub(1).filter(|at| group.get(*at).is_some_and(|token| token.role == Role::Weak)).unwrap_or(first);
    let span: Vec<Token> = group.iter().take(last + 1).skip(qualifier).map(|token| (*token).clone()).collect();
    let plain = span.iter().zip(span.iter().skip(1)).all(|(a, b)| !question.text.get(a.range.end..b.range.start).unwrap_or_default().contains(['?', '\n']));
    let contiguous = span.windows(2).all(|pair| pair.first().map(|a| a.range.end) <= pair.last().map(|b| b.range.start));
    let text = if plain && contiguous && question.phrase(&span).len() <= 80 {
        question.phrase(&span).to_owned()
    } else {
        span.iter().filter(|token| token.role != Role::Frame).map(|token| token.raw.as_str()).collect::<Vec<_>>().join(" ")
    };
    capitalised(&text)
}

/// `text` with a capital first letter, on one line.
pub(crate) fn capitalised(text: &str) -> String {
    let line = crate::write::escape::collapse(text);
    let mut chars = line.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
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
