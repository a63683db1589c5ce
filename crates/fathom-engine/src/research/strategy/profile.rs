//! What a library says about one entity, in the order of its own headings.

use std::{collections::HashMap, rc::Rc};

use crate::{
    document::{Kind, OpenDocument, Segment},
    index::IndexError,
    plan::{Entity, Facet, Plan, most_facets},
    rank::weights::{EXACT_VALUE, FITTING_LABEL},
    report::{Block, Findings, Line, Section},
    research::lines::piece,
    session::Session,
};

/// A heading and the pieces to show under it.
type Part = (String, Vec<Rc<Segment>>);

/// So many sentences stand in short.
const LEAD: usize = 2;
/// Only the beginning of a very long document is shown.
const LONGEST: usize = 600;

pub(in crate::research) fn profile(
    plan: &Plan,
    session: &Session<'_>,
) -> Result<Findings, IndexError> {
    let mut outcome = Findings { confidence: EXACT_VALUE, ..Findings::default() };
    let mut lead = Vec::new();
    for home in plan.entities.iter().flat_map(|entity| &entity.homes) {
        let Some(page) = session.page(home)? else { continue };
        if !session.admits(&page) {
            continue;
        }
        session.tell_source(&page);
        let mut sections = sections(&page, plan, session)?;
        lead.extend(in_short(&mut sections));
        for (title, segments) in sections {
            outcome.kept += segments.len();
            outcome
                .sections
                .push(Section::new(title, vec![Block::List(segments.iter().map(piece).collect())]));
        }
    }
    if !lead.is_empty() {
        outcome.sections.insert(0, Section::new("In short", vec![Block::List(lead)]));
    }
    Ok(outcome)
}

/// The first sentences, taken out of their section; without any, the first piece of the first sections.
fn in_short(sections: &mut [Part]) -> Vec<Line> {
    let is_sentence = |segment: &Rc<Segment>| segment.kind == Kind::Sentence;
    let prose = sections.iter_mut().find(|(_, segments)| {
        segments.iter().filter(|segment| is_sentence(segment)).count() > LEAD
    });
    let Some((_, segments)) = prose else {
        return sections
            .iter()
            .take(LEAD + 1)
            .filter_map(|(_, segments)| segments.first())
            .map(piece)
            .collect();
    };
    let mut lead = Vec::new();
    segments.retain(|segment| {
        let leads = is_sentence(segment) && lead.len() < LEAD;
        if leads {
            lead.push(piece(segment));
        }
        !leads
    });
    lead
}

/// The pieces under a heading of the entity's own documents that is just what the facet asks for: "the economy of Chile".
pub(super) fn under(
    facet: &Facet,
    entity: &Entity,
    plan: &Plan,
    session: &Session<'_>,
) -> Result<Vec<Line>, IndexError> {
    let asked = facet.words.terms();
    for home in &entity.homes {
        let Some(page) = session.page(home)? else { continue };
        let is_it = |heading: &String| {
            let terms = page.analyzer.terms(heading);
            let met = facet.words.share(|word| terms.iter().any(|term| word.is(term)));
            !terms.is_empty()
                && terms.iter().all(|term| asked.contains(term))
                && met >= FITTING_LABEL
        };
        let mut segments: Vec<Rc<Segment>> = Vec::new();
        for hit in page.passages().into_iter().take(LONGEST) {
            if session.is_cancelled() {
                break;
            }
            let found = session.segments(&hit)?;
            // Only a heading with headings below it is a section; others are labels and looked up as such.
            segments.extend(
                found
                    .iter()
                    .filter(|segment| {
                        segment.path.headings.len() > 1
                            && segment.path.headings.first().is_some_and(is_it)
                    })
                    .cloned(),
            );
        }
        let sentences = segments
            .iter()
            .filter(|segment| segment.kind == Kind::Sentence)
            .take(most_facets(plan.effort));
        let mut values: Vec<&Rc<Segment>> = Vec::new();
        for segment in segments.iter().filter(|segment| segment.kind != Kind::Sentence) {
            if values
                .last()
                .is_none_or(|last| last.path.headings.last() != segment.path.headings.last())
            {
                values.push(segment);
            }
        }
        let lines: Vec<Line> =
            sentences.chain(values.into_iter().take(most_facets(plan.effort))).map(piece).collect();
        if !lines.is_empty() {
            return Ok(lines);
        }
    }
    Ok(Vec::new())
}

/// The first pieces under each of the page's top headings.
fn sections(
    page: &Rc<OpenDocument>,
    plan: &Plan,
    session: &Session<'_>,
) -> Result<Vec<Part>, IndexError> {
    let pieces = most_facets(plan.effort).min(6);
    let mut sections: Vec<Part> = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for hit in page.passages().into_iter().take(LONGEST) {
        if session.is_cancelled() {
            break;
        }
        for segment in session.segments(&hit)?.iter() {
            let top = segment.path.headings.first().unwrap_or(&page.document.title).clone();
            let at = *seen.entry(top.clone()).or_insert(sections.len());
            if at == sections.len() {
                sections.push((top, Vec::new()));
            }
            let Some((_, segments)) = sections.get_mut(at) else { continue };
            // One piece for each field, so that a section shows its breadth.
            let sub = segment.path.headings.last();
            let shown = segments.iter().filter(|known| known.path.headings.last() == sub).count();
            let most = if segment.kind == Kind::Sentence { 3 } else { 1 };
            if segments.len() < pieces && shown < most {
                segments.push(Rc::clone(segment));
            }
        }
    }
    sections.truncate(most_facets(plan.effort) + 2);
    Ok(sections)
}

/// The top headings of the documents about an entity.
pub(in crate::research) fn top_facets(
    plan: &Plan,
    session: &Session<'_>,
) -> Result<Vec<Facet>, IndexError> {
    let mut headings: Vec<String> = Vec::new();
    for home in plan.entities.iter().flat_map(|entity| &entity.homes) {
        let Some(page) = session.page(home)? else { continue };
        for heading in page.blocks.iter().filter_map(|(_, path)| path.headings.first()) {
            if !headings.contains(heading) {
                headings.push(heading.clone());
            }
        }
    }
    headings.truncate(most_facets(plan.effort) + 2);
    headings.iter().map(|heading| Facet::from_heading(heading, session)).collect()
}

/// The headings that the documents of all entities share, the plainest first.
pub(in crate::research) fn shared_facets(
    plan: &Plan,
    session: &Session<'_>,
) -> Result<Vec<Facet>, IndexError> {
    let mut shared: HashMap<String, (usize, usize, usize)> = HashMap::new();
    let mut pages = 0;
    for home in plan.entities.iter().filter_map(|entity| entity.homes.first()) {
        let Some(page) = session.page(home)? else { continue };
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
    common.into_iter().map(|(name, ..)| Facet::from_heading(&name, session)).collect()
}
