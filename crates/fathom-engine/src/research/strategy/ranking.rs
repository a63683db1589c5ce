//! The most or the least of something, over all documents that give a number for it.

use std::{cmp::Ordering, collections::HashMap, rc::Rc};

use crate::{
    document::OpenDocument,
    extract::{FieldSpec, Found, Shape, Value, judge},
    index::{IndexError, Query},
    plan::{Facet, Plan, Superlative, Word, most_facets},
    rank::weights::FITTING_VALUE,
    report::{Block, Findings, Section, Table},
    research::lines::value,
    session::Session,
};

/// Passages looked at.
const LOOK: usize = 600;
/// Fewer comparable values than this are no ranking.
const FEWEST: usize = 4;
/// A cell holds at most this many bytes.
const CELL: usize = 120;

/// A table of the values with the largest or smallest first; nothing where the library holds too few of them.
pub(in crate::research) fn ranking(
    plan: &Plan,
    end: Superlative,
    session: &Session<'_>,
) -> Result<Option<Findings>, IndexError> {
    let Some(facet) = plan.facets.first() else { return Ok(None) };
    // "The ten countries with the highest": neither what is ranked nor how much of it stands in a label.
    let is_label = |word: &Word| {
        word.is_degree
            || word.raw.starts_with(|c: char| c.is_ascii_digit())
            || plan.ranked.as_ref().is_some_and(|ranked| word.is(ranked))
    };
    let words = plan.words.without(is_label);
    if words.is_empty() {
        return Ok(None);
    }
    let facet = &Facet { words, ..facet.clone() };
    let found = values(facet, session)?;
    let mut found = comparable(found);
    if found.len() < FEWEST {
        return Ok(None);
    }
    found.sort_by(|a, b| {
        let order = number(a).partial_cmp(&number(b)).unwrap_or(Ordering::Equal);
        (if end == Superlative::Most { order.reverse() } else { order })
            .then_with(|| a.page.document.path.cmp(&b.page.document.path))
    });
    let compared = found.len();
    found.truncate(most_facets(plan.effort) + 4);
    Ok(Some(outcome(facet, &found, compared)))
}

fn outcome(facet: &Facet, found: &[Found], compared: usize) -> Findings {
    let label = found.first().map_or_else(|| facet.title.clone(), heading);
    let first =
        found.iter().take(3).map(|found| (found.page.document.title.clone(), value(found, CELL)));
    let lead = Block::Facts { topic: label.clone(), items: first.collect() };
    let rows = found
        .iter()
        .map(|found| (found.page.document.title.clone(), vec![Some(value(found, CELL))]));
    let note = format!(
        "{compared} documents of this library give a number under this label; these stand first."
    );
    let table = Table { head: vec![String::new(), label.clone()], rows: rows.collect() };
    let sections = vec![
        Section::new("In short", vec![lead]),
        Section::new(label, vec![Block::Own(note), Block::Table(table)]),
    ];
    Findings { sections, kept: found.len(), confidence: FITTING_VALUE, ..Findings::default() }
}

fn heading(found: &Found) -> String {
    found.fact.heading.clone().unwrap_or_else(|| found.fact.label.clone())
}

fn number(found: &Found) -> f64 {
    match found.value {
        Value::Number(number) => number,
        Value::Json(_) => 0.0,
    }
}

/// The best value of each document.
fn values(facet: &Facet, session: &Session<'_>) -> Result<Vec<Found>, IndexError> {
    let want =
        FieldSpec { shape: Shape::Number, prefers_list: false, ..FieldSpec::of_facet(facet) };
    let query = Query::new(facet.words.terms());
    let mut pages: HashMap<String, Rc<OpenDocument>> = HashMap::new();
    for hit in session.search(&facet.words.phrase(), &query, LOOK)?.iter() {
        if session.is_cancelled() {
            break;
        }
        if let Some(page) = session.page(&hit.document)? {
            pages.insert(hit.document.clone(), page);
        }
    }
    let best = |page: &Rc<OpenDocument>| {
        let facts = page.facts();
        let judged = facts.iter().filter_map(|fact| judge(&want, None, page, fact));
        judged.reduce(|best, next| if next.score > best.score { next } else { best })
    };
    Ok(pages.values().filter_map(best).filter(|found| found.score > 0.8).collect())
}

/// Those under the label that most documents use.
fn comparable(found: Vec<Found>) -> Vec<Found> {
    let mut labels: HashMap<String, usize> = HashMap::new();
    for found in &found {
        *labels.entry(heading(found)).or_default() += 1;
    }
    let most = labels.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
    let Some((label, _)) = most else { return Vec::new() };
    found.into_iter().filter(|found| heading(found) == label).collect()
}
