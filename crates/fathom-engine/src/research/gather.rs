//! Searching for one facet and reading what was found.

use std::rc::Rc;

use fathom_core::Effort;

use crate::{
    fill::LOOK,
    index::{IndexError, Query, Years},
    plan::{Entity, Facet, Plan, Standing},
    rank::{Candidate, Seek, merge, score},
    read::{Library, Unit},
};

/// What was found for a facet.
pub(super) struct Gathered {
    pub facet: Facet,
    /// Pieces that support the facet, best first, near duplicates merged.
    pub found: Vec<Candidate>,
    /// The phrasings that were searched.
    pub tried: Vec<String>,
    pub merged: usize,
}

/// A passage must cover this much of what is asked, by weight.
const FLOOR_PASSAGE: f64 = 0.66;
/// And a quoted piece, with its headings, this much.
const FLOOR_PIECE: f64 = 0.45;

/// So many pieces make a section without help.
const ENOUGH: usize = 12;

/// How many passages a search brings.
const fn most_hits(effort: Effort) -> usize {
    match effort {
        Effort::Quick | Effort::Standard => LOOK,
        Effort::Deep => LOOK * 2,
    }
}

/// Searches for `facet`, about `entities` together.
pub(super) fn gather(facet: &Facet, entities: &[&Entity], plan: &Plan, include: &[String], library: &Library<'_>) -> Result<Gathered, IndexError> {
    let mut gathered = Gathered { facet: facet.clone(), found: Vec::new(), tried: Vec::new(), merged: 0 };
    if entities.iter().any(|entity| entity.standing == Standing::Unknown) {
        // Whatever is found is not about a name that the library does not hold. It is searched all the same, so that
        // the report can say so.
        search(&mut gathered, facet, entities, plan, include, None, library)?;
        gathered.found.clear();
        return Ok(gathered);
    }
    search(&mut gathered, facet, entities, plan, include, plan.years, library)?;
    let (mut found, merged) = merge(std::mem::take(&mut gathered.found));
    keep_own(&mut found, entities);
    keep_whole(&mut found);
    gathered.found = found;
    gathered.merged = merged;
    Ok(gathered)
}

/// Where the entity's own document answers, others only stay if they answer better.
fn keep_own(found: &mut Vec<Candidate>, entities: &[&Entity]) {
    let [entity] = entities else { return };
    let is_home = |candidate: &Candidate| entity.homes.contains(&candidate.unit.page.document.document);
    if let Some(best) = found.iter().filter(|candidate| is_home(candidate)).map(|candidate| candidate.score).reduce(f64::max) {
        found.retain(|candidate| is_home(candidate) || candidate.score > best);
    }
}

/// Where enough passages speak of everything that is asked, those that speak of a part are left out: a report on the
/// national debt does not need every other debt.
fn keep_whole(found: &mut Vec<Candidate>) {
    let whole = |candidate: &Candidate| candidate.context > 0.999;
    if found.iter().filter(|candidate| whole(candidate)).count() >= ENOUGH {
        found.retain(whole);
    }
}

fn search(
    gathered: &mut Gathered,
    facet: &Facet,
    entities: &[&Entity],
    plan: &Plan,
    include: &[String],
    years: Option<Years>,
    library: &Library<'_>,
) -> Result<(), IndexError> {
    let seek = Seek { facet, entities, years: plan.years, intent: plan.intent };
    for phrasing in phrasings(facet, entities, plan.effort) {
        let mut query = Query { terms: phrasing.terms, include: include.to_vec(), years };
        let text = match years {
            Some(years) if years.from == years.to => format!("{} {}", phrasing.text, years.from),
            Some(years) if years.to < 2_200 && years.from > 0 => format!("{} {}-{}", phrasing.text, years.from, years.to),
            _ => phrasing.text,
        };
        let mut found = read(&text, &query, seek, plan.effort, library)?;
        if found.is_empty() && years.is_some() {
            // No document of that time says it; a later one may look back.
            query.years = None;
            found = read(&text, &query, seek, plan.effort, library)?;
        }
        gathered.tried.push(text);
        gathered.found.extend(found);
    }
    Ok(())
}

