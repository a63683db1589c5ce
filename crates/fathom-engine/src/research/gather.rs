//! Searching for one facet and reading what was found.

use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

use fathom_core::Effort;

use crate::{
    fill::{LOOK, is_nothing},
    index::{IndexError, Query, Years},
    plan::{Entity, Facet, Plan, Standing},
    rank::{Candidate, Seek, merge, score},
    read::{Kind, Library, Unit, split_label, value},
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

impl Gathered {
    /// Nothing, because nothing was searched.
    pub(super) fn nothing(facet: &Facet) -> Self {
        Self { facet: facet.clone(), found: Vec::new(), tried: Vec::new(), merged: 0 }
    }
}

/// A passage must cover this much of what is asked, by weight.
const FLOOR_PASSAGE: f64 = 0.66;
/// And a quoted piece, with its headings, this much.
const FLOOR_PIECE: f64 = 0.45;
/// The same where the question names nobody, so that its words are all there is to go by.
const FLOOR_PIECE_ALONE: f64 = 0.6;

/// The second round learns from so many pieces,
const FEEDBACK_PIECES: usize = 12;
/// takes words that stand in at least this many of them,
const FEEDBACK_SHARED: f64 = 3.0;
/// and no more than these.
const FEEDBACK_TERMS: usize = 5;
/// So many pieces make a section without help.
const ENOUGH: usize = 12;

/// How many passages a search brings.
const fn most_hits(effort: Effort, listed: bool) -> usize {
    if listed {
        // Each document may add one entry to a list.
        return LOOK * 5;
    }
    match effort {
        Effort::Quick | Effort::Standard => LOOK,
        Effort::Deep => LOOK * 2,
    }
}

/// Searches for `facet`, about `entities` together.
pub(super) fn gather(
    facet: &Facet,
    entities: &[&Entity],
    plan: &Plan,
    include: &[String],
    library: &Library<'_>,
) -> Result<Gathered, IndexError> {
    let mut gathered =
        Gathered { facet: facet.clone(), found: Vec::new(), tried: Vec::new(), merged: 0 };
    if entities.iter().any(|entity| entity.standing == Standing::Unknown) {
        // Whatever is found is not about a name that the library does not hold. It is searched all the same, so that
        // the report can say so.
        search(&mut gathered, facet, entities, plan, include, None, library)?;
        gathered.found.clear();
        return Ok(gathered);
    }
    search(&mut gathered, facet, entities, plan, include, plan.years, library)?;
    if plan.effort == Effort::Deep {
        second_round(&mut gathered, entities, plan, include, library)?;
    }
    let (mut found, merged) = merge(std::mem::take(&mut gathered.found));
    keep_own(&mut found, entities);
    keep_whole(&mut found);
    keep_new(&mut found, plan);
    gathered.found = found;
    gathered.merged = merged;
    Ok(gathered)
}

/// Searches once more with the words that the best pieces share and the question does not have.
fn second_round(
    gathered: &mut Gathered,
    entities: &[&Entity],
    plan: &Plan,
    include: &[String],
    library: &Library<'_>,
) -> Result<(), IndexError> {
    let seek = Seek { facet: &gathered.facet, entities, years: plan.years, intent: plan.intent };
    let mut best: Vec<&Candidate> = gathered.found.iter().collect();
    best.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut counts: HashMap<&str, f64> = HashMap::new();
    for term in best.iter().take(FEEDBACK_PIECES).flat_map(|candidate| &candidate.unit.terms) {
        *counts.entry(term).or_default() += 1.0;
    }
    let known = gathered.facet.terms();
    let mut shared = Vec::new();
    for (term, count) in counts {
        let plain = !known.iter().any(|word| word == term)
            && term.len() > 2
            && !term.contains(|c: char| c.is_ascii_digit());
        if plain && count >= FEEDBACK_SHARED {
            shared.push((count * library.weight(term)?, term.to_owned()));
        }
    }
    shared.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    shared.truncate(FEEDBACK_TERMS);
    if shared.is_empty() {
        return Ok(());
    }
    let more: Vec<String> = shared.into_iter().map(|(_, term)| term).collect();
    let text = format!("{} {}", gathered.facet.phrase(), more.join(" "));
    let query = Query {
        terms: known.into_iter().chain(more).collect(),
        include: include.to_vec(),
        years: plan.years,
    };
    let found = read(&text, &query, seek, plan.effort, library)?;
    gathered.tried.push(text);
    gathered.found.extend(found);
    Ok(())
}

/// Where the entity's own document answers, others only stay if they answer better.
fn keep_own(found: &mut Vec<Candidate>, entities: &[&Entity]) {
    let [entity] = entities else { return };
    let is_home =
        |candidate: &Candidate| entity.homes.contains(&candidate.unit.page.document.document);
    if let Some(best) = found
        .iter()
        .filter(|candidate| is_home(candidate))
        .map(|candidate| candidate.score)
        .reduce(f64::max)
    {
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

/// A follow-up says what the earlier report did not, as long as there is something.
fn keep_new(found: &mut Vec<Candidate>, plan: &Plan) {
    let place = |candidate: &Candidate| {
        (candidate.unit.page.document.document.clone(), candidate.unit.range.start)
    };
    if found.iter().any(|candidate| !plan.known.contains(&place(candidate))) {
        found.retain(|candidate| !plan.known.contains(&place(candidate)));
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
            Some(years) if years.to < 2_200 && years.from > 0 => {
                format!("{} {}-{}", phrasing.text, years.from, years.to)
            }
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

fn read(
    text: &str,
    query: &Query,
    seek: Seek<'_>,
    effort: Effort,
    library: &Library<'_>,
) -> Result<Vec<Candidate>, IndexError> {
    let hits = library.search(text, query, most_hits(effort, seek.intent.list))?;
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
    let text = candidate.unit.text();
    let counted = !seek.intent.how_many || value::is_counted(text);
    let empty = candidate.unit.kind != Kind::Sentence && says_nothing(text, seek.intent.list);
    let floor = if seek.entities.is_empty() { FLOOR_PIECE_ALONE } else { FLOOR_PIECE };
    counted && !empty && candidate.context >= FLOOR_PASSAGE && candidate.coverage >= floor
}

/// Whether a labelled value gives none, or, where things are listed that have it, says that there is none.
fn says_nothing(text: &str, listed: bool) -> bool {
    let value = split_label(text).and_then(|(_, value)| text.get(value)).unwrap_or(text);
    is_nothing(value)
        || listed && value.trim_start_matches('$').starts_with('0') && !value.starts_with("0.")
}

/// Whether the words of the facet stand in the passage in a form a reader would recognise: stems bring "relativity" and
/// "relations" together, which is good for finding and bad for answering.
fn reads_alike(units: &[Rc<Unit>], facet: &Facet) -> bool {
    let Some(first) = units.first() else { return false };
    let mut text = first.page.document.title.to_lowercase();
    let headings = units.iter().flat_map(|unit| &unit.trail.headings).map(String::as_str);
    for piece in units.iter().map(|unit| unit.text()).chain(headings) {
        text.push(' ');
        text.push_str(&piece.to_lowercase());
    }
    let words: HashSet<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let most = facet.words.iter().map(|word| word.weight).fold(0.0, f64::max);
    let mut all = 0.0;
    let mut met = 0.0;
    for word in &facet.words {
        let stands = !word.raw.is_ascii()
            || words.iter().any(|other| is_form_of(&word.raw, other))
            || word.also.iter().any(|term| text.contains(term.as_str()));
        if stands {
            met += word.weight;
            all += word.weight;
        } else {
            // Its weight is that of all words with this stem; by itself it may be the very point.
            all += if word.weak { word.weight } else { most };
        }
    }
    met >= FLOOR_PASSAGE * all
}

/// Whether two words share so much of their beginning that they are forms of one word.
fn is_form_of(word: &str, other: &str) -> bool {
    // Relativity is not what is relative, nor productivity what is productive.
    let quality = |word: &str| word.ends_with("ity") || word.ends_with("ities");
    if quality(word) != quality(other) {
        return false;
    }
    let shared = word.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let shorter = word.len().min(other.len());
    shared * 5 >= shorter * 4 && shared >= shorter.min(3)
}

/// How many phrasings the first round of a plan searches.
pub(super) fn phrasings_of(plan: &Plan) -> usize {
    let each = if plan.each { plan.entities.len() } else { 1 };
    let facets: usize =
        plan.facets.iter().map(|facet| phrasings(facet, &[], plan.effort).len()).sum();
    (facets * each).max(1)
}

/// One way to search for a facet.
struct Phrasing {
    text: String,
    terms: Vec<String>,
}

fn phrasings(facet: &Facet, entities: &[&Entity], effort: Effort) -> Vec<Phrasing> {
    let names: Vec<&str> = entities.iter().map(|entity| entity.name.as_str()).collect();
    let name_terms =
        || entities.iter().flat_map(|entity| entity.terms.iter().chain(&entity.short).cloned());
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
