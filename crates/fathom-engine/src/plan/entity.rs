use std::ops::Range;

use serde_json::{Map, Value};

use super::{Question, Role, lexicon, spelling};
use crate::{
    document::OpenDocument,
    index::{IndexError, Query},
    session::Session,
    text::{Analyzer, Language},
};

/// How a library knows a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// A document has it as its whole title.
    Title,
    /// It is part of a document's title.
    InTitle,
    /// It occurs in the text.
    InText,
    /// The library does not hold all of its words.
    Unknown,
}

/// A name in the question.
#[derive(Clone, Debug)]
pub(crate) struct Entity {
    pub name: String,
    pub terms: Vec<String>,
    pub standing: Standing,
    /// Ids of the documents that have it as their whole title.
    pub homes: Vec<String>,
}

impl Entity {
    /// Whether it is a word of the name.
    pub(crate) fn holds(&self, term: &str) -> bool {
        self.terms.iter().any(|own| own == term)
    }
}

/// How many hits are looked at to find documents of that title.
const LOOK: usize = 40;
const LOOK_DOCUMENTS: usize = 4;
/// How many words of a question are tried as names when none stands out.
const TRIES: usize = 8;

/// Finds the names of a question, first by their capitals, else by the library's titles. Words that turn out to be
/// names, or that turn out not to be, change their role in `question`.
pub(super) fn find(
    question: &mut Question,
    session: &Session<'_>,
) -> Result<Vec<Entity>, IndexError> {
    let mut found: Vec<Entity> = Vec::new();
    let runs = question.names.clone();
    let mut at = 0;
    while let Some(run) = runs.get(at) {
        if let Some(joined) = runs.get(at + 1).and_then(|next| joined(question, run, next)) {
            let entity = resolve(question, &joined, session)?;
            // "Bank of the United States" is one name; "Norway and Sweden" is one only if a document is called that.
            if entity.standing == Standing::Title
                || entity.standing != Standing::Unknown && !is_listed(question, &joined)
            {
                mark(question, &joined, Role::Name);
                push(&mut found, entity);
                at += 2;
                continue;
            }
        }
        let entity = resolve(question, run, session)?;
        push(&mut found, entity);
        at += 1;
    }
    let mut opening = Vec::new();
    for run in opening_capitals(question).into_iter().chain(short_forms(question)) {
        if let Some(entity) = titled(question, &run, session)? {
            mark(question, &run, Role::Name);
            push(&mut opening, entity);
        }
    }
    opening.retain(|entity| found.iter().all(|known| known.terms != entity.terms));
    found.splice(0..0, opening);
    if found.is_empty() {
        found = by_titles(question, session)?;
    }
    Ok(found)
}

/// The fields by which a row is likely to say what it is about, the likeliest first.
const NAMING: [&str; 10] = [
    "name",
    "title",
    "company",
    "organization",
    "country",
    "person",
    "entity",
    "subject",
    "product",
    "topic",
];

/// What a row of known fields is about: the text of the field that names it, or of its first text that is no address.
pub(crate) fn name_of(row: &Map<String, Value>) -> Option<&str> {
    let naming = NAMING.iter().find_map(|wanted| {
        let mut fields = row.iter();
        fields.find(|(field, _)| field.eq_ignore_ascii_case(wanted)).map(|(_, value)| value)
    });
    let texts = naming.into_iter().chain(row.values()).filter_map(Value::as_str).map(str::trim);
    let mut names = texts.filter(|text| !text.is_empty() && !text.contains("://"));
    names.next()
}

/// The entity of that name.
pub(crate) fn named(name: &str, session: &Session<'_>) -> Result<Entity, IndexError> {
    let mut terms = Analyzer::new(Language::English).terms(name);
    terms.retain(|term| !is_small(term));
    let Known { standing, homes } = standing(&terms, session)?;
    Ok(Entity { name: name.to_owned(), terms, standing, homes })
}

fn push(found: &mut Vec<Entity>, entity: Entity) {
    if found.iter().all(|known| known.terms != entity.terms) {
        found.push(entity);
    }
}

fn mark(question: &mut Question, run: &Range<usize>, role: Role) {
    question.tokens.iter_mut().take(run.end).skip(run.start).for_each(|token| token.role = role);
}

/// Two names with only "and", "of" or "the" between them may be one: "Trinidad and Tobago".
fn joined(question: &Question, one: &Range<usize>, other: &Range<usize>) -> Option<Range<usize>> {
    let between = question.tokens.get(one.end..other.start)?;
    let small = between.iter().all(|token| {
        matches!(token.raw.to_lowercase().as_str(), "and" | "of" | "the" | "de" | "da")
    });
    let close = question.tokens.get(other.start).is_some_and(|token| !token.opens);
    (small && close && between.len() <= 2).then_some(one.start..other.end)
}

fn is_listed(question: &Question, run: &Range<usize>) -> bool {
    question.tokens.iter().take(run.end).skip(run.start + 1).any(|token| token.listed)
}