fn read(text: &str, query: &Query, seek: Seek<'_>, effort: Effort, library: &Library<'_>) -> Result<Vec<Candidate>, IndexError> {
    let hits = library.search(text, query, most_hits(effort))?;
    let best = hits.first().map_or(1.0, |hit| hit.score.max(1e-9));
    let mut found = Vec::new();
    for hit in hits.iter() {
        if library.is_cancelled() {
            break;
        }
        let units = library.units(hit)?;
        let scored = score(&units, (hit.score / best).clamp(0.0, 1.0), seek);
        let supported = scored.into_iter().filter(|candidate| supports(candidate, seek));
        let before = found.len();
        found.extend(supported);
        if found.len() > before && !reads_alike(&units, seek.facet) {
            found.truncate(before);
        }
    }
    Ok(found)
}

/// Whether a piece may be quoted for the facet at all.
fn supports(candidate: &Candidate, seek: Seek<'_>) -> bool {
    let counted = !seek.intent.how_many || candidate.unit.text().contains(|c: char| c.is_numeric());
    counted && candidate.context >= FLOOR_PASSAGE && candidate.coverage >= FLOOR_PIECE
}

/// Whether the words of the facet stand in the passage in a form a reader would recognise: stems bring "relativity" and
/// "relations" together, which is good for finding and bad for answering.
fn reads_alike(units: &[Rc<Unit>], facet: &Facet) -> bool {
    let Some(first) = units.first() else { return false };
    let mut text = first.page.document.title.to_lowercase();
    for unit in units {
        text.push(' ');
        text.push_str(&unit.text().to_lowercase());
    }
    for heading in units.iter().flat_map(|unit| &unit.trail.headings) {
        text.push(' ');
        text.push_str(&heading.to_lowercase());
    }
    let mut all = 0.0;
    let mut met = 0.0;
    for word in &facet.words {
        all += word.weight;
        let known = !word.raw.is_ascii() || text.contains(beginning(&word.raw)) || word.also.iter().any(|term| text.contains(term.as_str()));
        met += if known { word.weight } else { 0.0 };
    }
    met >= FLOOR_PASSAGE * all
}

/// The part of a word that its other forms share.
fn beginning(word: &str) -> &str {
    let length = word.len() * 7 / 10;
    crate::text::language::head(word, length.max(3))
}

/// One way to search for a facet.
struct Phrasing {
    text: String,
    terms: Vec<String>,
}

fn phrasings(facet: &Facet, entities: &[&Entity], effort: Effort) -> Vec<Phrasing> {
    let names: Vec<&str> = entities.iter().map(|entity| entity.name.as_str()).collect();
    let name_terms = || entities.iter().flat_map(|entity| entity.terms.iter().chain(&entity.short).cloned());
    let mut phrasings = vec![Phrasing {
        text: [facet.phrase(), names.join(" ")].join(" ").trim().to_owned(),
        terms: facet.terms().into_iter().chain(name_terms()).collect(),
    }];
    let strong: Vec<_> = facet.words.iter().filter(|word| !word.weak).collect();
    if effort != Effort::Quick && strong.len() < facet.words.len() && !strong.is_empty() {
        let words: Vec<&str> = strong.iter().map(|word| word.raw.as_str()).collect();
        phrasings.push(Phrasing {
            text: [words.join(" "), names.join(" ")].join(" ").trim().to_owned(),
            terms: strong.iter().map(|word| word.term.clone()).chain(name_terms()).collect(),
        });
    }
    phrasings
}

/// The pieces that answer the whole question best, as one search.
pub(super) fn ranked(question: &str, library: &Library<'_>) -> Result<Vec<Candidate>, IndexError> {
    let (facet, intent) = Plan::whole(question, library)?;
    let query = Query::from_question(question);
    let hits = library.search(&facet.phrase(), &query, LOOK)?;
    let best = hits.first().map_or(1.0, |hit| hit.score.max(1e-9));
    let seek = Seek { facet: &facet, entities: &[], years: None, intent };
    let mut found = Vec::new();
    for hit in hits.iter() {
        found.extend(score(&library.units(hit)?, (hit.score / best).clamp(0.0, 1.0), seek));
    }
    Ok(merge(found).0)
}
