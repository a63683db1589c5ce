//! What a library says about one entity, in the order of its own headings.

use std::{collections::HashMap, rc::Rc};

use super::run::Outcome;
use crate::{
    index::IndexError,
    plan::{Entity, Facet, Plan, most_facets},
    read::{Kind, Library, Page, Unit},
    write::{Block, Line, Section},
};

/// A heading and the pieces to show under it.
type Part = (String, Vec<Rc<Unit>>);

/// So many sentences stand in short.
const LEAD: usize = 2;
/// Only the beginning of a very long document is shown.
const LONGEST: usize = 600;

pub(super) fn profile(
    plan: &Plan,
    include: &[String],
    library: &Library<'_>,
) -> Result<Outcome, IndexError> {
    let mut outcome = Outcome::default();
    let mut lead = Vec::new();
    for home in plan.entities.iter().flat_map(|entity| &entity.homes) {
        let Some(page) = library.page(home)? else { continue };
        if !crate::index::glob::matches_any(include, &page.document.path) {
            continue;
        }
        let mut sections = sections(&page, plan, library)?;
        lead.extend(in_short(&mut sections));
        for (title, units) in sections {
            outcome.kept += units.len();
            outcome
                .sections
                .push(Section::new(title, vec![Block::List(units.iter().map(line).collect())]));
        }
    }
    if !lead.is_empty() {
        outcome.sections.insert(0, Section::new("In short", vec![Block::List(lead)]));
    }
    Ok(outcome)
}

/// The first sentences, taken out of their section; without any, the first piece of the first sections.
fn in_short(sections: &mut [Part]) -> Vec<Line> {
    let is_sentence = |unit: &Rc<Unit>| unit.kind == Kind::Sentence;
    let prose = sections
        .iter_mut()
        .find(|(_, units)| units.iter().filter(|unit| is_sentence(unit)).count() > LEAD);
    let Some((_, units)) = prose else {
        return sections
            .iter()
            .take(LEAD + 1)
            .filter_map(|(_, units)| units.first())
            .map(line)
            .collect();
    };
    let mut lead = Vec::new();
    units.retain(|unit| {
        let leads = is_sentence(unit) && lead.len() < LEAD;
        if leads {
            lead.push(line(unit));
        }
        !leads
    });
    lead
}

fn line(unit: &Rc<Unit>) -> Line {
    let heading = unit.trail.headings.last().filter(|heading| {
        unit.kind != Kind::Sentence && !unit.text().starts_with(heading.as_str())
    });
    Line::new(heading.cloned(), unit.page.quote(&unit.range))
}

/// The pieces under a heading of the entity's own documents that is just what the facet asks for: "the economy of Chile".
pub(super) fn under(
    facet: &Facet,
    entity: &Entity,
    plan: &Plan,
    library: &Library<'_>,
) -> Result<Vec<Line>, IndexError> {
    let asked = facet.terms();
    for home in &entity.homes {
        let Some(page) = library.page(home)? else { continue };
        let is_it = |heading: &String| {
            let terms = page.analyzer.terms(heading);
            !terms.is_empty() && terms.iter().all(|term| asked.contains(term))
        };
        let mut units: Vec<Rc<Unit>> = Vec::new();
        for hit in page.passages().into_iter().take(LONGEST) {
            if library.is_cancelled() {
                break;
            }
            let found = library.units(&hit)?;
            // Only a heading with headings below it is a section; others are labels and looked up as such.
            units.extend(
                found
                    .iter()
                    .filter(|unit| {
                        unit.trail.headings.len() > 1
                            && unit.trail.headings.first().is_some_and(is_it)
                    })
                    .cloned(),
            );
        }
        let sentences =
            units.iter().filter(|unit| unit.kind == Kind::Sentence).take(most_facets(plan.effort));
        let mut values: Vec<&Rc<Unit>> = Vec::new();
        for unit in units.iter().filter(|unit| unit.kind != Kind::Sentence) {
            if values
                .last()
                .is_none_or(|last| last.trail.headings.last() != unit.trail.headings.last())
            {
                values.push(unit);
            }
        }
        let lines: Vec<Line> =
            sentences.chain(values.into_iter().take(most_facets(plan.effort))).map(line).collect();
        if !lines.is_empty() {
            return Ok(lines);
        }
    }
    Ok(Vec::new())
}

/// The first pieces under each of the page's top headings.
fn sections(page: &Rc<Page>, plan: &Plan, library: &Library<'_>) -> Result<Vec<Part>, IndexError> {
    let pieces = most_facets(plan.effort).min(6);
    let mut sections: Vec<Part> = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for hit in page.passages().into_iter().take(LONGEST) {
        if library.is_cancelled() {
            break;
        }
        for unit in library.units(&hit)?.iter() {
            let top = unit.trail.headings.first().unwrap_or(&page.document.title).clone();
            let at = *seen.entry(top.clone()).or_insert(sections.len());
            if at == sections.len() {
                sections.push((top, Vec::new()));
            }
            let Some((_, units)) = sections.get_mut(at) else { continue };
            // One piece for each field, so that a section shows its breadth.
            let sub = unit.trail.headings.last();
            let shown = units.iter().filter(|known| known.trail.headings.last() == sub).count();
            let most = if unit.kind == Kind::Sentence { 3 } else { 1 };
            if units.len() < pieces && shown < most {
                units.push(Rc::clone(unit));
            }
        }
    }
    sections.truncate(most_facets(plan.effort) + 2);
    Ok(sections)
}

/// The top headings of the documents about an entity.
pub(super) fn top_facets(plan: &Plan, library: &Library<'_>) -> Result<Vec<Facet>, IndexError> {
    let mut headings: Vec<String> = Vec::new();
    for home in plan.entities.iter().flat_map(|entity| &entity.homes) {
        let Some(page) = library.page(home)? else { continue };
        for heading in page.blocks.iter().filter_map(|(_, trail)| trail.headings.first()) {
            if !headings.contains(heading) {
                headings.push(heading.clone());
            }
        }
    }
    headings.truncate(most_facets(plan.effort) + 2);
    headings.iter().map(|heading| Facet::from_heading(heading, library)).collect()
}

/// The headings that the documents of all entities share, the plainest first.
pub(super) fn shared_facets(plan: &Plan, library: &Library<'_>) -> Result<Vec<Facet>, IndexError> {
    let mut shared: HashMap<String, (usize, usize, usize)> = HashMap::new();
    let mut pages = 0;
    for home in plan.entities.iter().filter_map(|entity| entity.homes.first()) {
        let Some(page) = library.page(home)? else { continue };
        pages += 1;
        let mut seen = std::collections::HashSet::new();
        for fact in page.facts().iter() {
            let name = fact.heading.as_ref().unwrap_or(&fact.label);
            let short = fact.value.len() <= 120;
            if short && seen.insert(name.clone()) {
                let entry = shared.entry(name.clone()).or_insert((
                    0,
                    fact.order,
                    page.analyzer.terms(name).len(),
                ));
                entry.0 += 1;
            }
        }
    }
    let mut common: Vec<(String, usize, usize)> = shared
        .into_iter()
        .filter(|(_, (count, ..))| *count == pages && pages > 0)
        .map(|(name, (_, order, words))| (name, order, words))
        .collect();
    common.sort_by_key(|(_, order, words)| (*words, *order));
    common.truncate(most_facets(plan.effort));
    common.sort_by_key(|(_, order, _)| *order);
    common.into_iter().map(|(name, ..)| Facet::from_heading(&name, library)).collect()
}
