//! A question that any document may answer: the whole of it is searched for first; its names and its parts add
//! searches of their own, and never take away what the whole has found.

use std::collections::BTreeMap;

use fathom_core::Effort;

use super::{
    compare::{mean, sureness},
    profile::under,
};
use crate::{
    extract::{FieldSpec, Found, lookup},
    index::{IndexError, year_of},
    plan::{Entity, Facet, Plan, Standing, Words},
    rank::weights::{ANSWERED, FITTING_LABEL, FOUND, RELATED},
    report::{Block, DISAGREE, Findings, Line, Section},
    research::{
        contradictions,
        lines::{dated, label, quoted, value},
        retrieve::{Quotable, Retrieved, near_best, quotable, retrieve},
    },
    session::Session,
};

/// A fact is quoted up to this many bytes.
const FACT: usize = 400;

/// Stretches that a report quotes.
const fn most_quotes(effort: Effort, listed: bool) -> usize {
    let most = match effort {
        Effort::Quick => 4,
        Effort::Standard => 8,
        Effort::Deep => 14,
    };
    if listed { most * 2 } else { most }
}

pub(in crate::research) fn topic(
    plan: &Plan,
    session: &Session<'_>,
) -> Result<Findings, IndexError> {
    if plan.each {
        let findings = by_name(plan, session)?;
        if findings.confidence >= ANSWERED || !findings.sections.is_empty() {
            return Ok(findings);
        }
    }
    let entities: Vec<&Entity> = plan.entities.iter().collect();
    let whole = retrieve(&plan.words, &entities, plan, session)?;
    let mut findings = Findings { confidence: whole.probability(), ..Findings::default() };
    findings.missing = missing(&whole);
    let listed = plan.intent.list || plan.intent.timeline;
    let (quotes, merged) = quotable(&whole, most_quotes(plan.effort, listed));
    let quotes = if whole.probability() >= RELATED { quotes } else { Vec::new() };
    findings.kept = quotes.len();
    findings.merged = merged;
    let mut writer = Writer { plan, session, findings, shown: Vec::new(), homes: None };
    writer.facts(&entities)?;
    writer.answer(&quotes);
    writer.parts(&entities)?;
    writer.disagreements(&whole);
    Ok(writer.findings)
}

/// The words of the question that the best passage does not hold, or that the library does not.
fn missing(found: &Retrieved) -> Vec<String> {
    let unknown = found.words.unknown();
    if !unknown.is_empty() || found.probability() < RELATED {
        return unknown;
    }
    let held =
        |at: usize| found.passages.iter().any(|passage| passage.holds.get(at) == Some(&true));
    let places = found.words.list.iter().enumerate();
    places.filter(|(at, _)| !held(*at)).map(|(_, word)| word.raw.clone()).collect()
}

/// One search for each name of a list, with the other names left out.
fn by_name(plan: &Plan, session: &Session<'_>) -> Result<Findings, IndexError> {
    let mut findings = Findings::default();
    let mut lead = Vec::new();
    let mut sections = Vec::new();
    let mut confidences = Vec::new();
    for entity in &plan.entities {
        let found = retrieve(&plan.words_about(entity), &[entity], plan, session)?;
        confidences.push(found.probability());
        let (quotes, merged) = quotable(&found, most_quotes(Effort::Quick, false) - 1);
        let Some((first, rest)) = quotes.split_first().filter(|_| found.probability() >= FOUND)
        else {
            findings.gaps.push((entity.name.clone(), vec![found.words.phrase()]));
            continue;
        };
        findings.kept += quotes.len();
        findings.merged += merged;
        lead.push(quoted(first, Some(entity)));
        let near = near_best(&quotes).saturating_sub(1);
        let more: Vec<Line> =
            rest.iter().take(near).map(|quote| quoted(quote, Some(entity))).collect();
        if !more.is_empty() {
            sections.push(Section::new(entity.name.clone(), vec![Block::List(more)]));
        }
    }
    findings.confidence = mean(confidences.iter().copied());
    if !lead.is_empty() {
        findings.sections.push(Section::new("In short", vec![Block::List(lead)]));
        findings.sections.extend(sections);
    }
    Ok(findings)
}

