//! What was found, as lines of a report.

use std::rc::Rc;

use super::retrieve::Quotable;
use crate::{
    document::{Kind, Segment},
    extract::{Found, cell},
    index::year_of,
    plan::{Entity, Words},
    report::Line,
};

/// A label with more further words than this is about something else.
const FURTHER: usize = 2;

/// A found value as a line, cut to `most` bytes.
pub(super) fn value(found: &Found, most: usize) -> Line {
    let text = found.page.text(found.quote.clone());
    let part = cell(text, most);
    let quote = found.page.quote(&(found.quote.start + part.start..found.quote.start + part.end));
    let same = found.same.iter().map(|(page, range)| page.quote(range)).collect();
    Line { same, ..Line::new(None, quote) }
}

/// A stretch with where it comes from in front, and its best piece marked.
pub(super) fn quoted(quotable: &Quotable, entity: Option<&Entity>) -> Line {
    let best = &quotable.best;
    // Another source stands behind the quote only where it says all of it with the same words.
    let alone = quotable.range == best.range;
    let same = quotable.same.iter().filter(|other| alone && other.terms == best.terms);
    let same = same.map(|other| other.page.quote(&other.range)).collect();
    let quote = quotable.page().quote(&quotable.range);
    let marked = Some(quotable.best.range.clone());
    Line { marked, same, ..Line::new(Some(source(&quotable.best, entity)), quote) }
}

/// A stretch with its year in front.
pub(super) fn dated(quotable: &Quotable) -> Line {
    let year = quotable.page().document.date.as_deref().and_then(year_of);
    let line = quoted(quotable, None);
    Line { lead: year.map(|year| year.to_string()).or(line.lead.clone()), ..line }
}

/// The title and the last heading, where they say more than the piece itself.
fn source(segment: &Segment, entity: Option<&Entity>) -> String {
    let document = &segment.page.document;
    let home = entity.filter(|entity| entity.homes.contains(&document.document));
    let name = home.map_or(document.title.as_str(), |entity| entity.name.as_str());
    let told =
        |heading: &&String| !segment.text().starts_with(heading.as_str()) && *heading != name;
    match segment.path.headings.last().filter(told) {
        Some(heading) => format!("{name}, {heading}"),
        None => name.to_owned(),
    }
}

/// A piece under a heading of its own document.
pub(super) fn piece(segment: &Rc<Segment>) -> Line {
    let heading = segment.path.headings.last().filter(|heading| {
        segment.kind != Kind::Sentence && !segment.text().starts_with(heading.as_str())
    });
    Line::new(heading.cloned(), segment.page.quote(&segment.range))
}

/// A line with the entity's name in front.
pub(super) fn led(line: &Line, entity: &Entity) -> Line {
    let lead = line
        .lead
        .as_ref()
        .map_or_else(|| entity.name.clone(), |lead| format!("{}, {lead}", entity.name));
    Line { lead: Some(lead), ..line.clone() }
}

/// The label of a value with the heading above it, as the document writes them.
pub(super) fn label(found: &Found) -> String {
    match &found.fact.heading {
        Some(heading) if !found.fact.label.starts_with(heading.as_str()) => {
            format!("{heading}, {}", found.fact.label)
        }
        _ => found.fact.label.clone(),
    }
}

/// Whether a labelled value is about these words and not merely about something named after them: "Exports - partners"
/// is about exports, "Population below poverty line" is not about the population.
pub(super) fn is_near(segment: &Segment, words: &Words) -> bool {
    if segment.kind == Kind::Sentence {
        return true;
    }
    let terms = &segment.path.last;
    let asked = |term: &String| words.list.iter().any(|word| !word.is_degree && word.is(term));
    terms.first().is_none_or(asked) && terms.iter().filter(|term| !asked(term)).count() <= FURTHER
}
