//! A topic: what any document says about it.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use fathom_core::Effort;

use super::{
    compare::{is_near, line, sourced},
    disagree,
    gather::{Gathered, gather},
    profile::under,
    run::{DISAGREE, Outcome},
};
use crate::{
    fill::{Found, lookup},
    index::{IndexError, year_of},
    plan::{Entity, Facet, Plan, Standing},
    rank::{Budget, Candidate, select},
    read::Library,
    write::{Block, Line, Section},
};

/// A facet with pieces from this many years is told in the order of time.
const DATED: usize = 4;
/// The same where somebody's words are asked for.
const DATED_WORDS: usize = 2;
/// A fact is quoted up to this many bytes.
const FACT: usize = 400;

const fn pieces(effort: Effort) -> usize {
    match effort {
        Effort::Quick => 4,
        Effort::Standard => 8,
        Effort::Deep => 14,
    }
}

pub(super) fn topic(
    plan: &Plan,
    include: &[String],
    library: &Library<'_>,
) -> Result<Outcome, IndexError> {
    let plan = plan.with_named_topics(library)?;
    let mut teller = Teller {
        plan: &plan,
        include,
        library,
        outcome: Outcome::default(),
        lead: Vec::new(),
        sections: Vec::new(),
        disagreements: Vec::new(),
    };
    let groups: Vec<Vec<&Entity>> = if plan.each {
        plan.entities.iter().map(|entity| vec![entity]).collect()
    } else {
        vec![plan.entities.iter().collect()]
    };
    for facet in &plan.facets {
        for entities in &groups {
            teller.tell(facet, entities)?;
        }
    }
    Ok(teller.end())
}

struct Teller<'a, 'l> {
    plan: &'a Plan,
    include: &'a [String],
    library: &'a Library<'l>,
    outcome: Outcome,
    lead: Vec<Block>,
    sections: Vec<Section>,
    disagreements: Vec<Line>,
}

impl Teller<'_, '_> {
    /// Looks for one facet about these entities together.
    fn tell(&mut self, facet: &Facet, entities: &[&Entity]) -> Result<(), IndexError> {
        let gathered = gather(facet, entities, self.plan, self.include, self.library)?;
        self.outcome.merged += gathered.merged;
        let (fact, section) = self.at_home(facet, entities)?;
        if gathered.found.is_empty() && fact.is_none() && section.is_empty() {
            self.outcome.gaps.push((gap(&facet.title, entities), gathered.tried));
            return Ok(());
        }
        let title = match entities {
            [entity] if self.plan.each => format!("{}: {}", entity.name, facet.title),
            _ => facet.title.clone(),
        };
        if !section.is_empty() {
            self.outcome.kept += section.len();
            self.whole_section(title, section);
            return Ok(());
        }
        let mut chosen = choose(&gathered, self.plan);
        self.outcome.kept += chosen.len();
        self.disagreements.extend(disagree::sentences(&gathered.found));
        match (fact, entities) {
            (Some(found), [entity, ..]) => {
                let line = self.fact(&found, entity);
                chosen.retain(|candidate| {
                    !candidate.unit.text().contains(line.quote.text()) && is_near(candidate, facet)
                });
                self.lead.push(Block::Facts {
                    topic: format!("{}, {}", entity.name, label(&found)),
                    items: vec![(String::new(), line)],
                });
            }
            _ => {
                let several = self.plan.facets.len() > 1 || self.plan.each;
                self.add_to_lead(lead_lines(&mut chosen, if several { 1 } else { 3 }));
            }
        }
        self.sections.extend(arrange(&title, chosen, self.plan));
        Ok(())
    }

    /// What the entity's own document says under a label or a heading that is just what is asked for.
    fn at_home(
        &self,
        facet: &Facet,
        entities: &[&Entity],
    ) -> Result<(Option<Found>, Vec<Line>), IndexError> {
        match entities {
            [entity] if entity.standing == Standing::Title && !self.library.is_cancelled() => {
                let fact = lookup(&facet.want(), Some(entity), self.library, self.include)?;
                let section = if fact.is_none() {
                    under(facet, entity, self.plan, self.library)?
                } else {
                    Vec::new()
                };
                Ok((fact, section))
            }
            _ => Ok((None, Vec::new())),
        }
    }

    fn fact(&mut self, found: &Found, entity: &Entity) -> Line {
        let line = line(found, FACT);
        if let Some((page, range)) = &found.rival {
            let lead = format!("{}, {}", entity.name, label(found));
            self.disagreements.push(Line {
                lead: Some(lead),
                against: Some(page.quote(range)),
                same: Vec::new(),
                ..line.clone()
            });
        }
        line
    }

