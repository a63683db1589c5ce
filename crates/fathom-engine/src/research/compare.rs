//! Several entities side by side.

use fathom_core::event::FacetOrigin;

use super::{
    gather::{Gathered, gather},
    profile::under,
    run::{DISAGREE, Outcome},
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
/// A label with more further words than this is about something else.
const FURTHER: usize = 2;
/// So many lines of a whole section are shown for each entity.
const PART: usize = 5;

/// What was found about one facet of one entity.
struct Answer {
    /// A labelled value.
    value: Option<Found>,
    /// A section of the entity's own document that is just this facet.
    part: Vec<Line>,
    /// Pieces that speak of it.
    pieces: Gathered,
}

/// One row for each entity, one column for each facet.
type Grid = Vec<Vec<Answer>>;

pub(super) fn compare(
    plan: &Plan,
    include: &[String],
    library: &Library<'_>,
) -> Result<Outcome, IndexError> {
    let mut grid: Grid = Vec::new();
    for entity in &plan.entities {
        let row = plan.facets.iter().map(|facet| answer(facet, entity, plan, include, library));
        grid.push(row.collect::<Result<_, _>>()?);
    }
    Ok(write(plan, &grid))
}

fn answer(
    facet: &Facet,
    entity: &Entity,
    plan: &Plan,
    include: &[String],
    library: &Library<'_>,
) -> Result<Answer, IndexError> {
    // What the library's own headings suggest has a value by itself; only what a person asks is searched for.
    let pieces = match facet.origin {
        FacetOrigin::Question => gather(facet, &[entity], plan, include, library)?,
        FacetOrigin::Library => Gathered::nothing(facet),
    };
    let value = lookup(&facet.want(), Some(entity), library, include)?;
    let part = match &value {
        None => under(facet, entity, plan, library)?.into_iter().take(PART).collect(),
        Some(_) => Vec::new(),
    };
    Ok(Answer { value, part, pieces })
}

fn write(plan: &Plan, grid: &Grid) -> Outcome {
    let mut outcome = Outcome::default();
    outcome.sections.push(in_short(plan, grid));
    let found = |answer: &Answer| answer.value.is_some();
    if grid.iter().flatten().any(found) {
        let table = table(plan, grid);
        let table = if plan.facets.len() > WIDE { table.turned() } else { table };
        outcome.sections.push(Section::new("Side by side", vec![Block::Table(table)]));
    }
    for (at, facet) in plan.facets.iter().enumerate() {
        let lines = details(plan, at, grid);
        outcome.kept += lines.len();
        if !lines.is_empty() {
            outcome.sections.push(Section::new(facet.title.clone(), vec![Block::List(lines)]));
        }
    }
    outcome.sections.extend(disagreements(plan, grid));
    outcome.sections.retain(|section| !section.blocks.is_empty());
    outcome.kept += grid.iter().flatten().filter(|answer| found(answer)).count();
    outcome.merged = grid.iter().flatten().map(|answer| answer.pieces.merged).sum();
    outcome.gaps = gaps(plan, grid);
    outcome
}

/// The answers of one facet with the entity each is about.
fn column<'a>(
    plan: &'a Plan,
    at: usize,
    grid: &'a Grid,
) -> impl Iterator<Item = (&'a Entity, &'a Answer)> {
    plan.entities.iter().zip(grid).filter_map(move |(entity, row)| Some((entity, row.get(at)?)))
}

/// The short values of each facet in one line; where there are none, the best piece about each entity.
fn in_short(plan: &Plan, grid: &Grid) -> Section {
    let mut blocks = Vec::new();
    for (at, facet) in plan.facets.iter().enumerate().take(LEAD) {
        let lists = facet.want().prefers_list;
        let values = column(plan, at, grid).filter_map(|(entity, answer)| {
            let line = line(answer.value.as_ref()?, SHORT);
            (lists || line.quote.text().len() <= SHORT).then(|| (entity.name.clone(), line))
        });
        let items: Vec<(String, Line)> = values.collect();
        if !items.is_empty() {
            blocks.push(Block::Facts { topic: facet.title.clone(), items });
        }
    }
    if blocks.is_empty() {
        let best = grid
            .iter()
            .zip(&plan.entities)
            .filter_map(|(row, entity)| row.iter().find_map(|answer| first(answer, entity)));
        let lines: Vec<Line> = best.collect();
        if !lines.is_empty() {
            blocks.push(Block::List(lines));
        }
    }
    Section::new("In short", blocks)
}

fn first(answer: &Answer, entity: &Entity) -> Option<Line> {
    let part = answer.part.first().map(|line| led(line, entity));
    part.or_else(|| answer.pieces.found.first().map(|candidate| sourced(candidate, Some(entity))))
}

/// A line with the entity's name in front.
fn led(line: &Line, entity: &Entity) -> Line {
    let lead = line
        .lead
        .as_ref()
        .map_or_else(|| entity.name.clone(), |lead| format!("{}, {lead}", entity.name));
    Line { lead: Some(lead), ..line.clone() }
}

/// A found value as a line, cut to `most` bytes.
pub(super) fn line(found: &Found, most: usize) -> Line {
    let text = found.page.text(found.quote.clone());
    let part = cell(text, most);
    let quote = found.page.quote(&(found.quote.start + part.start..found.quote.start + part.end));
    let same = found.same.iter().map(|(page, range)| page.quote(range)).collect();
    Line { same, ..Line::new(None, quote) }
}