struct Writer<'a, 'l> {
    plan: &'a Plan,
    session: &'a Session<'l>,
    findings: Findings,
    /// What is quoted already.
    shown: Vec<Line>,
    /// The documents about whom the question names, once one of them gives the very value that is asked for: what
    /// others say of somebody else adds nothing then.
    homes: Option<Vec<String>>,
}

impl Writer<'_, '_> {
    /// What the entity's own document says under a label or a heading that is just what is asked for.
    fn facts(&mut self, entities: &[&Entity]) -> Result<(), IndexError> {
        let [entity] = entities else { return Ok(()) };
        if entity.standing != Standing::Title || self.session.is_cancelled() {
            return Ok(());
        }
        for facet in &self.plan.facets {
            match lookup(&FieldSpec::of_facet(facet), Some(entity), self.session)? {
                Some(found) => self.fact(&found, facet, entity),
                None => self.section_of(facet, entity)?,
            }
        }
        Ok(())
    }

    fn fact(&mut self, found: &Found, facet: &Facet, entity: &Entity) {
        if !found.exact && !covers(found, &facet.words) {
            return;
        }
        let line = value(found, FACT);
        let topic = format!("{}, {}", entity.name, label(found));
        if let Some((page, range)) = &found.rival {
            let against = Some(page.quote(range));
            let line =
                Line { lead: Some(topic.clone()), against, same: Vec::new(), ..line.clone() };
            self.disagreement(line);
        }
        self.findings.confidence = self.findings.confidence.max(sureness(found));
        if found.exact {
            self.homes = Some(entity.homes.clone());
        }
        self.lead(Block::Facts { topic, items: vec![(String::new(), line.clone())] });
        self.shown.push(line);
    }

    fn section_of(&mut self, facet: &Facet, entity: &Entity) -> Result<(), IndexError> {
        let lines = under(facet, entity, self.plan, self.session)?;
        let Some((first, rest)) = lines.split_first() else { return Ok(()) };
        self.findings.kept += lines.len();
        self.findings.confidence = self.findings.confidence.max(ANSWERED);
        self.lead(Block::List(vec![first.clone()]));
        let title = format!("{}: {}", entity.name, facet.title);
        self.findings.sections.push(Section::new(title, vec![Block::List(rest.to_vec())]));
        self.shown.extend(lines);
        Ok(())
    }

    /// Adds to what stands first.
    fn lead(&mut self, block: Block) {
        match self.findings.sections.first_mut().filter(|section| section.title == SHORT) {
            Some(section) => section.blocks.push(block),
            None => self.findings.sections.insert(0, Section::new(SHORT, vec![block])),
        }
    }

    /// The best stretches first, the others after them as the question wants them ordered.
    fn answer(&mut self, quotes: &[Quotable]) {
        let adds = |quote: &&Quotable| !self.is_shown(quote) && self.is_own(quote);
        let new: Vec<&Quotable> = quotes.iter().filter(adds).collect();
        let first = if self.shown.is_empty() { near_best(quotes) } else { 0 };
        let (lead, rest) = new.split_at(first.min(new.len()));
        if !lead.is_empty() {
            self.lead(Block::List(lead.iter().map(|quote| quoted(quote, None)).collect()));
        }
        if !rest.is_empty() {
            let blocks = arrange(rest, self.plan);
            self.findings.sections.push(Section::new("More from the library", blocks));
        }
        self.shown.extend(new.into_iter().map(|quote| quoted(quote, None)));
    }

    fn is_own(&self, quote: &Quotable) -> bool {
        let document = &quote.page().document.document;
        self.homes.as_ref().is_none_or(|homes| homes.contains(document))
    }

