//! Several entities side by side.

use fathom_core::event::FacetOrigin;

use super::profile::under;
use crate::{
    document::Segment,
    extract::{FieldSpec, Found, lookup},
    index::IndexError,
    plan::{Entity, Facet, Plan},
    rank::weights::{EXACT_VALUE, FITTING_VALUE, FOUND},
    report::{Block, DISAGREE, Findings, Line, Section, Table},
    research::{
        lines::{is_near, led, quoted, value},
        retrieve::{Quotable, quotable, retrieve},
    },
    session::Session,
};

/// A table cell holds at most this many bytes.
const CELL: usize = 170;
/// A table of more facets than this has a row for each of them.
const WIDE: usize = 4;
/// So many facets are told in short.
const LEAD: usize = 5;
/// A value this short fits into a sentence; a list is cut to it.
const SHORT: usize = 110;
/// So many lines of a whole section are shown for each entity.
const PART: usize = 5;

/// What was found about one facet of one entity.
struct Answer {
    /// A labelled value.
    value: Option<Found>,
    /// A section of the entity's own document that is just this facet.
    part: Vec<Line>,
    /// Stretches that speak of it, the nearest first.
    pieces: Vec<Quotable>,
    merged: usize,
    /// What was searched for.
    tried: Vec<String>,
    /// The probability that what was found answers.
    confidence: f64,
}

/// One row for each entity, one column for each facet.
type Grid = Vec<Vec<Answer>>;

/// So many stretches are kept of each entity's facet.
const PIECES: usize = 4;

pub(in crate::research) fn compare(
    plan: &Plan,
    session: &Session<'_>,
) -> Result<Findings, IndexError> {
    let mut grid: Grid = Vec::new();
    for entity in &plan.entities {
        let row = plan.facets.iter().map(|facet| answer(facet, entity, plan, session));
        grid.push(row.collect::<Result<_, _>>()?);
    }
    Ok(write(plan, &grid))
}

fn answer(
    facet: &Facet,
    entity: &Entity,
    plan: &Plan,
    session: &Session<'_>,
) -> Result<Answer, IndexError> {
    let value = lookup(&FieldSpec::of_facet(facet), Some(entity), session)?;
    let part: Vec<Line> = match &value {
        None => under(facet, entity, plan, session)?.into_iter().take(PART).collect(),
        Some(_) => Vec::new(),
    };
    let found = if part.is_empty() { value.as_ref().map_or(0.0, sureness) } else { FITTING_VALUE };
    let mut answer =
        Answer { value, part, pieces: Vec::new(), merged: 0, tried: Vec::new(), confidence: found };
    // What the library's own headings suggest has a value by itself; only what a person asks is searched for.
    if facet.origin == FacetOrigin::Question {
        let retrieved = retrieve(&plan.words_of(facet, entity), &[entity], plan, session)?;
        answer.tried.push(retrieved.words.phrase());
        let probability = retrieved.probability();
        // What is asked must stand somewhere; a name alone brings its passages and no answer.
        let is_spoken_of = facet.words.list.iter().any(|word| word.is_known);
        if is_spoken_of && probability >= FOUND {
            (answer.pieces, answer.merged) = quotable(&retrieved, PIECES);
            answer.confidence = answer.confidence.max(probability);
        }
    }
    Ok(answer)
}

pub(super) fn sureness(found: &Found) -> f64 {
    if found.exact { EXACT_VALUE } else { FITTING_VALUE }
}

fn write(plan: &Plan, grid: &Grid) -> Findings {
    let mut findings = Findings::default();
    findings.sections.push(in_short(plan, grid));
    let found = |answer: &Answer| answer.value.is_some();
    if grid.iter().flatten().any(found) {
        let table = table(plan, grid);
        let table = if plan.facets.len() > WIDE { table.turned() } else { table };
        findings.sections.push(Section::new("Side by side", vec![Block::Table(table)]));
    }
    for (at, facet) in plan.facets.iter().enumerate() {
        let lines = details(plan, at, facet, grid);
        findings.kept += lines.len();
        if !lines.is_empty() {
            findings.sections.push(Section::new(facet.title.clone(), vec![Block::List(lines)]));
        }
    }
    findings.sections.extend(disagreements(plan, grid));
    findings.sections.retain(|section| !section.blocks.is_empty());
    findings.kept += grid.iter().flatten().filter(|answer| found(answer)).count();
    findings.merged = grid.iter().flatten().map(|answer| answer.merged).sum();
    findings.gaps = gaps(plan, grid);
    findings.confidence = mean(grid.iter().flatten().map(|answer| answer.confidence));
    findings
}

#[expect(clippy::cast_precision_loss, reason = "a table has few cells")]
pub(super) fn mean(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let count = values.clone().count();
    values.sum::<f64>() / count.max(1) as f64
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
        let lists = FieldSpec::of_facet(facet).prefers_list;
        let values = column(plan, at, grid).filter_map(|(entity, answer)| {
            let line = value(answer.value.as_ref()?, SHORT);
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
    part.or_else(|| answer.pieces.first().map(|piece| quoted(piece, Some(entity))))
}

fn table(plan: &Plan, grid: &Grid) -> Table {
    let heads =
        plan.facets.iter().enumerate().map(|(at, facet)| head(facet, column(plan, at, grid)));
    let cells = |row: &Vec<Answer>| {
        row.iter().map(|answer| answer.value.as_ref().map(|found| value(found, CELL))).collect()
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
fn details(plan: &Plan, at: usize, facet: &Facet, grid: &Grid) -> Vec<Line> {
    let most = if plan.facets.len() * plan.entities.len() > 12 { 1 } else { 2 };
    let mut lines = Vec::new();
    for (entity, answer) in column(plan, at, grid) {
        if !answer.part.is_empty() {
            lines.extend(answer.part.iter().skip(1).map(|line| led(line, entity)));
            continue;
        }
        let new = answer
            .pieces
            .iter()
            .filter(|piece| is_new(&piece.best, grid) && is_near(&piece.best, &facet.words));
        let mut chosen: Vec<&Quotable> = new.take(most).collect();
        chosen.sort_by_key(|piece| piece.range.start);
        lines.extend(chosen.iter().map(|piece| quoted(piece, Some(entity))));
    }
    lines
}

/// Whether a piece says something that the table does not.
fn is_new(segment: &Segment, grid: &Grid) -> bool {
    let text = segment.text();
    let mut values = grid.iter().flatten().filter_map(|answer| answer.value.as_ref());
    !values.any(|found| {
        let quote = found.page.text(found.quote.clone());
        text.contains(quote) || quote.contains(text)
    })
}

/// The facets of entities for which nothing at all was found, with the phrasings tried.
fn gaps(plan: &Plan, grid: &Grid) -> Vec<(String, Vec<String>)> {
    let mut gaps = Vec::new();
    for (at, facet) in plan.facets.iter().enumerate() {
        for (entity, answer) in column(plan, at, grid) {
            if answer.value.is_none() && answer.part.is_empty() && answer.pieces.is_empty() {
                gaps.push((format!("{}: {}", entity.name, facet.title), answer.tried.clone()));
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
                    ..value(found, CELL)
                });
            }
        }
    }
    (!lines.is_empty()).then(|| Section::new(DISAGREE, vec![Block::List(lines)]))
}
