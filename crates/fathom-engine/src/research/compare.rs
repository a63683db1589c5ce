//! Several entities side by side.

use std::collections::HashMap;

use fathom_core::event::FacetOrigin;

use super::{
    gather::Gathered,
    profile::shared_facets,
    run::{DISAGREE, Outcome, gather_each},
};
use crate::{
    fill::{Found, cell, lookup},
    index::IndexError,
    plan::{Entity, Facet, Plan},
    rank::{Budget, Candidate, select},
    read::{Kind, Library},
    write::{Block, Line, Section, Table},
};

/// A table cell holds at most this many bytes.
const CELL: usize = 170;
/// A table of more facets than this has a row for each of them.
const WIDE: usize = 4;
/// So many facets are told in short.
const LEAD: usize = 5;
/// A value this short fits into a sentence; a list is cut to it.
const SHORT: usize = 110;

pub(super) fn compare(plan: &Plan, include: &[String], library: &Library<'_>) -> Result<Outcome, IndexError> {
    let facets = if plan.facets.is_empty() { shared_facets(plan, library)? } else { plan.facets.clone() };
    let plan = Plan { facets, entities: plan.entities.clone(), ..*plan };
    let mut outcome = Outcome::default();
    let mut grid: Vec<Vec<Option<Found>>> = Vec::new();
    let mut gathered: Vec<Vec<Gathered>> = Vec::new();
    for entity in &plan.entities {
        let named = plan.facets.iter().any(|facet| facet.origin == FacetOrigin::Question);
        gathered.push(if named { gather_each(&plan, entity, include, library)? } else { Vec::new() });
        let row = plan.facets.iter().map(|facet| lookup(&facet.want(), Some(entity), library, include));
        grid.push(row.collect::<Result<_, _>>()?);
    }
    let used: Vec<String> = grid.iter().flatten().flatten().map(|found| found.page.text(found.quote.clone()).to_owned()).collect();
    let lead = in_short(&plan, &grid, &gathered);
    if !lead.blocks.is_empty() {
        outcome.sections.push(lead);
    }
    if grid.iter().flatten().any(Option::is_some) {
        let table = table(&plan, &grid);
        let table = if plan.facets.len() > WIDE { table.turned() } else { table };
        outcome.sections.push(Section::new("Side by side", vec![Block::Table(table)]));
    }
    for (at, facet) in plan.facets.iter().enumerate() {
        let each: Vec<&Gathered> = gathered.iter().filter_map(|row| row.get(at)).collect();
        outcome.merged += each.iter().map(|gathered| gathered.merged).sum::<usize>();
        let lines = if facet.origin == FacetOrigin::Question { details(&plan, &each, &used) } else { Vec::new() };
        outcome.kept += lines.len();
        if !lines.is_empty() {
            outcome.sections.push(Section::new(facet.title.clone(), vec![Block::List(lines)]));
        }
        note_gaps(&plan, facet, at, &grid, &each, &mut outcome);
    }
    outcome.kept += used.len();
    outcome.sections.extend(disagreements(&plan, &grid));
    Ok(outcome)
}

/// The short values of each facet in one line; where there are none, the best sentence about each entity.
fn in_short(plan: &Plan, grid: &[Vec<Option<Found>>], gathered: &[Vec<Gathered>]) -> Section {
    let mut blocks = Vec::new();
    for (at, facet) in plan.facets.iter().enumerate().take(LEAD) {
        let mut items = Vec::new();
        for (entity, row) in plan.entities.iter().zip(grid) {
            if let Some(found) = row.get(at).and_then(Option::as_ref) {
                let line = line(found, SHORT);
                if line.quote.text().len() <= SHORT || facet.want().prefers_list {
                    items.push((entity.name.clone(), line));
                }
            }
        }
        if !items.is_empty() {
            blocks.push(Block::Facts { topic: facet.title.clone(), items });
        }
    }
    if blocks.is_empty() {
        let best = gathered.iter().filter_map(|row| row.iter().find_map(|gathered| gathered.found.first()));
        let lines: Vec<Line> = best.map(|candidate| sourced(candidate, None)).collect();
        if !lines.is_empty() {
            blocks.push(Block::List(lines));
        }
    }
    Section::new("In short", blocks)
}

/// A found value as a line, cut to `most` bytes.
pub(super) fn line(found: &Found, most: usize) -> Line {
    let text = found.page.text(found.quote.clone());
    let part = cell(text, most);
    let quote = found.page.quote(&(found.quote.start + part.start..found.quote.start + part.end));
    Line { same: found.same.iter().map(|(page, range)| page.quote(range)).collect(), ..Line::new(None, quote) }
}