    fn whole_section(&mut self, title: String, lines: Vec<Line>) {
        self.lead.extend(lines.first().map(|first| Block::Paragraph(vec![first.clone()])));
        let rest: Vec<Line> = lines.into_iter().skip(1).collect();
        self.sections.push(Section::new(title, vec![Block::List(rest)]));
    }

    fn add_to_lead(&mut self, lines: Vec<Line>) {
        match self.lead.last_mut() {
            Some(Block::List(known)) => known.extend(lines),
            _ if lines.is_empty() => {}
            _ => self.lead.push(Block::List(lines)),
        }
    }

    fn end(self) -> Outcome {
        let mut outcome = self.outcome;
        if !self.lead.is_empty() {
            outcome.sections.push(Section::new("In short", self.lead));
        }
        outcome.sections.extend(self.sections);
        if !self.disagreements.is_empty() {
            outcome.sections.push(Section::new(DISAGREE, vec![Block::List(self.disagreements)]));
        }
        outcome
    }
}

fn label(found: &Found) -> String {
    match &found.fact.heading {
        Some(heading) => format!("{heading}, {}", found.fact.label),
        None => found.fact.label.clone(),
    }
}

fn gap(title: &str, entities: &[&Entity]) -> String {
    let names: Vec<&str> = entities.iter().map(|entity| entity.name.as_str()).collect();
    if names.is_empty() || names.contains(&title) {
        title.to_owned()
    } else {
        format!("{}: {title}", names.join(", "))
    }
}

fn choose(gathered: &Gathered, plan: &Plan) -> Vec<Candidate> {
    let intent = plan.intent;
    let each_document = if intent.list { 1 } else { 3 };
    let broad = intent.list || intent.timeline || intent.said;
    let pieces = pieces(plan.effort) * if broad { 2 } else { 1 };
    select(&gathered.found, Budget { pieces, each_document })
}

/// The best pieces, from different documents, taken out of `chosen`.
fn lead_lines(chosen: &mut Vec<Candidate>, most: usize) -> Vec<Line> {
    let mut lead: Vec<Candidate> = Vec::new();
    for candidate in chosen.iter() {
        if lead.len() < most
            && lead
                .iter()
                .all(|known| known.unit.page.document.path != candidate.unit.page.document.path)
        {
            lead.push(candidate.clone());
        }
    }
    chosen.retain(|candidate| !lead.iter().any(|known| Rc::ptr_eq(&known.unit, &candidate.unit)));
    lead.iter().map(|candidate| sourced(candidate, None)).collect()
}

/// The section of a facet: by speaker and time where the pieces are dated, else one list.
fn arrange(title: &str, chosen: Vec<Candidate>, plan: &Plan) -> Option<Section> {
    if chosen.is_empty() {
        return None;
    }
    let years: BTreeSet<u16> = chosen.iter().filter_map(year).collect();
    let needed = if plan.intent.said || plan.intent.timeline { DATED_WORDS } else { DATED };
    let blocks = if years.len() >= needed {
        by_time(chosen)
    } else {
        vec![Block::List(chosen.iter().map(|candidate| sourced(candidate, None)).collect())]
    };
    Some(Section::new(title, blocks))
}

fn year(candidate: &Candidate) -> Option<u16> {
    candidate.unit.page.document.date.as_deref().and_then(year_of)
}

/// One group for each author, or for each decade, in the order of time.
fn by_time(mut chosen: Vec<Candidate>) -> Vec<Block> {
    chosen.sort_by_key(|candidate| (year(candidate), candidate.unit.range.start));
    let mut groups: BTreeMap<(u16, String), Vec<Candidate>> = BTreeMap::new();
    let mut first: BTreeMap<String, u16> = BTreeMap::new();
    for candidate in chosen {
        let year = year(&candidate).unwrap_or_default();
        let name = candidate
            .unit
            .page
            .document
            .author
            .clone()
            .unwrap_or_else(|| format!("{}s", year / 10 * 10));
        let since = *first.entry(name.clone()).or_insert(year);
        groups.entry((since, name)).or_default().push(candidate);
    }
    let alone = groups.len() == 1;
    let mut blocks = Vec::new();
    for ((_, name), group) in groups {
        if !alone {
            blocks.push(Block::Heading(span(&name, &group)));
        }
        blocks.push(Block::List(group.iter().map(dated).collect()));
    }
    blocks
}

fn span(name: &str, group: &[Candidate]) -> String {
    let years = || group.iter().filter_map(year);
    match (years().min(), years().max()) {
        (Some(from), Some(to)) if from < to => format!("{name}, {from} to {to}"),
        (Some(year), _) => format!("{name}, {year}"),
        _ => name.to_owned(),
    }
}

/// A piece with its year in front.
fn dated(candidate: &Candidate) -> Line {
    let year = year(candidate).map(|year| year.to_string());
    Line {
        lead: year.or_else(|| Some(candidate.unit.page.document.title.clone())),
        ..sourced(candidate, None)
    }
}