/// The name of a run of words, and its terms.
fn terms(question: &Question, run: &Range<usize>) -> (String, Vec<String>) {
    let tokens = question.tokens.get(run.clone()).unwrap_or_default();
    let plain = tokens.iter().filter(|token| !is_small(&token.raw)).map(|token| token.term.clone());
    let name = question.phrase(tokens).trim_matches(['"', '\u{201c}', '\u{201d}']).to_owned();
    (name, plain.collect())
}

fn is_small(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "the" | "of" | "and" | "s" | "de" | "da")
}

/// The entity of a run of name words, however the library knows it.
fn resolve(
    question: &Question,
    run: &Range<usize>,
    session: &Session<'_>,
) -> Result<Entity, IndexError> {
    let (name, terms) = terms(question, run);
    let mut known = standing(&terms, session)?;
    if known.standing == Standing::Unknown {
        known = spelled_otherwise(&terms, session)?.unwrap_or(known);
    }
    Ok(Entity { name, terms, standing: known.standing, homes: known.homes })
}

/// The entity of a run of words that is the whole title of a document.
fn titled(
    question: &Question,
    run: &Range<usize>,
    session: &Session<'_>,
) -> Result<Option<Entity>, IndexError> {
    let entity = resolve(question, run, session)?;
    Ok(Some(entity).filter(|entity| entity.standing == Standing::Title))
}

/// What the library knows of a name.
struct Known {
    standing: Standing,
    homes: Vec<String>,
}

/// What the library knows of a name that is spelled a little differently there.
fn spelled_otherwise(terms: &[String], session: &Session<'_>) -> Result<Option<Known>, IndexError> {
    let mut spelled = Vec::new();
    for term in terms {
        let alike = match session.frequency(term)? {
            0 => spelling::alike(term, session)?.into_iter().next(),
            _ => Some(term.clone()),
        };
        let Some(alike) = alike else { return Ok(None) };
        spelled.push(alike);
    }
    standing(&spelled, session).map(Some)
}

fn standing(terms: &[String], session: &Session<'_>) -> Result<Known, IndexError> {
    let mut known = Known { standing: Standing::Unknown, homes: Vec::new() };
    if terms.is_empty() {
        return Ok(known);
    }
    for term in terms {
        if session.frequency(term)? == 0 {
            return Ok(known);
        }
    }
    known.standing = Standing::InText;
    let mut seen: Vec<String> = Vec::new();
    for hit in session.look(&Query::new(terms.iter().cloned()), LOOK)? {
        if seen.contains(&hit.document) || seen.len() >= LOOK_DOCUMENTS {
            continue;
        }
        seen.push(hit.document.clone());
        let Some(page) = session.page(&hit.document)? else { continue };
        if page.is_titled(terms) {
            known.learn(terms, &page);
        }
    }
    Ok(known)
}

impl Known {
    /// Takes note of a document whose title holds the name.
    fn learn(&mut self, terms: &[String], page: &OpenDocument) {
        let whole = page.title_terms.iter().all(|term| terms.contains(term) || is_small(term));
        let initials = matches!(terms, [term] if page.initials.as_ref() == Some(term));
        if whole || initials {
            self.homes.push(page.document.document.clone());
            self.standing = Standing::Title;
        } else if self.standing == Standing::InText {
            self.standing = Standing::InTitle;
        }
    }
}

/// Capitalised runs at the beginning of a sentence, where a capital says nothing by itself.
fn opening_capitals(question: &Question) -> Vec<Range<usize>> {
    let capital = |at: usize| {
        question.tokens.get(at).is_some_and(|token| {
            token.role != Role::Frame
                && token.role != Role::Year
                && token.raw.starts_with(char::is_uppercase)
        })
    };
    let openings = question
        .tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| token.opens)
        .map(|(at, _)| at)
        .take(TRIES);
    openings
        .filter(|at| capital(*at))
        .map(|at| {
            let more = (at + 1..at + 4).take_while(|next| {
                capital(*next) && question.tokens.get(*next).is_some_and(|token| !token.listed)
            });
            at..at + 1 + more.count()
        })
        .collect()
}

/// Words of a few capitals, which may be the first letters of a title.
fn short_forms(question: &Question) -> Vec<Range<usize>> {
    let tokens = question.tokens.iter().enumerate();
    let short = tokens.filter(|(_, token)| lexicon::is_short_form(&token.raw));
    short.map(|(at, _)| at..at + 1).take(TRIES).collect()
}

/// Words, alone or in pairs, that are titles, for a question without capitals.
fn by_titles(question: &mut Question, session: &Session<'_>) -> Result<Vec<Entity>, IndexError> {
    let mut found = Vec::new();
    let candidates: Vec<usize> = (0..question.tokens.len())
        .filter(|at| question.tokens.get(*at).is_some_and(|token| token.role == Role::Content))
        .take(TRIES)
        .collect();
    let mut used = 0;
    for at in candidates {
        if at < used {
            continue;
        }
        for width in [3, 2, 1] {
            let run = at..at + width;
            let whole = question
                .tokens
                .get(run.clone())
                .is_some_and(|tokens| tokens.iter().skip(1).all(|token| !token.opens));
            if whole && let Some(entity) = titled(question, &run, session)? {
                mark(question, &run, Role::Name);
                used = run.end;
                push(&mut found, entity);
                break;
            }
        }
    }
    Ok(found)
}
