//! What a library says about one entity, in the order of its own headings.

use std::{collections::HashMap, rc::Rc};

use fathom_core::event::FacetOrigin;

use super::run::Outcome;
use crate::{
    index::IndexError,
    plan::{Entity, Facet, Plan, Word, most_facets},
    read::{Kind, Library, Page, Unit},
    write::{Block, Line, Section},
};

pub(super) fn profile(plan: &Plan, include: &[String], library: &Library<'_>) -> Result<Outcome, IndexError> {
    let mut outcome = Outcome::default();
    let mut lead = Vec::new();
    for home in plan.entities.iter().flat_map(|entity| &entity.homes) {
        let Some(page) = library.page(home)? else { continue };
        if !crate::index::glob::matches_any(include, &page.document.path) {
            continue;
        }
        let sections = sections(&page, plan, library)?;
        if let Some(first) = sections.iter().find_map(|(_, units)| units.iter().find(|unit| unit.kind == Kind::Sentence)) {
            lead.push(line(first));
        }
        for (title, units) in sections {
            outcome.kept += units.len();
            outcome.sections.push(Section::new(title, vec![Block::List(units.iter().map(|unit| line(unit)).collect())]));
        }
    }
    if !lead.is_empty() {
        outcome.sections.insert(0, Section::new("In short", vec![Block::Paragraph(lead)]));
    }
    Ok(outcome)
}

fn line(unit: &Rc<Unit>) -> Line {
    let heading = unit.trail.headings.last().filter(|heading| unit.kind != Kind::Sentence && !unit.text().starts_with(heading.as_str()));
    Line::new(heading.cloned(), unit.page.quote(&unit.range))
}

/// The pieces under a heading of the entity's own documents that is just what the facet asks for: "the economy of Chile".
pub(super) fn under(facet: &Facet, entity: &Entity, plan: &Plan, library: &Library<'_>) -> Result<Vec<Line>, IndexError> {
    let asked = facet.terms();
    for home in &entity.homes {
        let Some(page) = library.page(home)? else { continue };
        let is_it = |heading: &String| {
            let terms = page.analyzer.terms(heading);
            !terms.is_empty() && terms.iter().all(|term| asked.contains(term))
        };
        let mut units: Vec<Rc<Unit>> = Vec::new();
        for hit in page.passages() {
            let found = library.units(&hit)?;
            // Only a heading with headings below it is a section; others are labels and looked up as such.
            units.extend(found.iter().filter(|unit| unit.trail.headings.len() > 1 && unit.trail.headings.first().is_some_and(is_it)).cloned());
        }
        let sentences = units.iter().filter(|unit| unit.kind == Kind::Sentence).take(most_facets(plan.effort));
        let mut values: Vec<&Rc<Unit>> = Vec::new();
        for unit in units.iter().filter(|unit| unit.kind != Kind::Sentence) {
            if values.last().is_none_or(|last| last.trail.headings.last() != unit.trail.headings.last()) {
                values.push(unit);
            }
        }
        let lines: Vec<Line> = sentences.chain(values.into_iter().take(most_facets(plan.effort))).map(line).collect();
        if !lines.is_empty() {
            return Ok(lines);
        }
    }
    Ok(Vec::new())
}

/// The first pieces under each of the page's top headings.
fn sections(page: &Rc<Page>, plan: &Plan, library: &Library<'_>) -> Result<Vec<(String, Vec<Rc<Unit>>)>, IndexError> {
    let pieces = most_facets(plan.effort).min(6);
    let mut sections: Vec<(String, Vec<Rc<Unit>>)> = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for hit in page.passages() {
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
                let entry = shared.entry(name.clone()).or_insert((0, fact.order, page.analyzer.terms(name).len()));
                entry.0 += 1;
            }
        }
    }
    let mut common: Vec<(String, usize, usize)> =
        shared.into_iter().filter(|(_, (count, ..))| *count == pages && pages > 0).map(|(name, (_, order, words))| (name, order, words)).collect();
    common.sort_by_key(|(_, order, words)| (*words, *order));
    common.truncate(most_facets(plan.effort));
    common.sort_by_key(|(_, order, _)| *order);
    common.into_iter().map(|(name, ..)| facet(&name, library)).collect()
}

fn facet(title: &str, library: &Library<'_>) -> Result<Facet, IndexError> {
    let analyzer = crate::text::Analyzer::detect(title);
    let mut words = Vec::new();
    for term in analyzer.terms(title) {
        let weight = library.weight(&term)?;
        words.push(Word { raw: term.clone(), term, also: Vec::new(), weight, weak: false });
    }
    Ok(Facet { title: title.to_owned(), origin: FacetOrigin::Library, words, phrases: vec![title.to_lowercase()] })
}