    fn is_shown(&self, quote: &Quotable) -> bool {
        let document = &quote.page().document.document;
        self.shown.iter().any(|line| {
            line.quote.document.document == *document
                && line.quote.start < quote.range.end
                && quote.range.start < line.quote.end
        })
    }

    /// Each of several things that are asked by itself; what the whole question has not brought is added, and what
    /// nothing is said about is named.
    fn parts(&mut self, entities: &[&Entity]) -> Result<(), IndexError> {
        if self.plan.facets.len() < 2 {
            return Ok(());
        }
        for facet in &self.plan.facets {
            let mut words = facet.words.clone();
            for entity in entities {
                words = words.with(&self.plan.words_of(facet, entity).list);
            }
            let found = retrieve(&words, entities, self.plan, self.session)?;
            if found.probability() < FOUND {
                self.findings.gaps.push((facet.title.clone(), vec![words.phrase()]));
                continue;
            }
            let (quotes, _) = quotable(&found, near_best(&quotable(&found, 3).0));
            let new: Vec<&Quotable> = quotes.iter().filter(|quote| !self.is_shown(quote)).collect();
            let lines: Vec<Line> = new.iter().map(|quote| quoted(quote, None)).collect();
            if !lines.is_empty() {
                self.findings.kept += lines.len();
                self.shown.extend(lines.iter().cloned());
                let section = Section::new(facet.title.clone(), vec![Block::List(lines)]);
                self.findings.sections.push(section);
            }
        }
        Ok(())
    }

    fn disagreements(&mut self, found: &Retrieved) {
        if found.probability() >= RELATED {
            for line in contradictions::sentences(&found.candidates) {
                self.disagreement(line);
            }
        }
    }

    fn disagreement(&mut self, line: Line) {
        /// More than these nobody reads.
        const MOST: usize = 5;
        let sections = &mut self.findings.sections;
        match sections.iter_mut().find(|section| section.title == DISAGREE) {
            Some(section) => match section.blocks.first_mut() {
                Some(Block::List(lines)) if lines.len() < MOST => lines.push(line),
                _ => {}
            },
            None => sections.push(Section::new(DISAGREE, vec![Block::List(vec![line])])),
        }
    }
}

/// The title of what stands first.
const SHORT: &str = "In short";

/// Whether a value's labels hold what weighs most among the words.
fn covers(found: &Found, words: &Words) -> bool {
    let telling = words.without(|word| word.is_degree);
    let words = if telling.is_empty() { words } else { &telling };
    words.share(|word| word.terms.iter().any(|term| found.fact.holds(term))) >= FITTING_LABEL
}

/// In the order of time where time is asked for, under the names of documents where things are listed, else one list.
fn arrange(quotes: &[&Quotable], plan: &Plan) -> Vec<Block> {
    if plan.intent.timeline {
        return by_time(quotes);
    }
    vec![Block::List(quotes.iter().map(|quote| quoted(quote, None)).collect())]
}

/// One group for each decade.
fn by_time(quotes: &[&Quotable]) -> Vec<Block> {
    let year = |quote: &Quotable| quote.page().document.date.as_deref().and_then(year_of);
    let mut sorted = quotes.to_vec();
    sorted.sort_by_key(|quote| (year(quote), quote.range.start));
    let mut blocks = Vec::new();
    let mut lines: BTreeMap<u16, Vec<Line>> = BTreeMap::new();
    for quote in sorted {
        let decade = year(quote).unwrap_or_default() / 10 * 10;
        lines.entry(decade).or_default().push(dated(quote));
    }
    let alone = lines.len() == 1;
    for (decade, lines) in lines {
        if !alone && decade > 0 {
            blocks.push(Block::Heading(format!("{decade}s")));
        }
        blocks.push(Block::List(lines));
    }
    blocks
}
