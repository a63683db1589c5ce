//! Finding one labelled value about one entity.

use std::{collections::HashSet, ops::Range, rc::Rc};

use fathom_core::Confidence;

use super::field::{FieldSpec, Value};
use crate::{
    document::{Fact, OpenDocument},
    index::{Hit, IndexError, Query},
    plan::Entity,
    session::Session,
    text::{sentence::trim, whitespace::head},
};

/// A value that was found, and where.
#[derive(Clone)]
pub(crate) struct Found {
    pub page: Rc<OpenDocument>,
    pub fact: Rc<Fact>,
    pub value: Value,
    /// The bytes of the document that carry the value.
    pub quote: Range<usize>,
    pub score: f64,
    pub exact: bool,
    /// The same value in other documents.
    pub same: Vec<(Rc<OpenDocument>, Range<usize>)>,
    /// Another value under the same label in another document.
    pub rival: Option<(Rc<OpenDocument>, Range<usize>)>,
}

impl Found {
    pub(crate) fn confidence(&self) -> Confidence {
        match (self.exact, self.rival.is_some()) {
            (_, true) => Confidence::Low,
            _ if !self.same.is_empty() => Confidence::High,
            (true, false) => Confidence::High,
            (false, false) => Confidence::Medium,
        }
    }
}

/// Passages looked at for one value.
pub(crate) const LOOK: usize = 40;
/// A label covers at least this much of what is wanted.
const FLOOR: f64 = 0.6;
/// What every further word of a label costs.
const EXTRA: f64 = 0.04;
const LEAF: f64 = 0.1;
/// A label with more further words than this is about something else.
const MOST_EXTRA: usize = 3;

/// The best value for `want` about `entity`, or about the library as a whole.
pub(crate) fn lookup(
    want: &FieldSpec,
    entity: Option<&Entity>,
    session: &Session<'_>,
) -> Result<Option<Found>, IndexError> {
    let mut found: Vec<Found> = Vec::new();
    let mut seen: HashSet<(String, usize)> = HashSet::new();
    for (page, range) in places(want, entity, session)? {
        for fact in page.facts().iter() {
            let inside = range
                .as_ref()
                .is_none_or(|range| range.start <= fact.value.start && fact.value.end <= range.end);
            if !inside || !seen.insert((page.document.document.clone(), fact.value.start)) {
                continue;
            }
            if entity.is_none_or(|entity| concerns(&page, fact, entity))
                && let Some(candidate) = judge(want, entity, &page, fact)
            {
                found.push(candidate);
            }
        }
    }
    Ok(best(found))
}

/// A document to look in, and the passage if not the whole of it counts.
type Place = (Rc<OpenDocument>, Option<Range<usize>>);

/// Whole documents about the entity, and passages that may hold the value.
fn places(
    want: &FieldSpec,
    entity: Option<&Entity>,
    session: &Session<'_>,
) -> Result<Vec<Place>, IndexError> {
    let mut places = Vec::new();
    for home in entity.iter().flat_map(|entity| &entity.homes) {
        if let Some(page) = session.page(home)?
            && session.admits(&page)
        {
            session.tell_source(&page);
            places.push((page, None));
        }
    }
    let mut terms: Vec<String> = want
        .words
        .iter()
        .flat_map(|word| std::iter::once(&word.term).chain(&word.also))
        .cloned()
        .collect();
    terms.extend(entity.iter().flat_map(|entity| entity.terms.iter().cloned()));
    let query = Query::new(terms);
    let phrase = [want.phrase.as_str(), entity.map_or("", |entity| entity.name.as_str())].join(" ");
    for Hit { document, start, end, .. } in
        session.search(phrase.trim(), &query, LOOK)?.iter().cloned()
    {
        if let Some(page) = session.page(&document)? {
            places.push((page, Some(start..end)));
        }
    }
    Ok(places)
}

/// Whether a fact is about the entity: its row, its document or its headings bear the name.
fn concerns(page: &OpenDocument, fact: &Fact, entity: &Entity) -> bool {
    if let Some(row) = &fact.row {
        let terms = page.analyzer.terms(row);
        return entity.terms.iter().all(|term| terms.contains(term))
            && terms.len() <= entity.terms.len() + 2;
    }
    let home = entity.homes.contains(&page.document.document);
    let named = |term: &String| {
        page.title_terms.contains(term)
            || fact.path.terms.contains(term)
            || fact.label_terms.contains(term)
    };
    // A document whose title is another entity's full name that only contains this one is about that other one.
    home || entity.homes.is_empty() && entity.terms.iter().all(named)
}