fn table(plan: &Plan, grid: &Grid) -> Table {
    let heads =
        plan.facets.iter().enumerate().map(|(at, facet)| head(facet, column(plan, at, grid)));
    let cells = |row: &Vec<Answer>| {
        row.iter().map(|answer| answer.value.as_ref().map(|found| line(found, CELL))).collect()
    };
    Table {
        head: std::iter::once(String::new()).chain(heads).collect(),
        rows: plan
            .entities
            .iter()
            .zip(grid)
            .map(|(entity, row)| (entity.name.clone(), cells(row)))
            .collect(),
    }
}

/// The label the documents use, where they agree on one; else the words of the question.
fn head<'a>(facet: &Facet, answers: impl Iterator<Item = (&'a Entity, &'a Answer)>) -> String {
    let found = answers.filter_map(|(_, answer)| answer.value.as_ref());
    let labels: Vec<&str> = found
        .map(|found| found.fact.heading.as_ref().unwrap_or(&found.fact.label).as_str())
        .collect();
    match labels.split_first() {
        Some((first, rest)) if rest.iter().all(|label| label == first) => (*first).to_owned(),
        _ => facet.title.clone(),
    }
}

/// What else the documents say about a facet, entity by entity.
fn details(plan: &Plan, at: usize, grid: &Grid) -> Vec<Line> {
    let pieces = if plan.facets.len() * plan.entities.len() > 12 { 1 } else { 2 };
    let budget = Budget { pieces, each_document: pieces };
    let mut lines = Vec::new();
    for (entity, answer) in column(plan, at, grid) {
        if !answer.part.is_empty() {
            lines.extend(answer.part.iter().skip(1).map(|line| led(line, entity)));
            continue;
        }
        let new = answer.pieces.found.iter().filter(|candidate| {
            is_new(candidate, grid) && is_near(candidate, &answer.pieces.facet)
        });
        let mut chosen = select(&new.cloned().collect::<Vec<_>>(), budget);
        chosen.sort_by_key(|candidate| candidate.unit.range.start);
        lines.extend(chosen.iter().map(|candidate| sourced(candidate, Some(entity))));
    }
    lines
}

/// Whether a piece says something that the table does not.
fn is_new(candidate: &Candidate, grid: &Grid) -> bool {
    let text = candidate.unit.text();
    let mut values = grid.iter().flatten().filter_map(|answer| answer.value.as_ref());
    !values.any(|found| {
        let quote = found.page.text(found.quote.clone());
        text.contains(quote) || quote.contains(text)
    })
}

/// Whether a labelled value is about the facet and not merely about something named after it: "Exports - partners" is
/// about exports, "Population below poverty line" is not about the population.
pub(super) fn is_near(candidate: &Candidate, facet: &Facet) -> bool {
    let unit = &candidate.unit;
    if unit.kind == Kind::Sentence {
        return true;
    }
    let Some(heading) = unit.trail.headings.last() else { return false };
    let terms = unit.page.analyzer.terms(heading);
    let asked = |term: &String| facet.words.iter().any(|word| !word.weak && word.term == *term);
    terms.first().is_some_and(asked) && terms.iter().filter(|term| !asked(term)).count() <= FURTHER
}

/// A piece with where it comes from in front.
pub(super) fn sourced(candidate: &Candidate, entity: Option<&Entity>) -> Line {
    let unit = &candidate.unit;
    let home = entity.filter(|entity| entity.homes.contains(&unit.page.document.document));
    let name = home.map_or(unit.page.document.title.as_str(), |entity| entity.name.as_str());
    let heading =
        unit.trail.headings.last().filter(|heading| !unit.text().starts_with(heading.as_str()));
    let lead = match heading {
        Some(heading) if unit.kind != Kind::Sentence => format!("{name}, {heading}"),
        _ => name.to_owned(),
    };
    let same = candidate.same.iter().map(|other| other.page.quote(&other.range)).collect();
    Line { same, ..Line::new(Some(lead), unit.page.quote(&unit.range)) }
}

/// The facets of entities for which nothing at all was found, with the phrasings tried.
fn gaps(plan: &Plan, grid: &Grid) -> Vec<(String, Vec<String>)> {
    let mut gaps = Vec::new();
    for (at, facet) in plan.facets.iter().enumerate() {
        for (entity, answer) in column(plan, at, grid) {
            if answer.value.is_none() && answer.part.is_empty() && answer.pieces.found.is_empty() {
                gaps.push((
                    format!("{}: {}", entity.name, facet.title),
                    answer.pieces.tried.clone(),
                ));
            }
        }
    }
    gaps
}

/// Values for which another document gives another one under the same label.
fn disagreements(plan: &Plan, grid: &Grid) -> Option<Section> {
    let mut lines = Vec::new();
    for (at, facet) in plan.facets.iter().enumerate() {
        for (entity, answer) in column(plan, at, grid) {
            let Some(found) = &answer.value else { continue };
            if let Some((page, range)) = &found.rival {
                let lead = format!("{}, {}", entity.name, facet.title);
                lines.push(Line {
                    lead: Some(lead),
                    against: Some(page.quote(range)),
                    same: Vec::new(),
                    ..line(found, CELL)
                });
            }
        }
    }
    (!lines.is_empty()).then(|| Section::new(DISAGREE, vec![Block::List(lines)]))
}
