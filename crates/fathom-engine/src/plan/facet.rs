//! The things that are asked, as words with weights.

use fathom_core::event::FacetOrigin;

use super::{Question, Role, Token, Words};
use crate::{index::IndexError, session::Session, text::whitespace::collapse};

/// One thing that is asked: a part of the question, or a part of the library that suits it.
#[derive(Clone, Debug)]
pub(crate) struct Facet {
    pub title: String,
    pub origin: FacetOrigin,
    pub words: Words,
}

impl Facet {
    /// A facet that a heading of the library suggests.
    pub(crate) fn from_heading(heading: &str, session: &Session<'_>) -> Result<Self, IndexError> {
        let question = Question::read(heading);
        let words = Words::of(&question, &question.tokens, session)?;
        Ok(Self { title: heading.to_owned(), origin: FacetOrigin::Library, words })
    }
}

/// The parts of the question that are no names: each group of words between commas, `and` and names.
pub(super) fn facets(question: &Question, session: &Session<'_>) -> Result<Vec<Facet>, IndexError> {
    let mut groups: Vec<Vec<&Token>> = vec![Vec::new()];
    for token in &question.tokens {
        let breaks = token.listed || token.opens || token.role == Role::Name;
        if breaks && groups.last().is_some_and(|group| !group.is_empty()) {
            groups.push(Vec::new());
        }
        if matches!(token.role, Role::Content | Role::Frame)
            && let Some(group) = groups.last_mut()
        {
            group.push(token);
        }
    }
    groups.retain(|group| group.iter().any(|token| token.role == Role::Content));
    if !is_list(question) && groups.len() > 1 {
        // Without a list, the words around a name belong together: "How does Norway produce its electricity".
        groups = vec![groups.concat()];
    }
    let mut facets: Vec<Facet> = Vec::new();
    for group in groups {
        let words = Words::of(question, group.iter().copied(), session)?;
        if facets.iter().all(|known| known.words.phrase() != words.phrase()) {
            let title = title(question, &group);
            facets.push(Facet { title, origin: FacetOrigin::Question, words });
        }
    }
    Ok(facets)
}

/// Whether content words are listed with commas or `and`, or the question has several sentences.
fn is_list(question: &Question) -> bool {
    let mut seen = false;
    let mut divided = false;
    for token in &question.tokens {
        divided |= seen && (token.listed || token.opens);
        if token.role == Role::Content {
            if seen && divided {
                return true;
            }
            seen = true;
            divided = false;
        }
    }
    false
}

/// A title of more bytes than this is written without its small words.
const LONG: usize = 80;

/// The words of a group from its first to its last word of content, without the frame around them.
fn title(question: &Question, group: &[&Token]) -> String {
    let telling = |token: &&Token| token.role == Role::Content;
    let first = group.iter().position(telling).unwrap_or_default();
    let last = group.iter().rposition(telling).unwrap_or_default();
    let span: Vec<Token> =
        group.iter().take(last + 1).skip(first).map(|token| (*token).clone()).collect();
    let joined = span.windows(2).all(|pair| match pair {
        [a, b] => question
            .text
            .get(a.range.end..b.range.start)
            .is_some_and(|gap| !gap.contains(['?', '\n']) && gap.len() < 3),
        _ => true,
    });
    let text = if joined && question.phrase(&span).len() <= LONG {
        question.phrase(&span).to_owned()
    } else {
        let told = span.iter().filter(|token| token.role == Role::Content);
        told.map(|token| token.raw.as_str()).collect::<Vec<_>>().join(" ")
    };
    capitalised(&text)
}

/// `text` with a capital first letter, on one line.
pub(super) fn capitalised(text: &str) -> String {
    let line = collapse(text);
    let mut chars = line.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