fn table(plan: &Plan, grid: &[Vec<Option<Found>>]) -> Table {
    let head = std::iter::once(String::new()).chain(plan.facets.iter().enumerate().map(|(at, facet)| column(facet, at, grid)));
    let rows = plan.entities.iter().zip(grid).map(|(entity, row)| {
        (entity.name.clone(), row.iter().map(|found| found.as_ref().map(|found| line(found, CELL))).collect())
    });
    Table { head: head.collect(), rows: rows.collect() }
}

/// The label the documents use, where they agree on one; else the words of the question.
fn column(facet: &Facet, at: usize, grid: &[Vec<Option<Found>>]) -> String {
    let labels: Vec<&str> = grid
        .iter()
        .filter_map(|row| row.get(at)?.as_ref())
        .map(|found| found.fact.heading.as_deref().unwrap_or(&found.fact.label))
        .collect();
    match labels.split_first() {
        Some((first, rest)) if rest.iter().all(|label| label == first) => (*first).to_owned(),
        _ => facet.title.clone(),
    }
}

/// What else the documents say about a facet, entity by entity.
fn details(plan: &Plan, each: &[&Gathered], used: &[String]) -> Vec<Line> {
    let pieces = if plan.facets.len() * plan.entities.len() > 12 { 1 } else { 2 };
    let budget = Budget { pieces, each_document: pieces };
    let mut lines = Vec::new();
    for (entity, gathered) in plan.entities.iter().zip(each) {
        let new: Vec<Candidate> = gathered.found.iter().filter(|candidate| is_new(candidate, used) && is_near(candidate, &gathered.facet)).cloned().collect();
        let mut chosen = select(&new, budget);
        chosen.sort_by_key(|candidate| candidate.unit.range.start);
        lines.extend(chosen.iter().map(|candidate| sourced(candidate, Some(entity))));
    }
    lines
}

/// Whether a labelled value is about the facet and not merely about something named after it: "Exports - partners" is
/// about exports, "Population below poverty line" is not about the population.
pub(super) fn is_near(candidate: &Candidate, facet: &Facet) -> bool {
    let unit = &candidate.unit;
    if unit.kind == Kind::Sentence {
        return true;
    }
    let heading = unit.trail.headings.last().map(|heading| unit.page.analyzer.terms(heading)).unwrap_or_default();
    heading.first().is_some_and(|first| facet.words.iter().any(|word| !word.weak && word.term == *first))
}

/// Whether a piece says something that the table does not.
fn is_new(candidate: &Candidate, used: &[String]) -> bool {
    let text = candidate.unit.text();
    !used.iter().any(|quote| text.contains(quote.as_str()) || quote.contains(text))
}

/// A piece with where it comes from in front.
pub(super) fn sourced(candidate: &Candidate, entity: Option<&Entity>) -> Line {
    let unit = &candidate.unit;
    let home = entity.filter(|entity| entity.homes.contains(&unit.page.document.document));
    let name = home.map_or(unit.page.document.title.as_str(), |entity| entity.name.as_str());
    let heading = unit.trail.headings.last().filter(|heading| !unit.text().starts_with(heading.as_str()));
    let lead = match heading {
        Some(heading) if unit.kind != Kind::Sentence => format!("{name}, {heading}"),
        _ => name.to_owned(),
    };
    let same = candidate.same.iter().map(|other| other.page.quote(&other.range)).collect();
    Line { same, ..Line::new(Some(lead), unit.page.quote(&unit.range)) }
}

fn note_gaps(plan: &Plan, facet: &Facet, at: usize, grid: &[Vec<Option<Found>>], each: &[&Gathered], outcome: &mut Outcome) {
    for (number, (entity, row)) in plan.entities.iter().zip(grid).enumerate() {
        let gathered = each.get(number);
        let found = row.get(at).is_some_and(Option::is_some) || gathered.is_some_and(|gathered| !gathered.found.is_empty());
        if !found {
            let tried = gathered.map(|gathered| gathered.tried.clone()).unwrap_or_default();
            outcome.gaps.push((format!("{}: {}", entity.name, facet.title), tried));
        }
    }
}

/// Values for which another document gives another one under the same label.
fn disagreements(plan: &Plan, grid: &[Vec<Option<Found>>]) -> Option<Section> {
    let mut lines = Vec::new();
    for (entity, row) in plan.entities.iter().zip(grid) {
        for (facet, found) in plan.facets.iter().zip(row) {
            let Some(found) = found else { continue };
            if let Some((page, range)) = &found.rival {
                let lead = format!("{}, {}", entity.name, facet.title);
                lines.push(Line { lead: Some(lead), against: Some(page.quote(range)), ..line(found, CELL) });
            }
        }
    }
    let mut seen = HashMap::new();
    lines.retain(|line| seen.insert(line.lead.clone(), ()).is_none());
    (!lines.is_empty()).then(|| Section::new(DISAGREE, vec![Block::List(lines)]))
}