/// Label words that say no more than that this is the value.
fn is_neutral(term: &str) -> bool {
    matches!(
        term,
        "total"
            | "percent"
            | "name"
            | "overal"
            | "all"
            | "valu"
            | "number"
            | "amount"
            | "of"
            | "the"
            | "in"
            | "at"
            | "and"
            | "by"
            | "s"
            | "for"
            | "to"
            | "est"
    )
}

pub(crate) fn judge(
    want: &FieldSpec,
    entity: Option<&Entity>,
    page: &Rc<OpenDocument>,
    fact: &Rc<Fact>,
) -> Option<Found> {
    let note = fact.label_terms.first().is_some_and(|term| term == "note");
    if want
        .heading
        .as_ref()
        .is_some_and(|heading| heading != fact.heading.as_ref().unwrap_or(&fact.label))
    {
        return None;
    }
    let coverage = want.coverage(|term| fact.holds(term));
    if coverage < FLOOR || note {
        return None;
    }
    let wanted = |term: &String| {
        want.words.iter().any(|word| word.is(term))
            || entity.is_some_and(|entity| entity.terms.contains(term))
    };
    let further =
        |terms: &[String]| terms.iter().filter(|term| !wanted(term) && !is_neutral(term)).count();
    let general = fact.label_terms.first().is_some_and(|term| is_neutral(term))
        && !fact.heading_terms.is_empty();
    let leaf = general || fact.label_terms.iter().any(wanted);
    let extra = further(&fact.heading_terms) + if general { 0 } else { further(&fact.label_terms) };
    // A label of its own under a heading that fits names a part of it: the time difference is not the capital.
    let off = !leaf && want.heading.is_none() || extra > MOST_EXTRA || coverage < 0.99 && extra > 1;
    if off {
        return None;
    }
    let text = page.text(fact.value.clone());
    let (value, quote) = want.read(text)?;
    let score = coverage - EXTRA * as_f64(extra) + if leaf { LEAF } else { 0.0 } + want.taste(text);
    let exact = extra == 0 && leaf && coverage > 0.99;
    let quote = fact.value.start + quote.start..fact.value.start + quote.end;
    Some(Found {
        page: Rc::clone(page),
        fact: Rc::clone(fact),
        value,
        quote,
        score,
        exact,
        same: Vec::new(),
        rival: None,
    })
}

#[expect(clippy::cast_precision_loss, reason = "a label has few words")]
const fn as_f64(count: usize) -> f64 {
    count as f64
}

/// The best candidate, with those of other documents that agree or disagree with it.
fn best(mut found: Vec<Found>) -> Option<Found> {
    found.sort_by(|a, b| {
        b.score.total_cmp(&a.score).then_with(|| {
            (&a.page.document.path, a.fact.order).cmp(&(&b.page.document.path, b.fact.order))
        })
    });
    let mut rest = found.into_iter();
    let mut best = rest.next()?;
    for other in rest {
        let elsewhere = other.page.document.path != best.page.document.path
            && best.same.iter().all(|(page, _)| page.document.path != other.page.document.path);
        // Only a fact under an equally good label speaks of the same thing.
        if !elsewhere || other.score + 1e-9 < best.score {
            continue;
        }
        if other.value.agrees(&best.value) {
            best.same.push((other.page, other.quote));
        } else if best.rival.is_none() {
            best.rival = Some((other.page, other.quote));
        }
    }
    Some(best)
}

/// A value cut for a table cell: the first of a series, or a list up to a comma.
pub(crate) fn cell(text: &str, most: usize) -> Range<usize> {
    let series = text.starts_with(|c: char| c.is_ascii_digit() || c == '$' || c == '-');
    let first = text.find("; ").filter(|at| series || *at <= most && text.len() > most);
    let mut end = first.unwrap_or(text.len());
    if end > most {
        let head = head(text, most);
        end = head
            .rfind("; ")
            .or_else(|| head.rfind(", "))
            .or_else(|| head.rfind(' '))
            .unwrap_or(head.len());
    }
    trim(text, 0..end)
}
