//! Searching for some words and reading what was found.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    rc::Rc,
};

use fathom_core::Effort;

use crate::{
    document::{OpenDocument, Segment},
    index::{Hit, IndexError, Query, Years},
    plan::{Entity, Plan, Question, Standing, Words},
    rank::{
        Candidate, RankedPassage, ScoringQuery, Signals, candidates, in_years, say_the_same,
        stretch,
        weights::{MOST, NEAR_BEST, WORTH_SHOWING},
    },
    session::Session,
};

/// Passages read for one search.
const LOOK: usize = 100;
/// Passages whose pieces are weighed.
const READ: usize = 40;
/// Passages read of a document whose title is asked about.
const HOME: usize = 400;
/// A text that this many documents repeat word for word is theirs, not an answer.
const REPEATED: usize = 4;

/// What a search found.
pub(super) struct Retrieved {
    pub words: Words,
    pub passages: Vec<RankedPassage>,
    /// The pieces that may be quoted, best first.
    pub candidates: Vec<Candidate>,
    pub signals: Signals,
}

impl Retrieved {
    pub(super) fn probability(&self) -> f64 {
        self.signals.probability()
    }

    pub(super) fn best(&self) -> f64 {
        self.candidates.first().map_or(0.0, |best| best.score)
    }
}

/// Searches for `words`. The documents that `entities` are the titles of are read as well, whether or not the search
/// finds them.
pub(super) fn retrieve(
    words: &Words,
    entities: &[&Entity],
    plan: &Plan,
    session: &Session<'_>,
) -> Result<Retrieved, IndexError> {
    let limit = if plan.effort == Effort::Deep { LOOK * 2 } else { LOOK };
    let mut hits = search(words, plan.years, limit, session)?;
    for entity in entities.iter().filter(|entity| entity.standing != Standing::Unknown) {
        // Many passages that repeat the other words must not crowd out those that hold the name.
        let query = Query { required: entity.terms.clone(), ..Query::new(words.terms()) };
        hits.extend(session.search(&words.phrase(), &query, LOOK)?.iter().cloned());
    }
    for home in entities.iter().flat_map(|entity| &entity.homes) {
        if let Some(page) = session.page(home)?.filter(|page| session.admits(page)) {
            hits.extend(page.passages().into_iter().take(HOME));
        }
    }
    let mut found = weigh(words, hits, plan.years, session)?;
    keep_new(&mut found.candidates, plan);
    keep_years(&mut found.candidates, plan.years);
    Ok(found)
}

/// Where a span of years is asked for and something of these years comes near the best, leaves out the rest.
fn keep_years(found: &mut Vec<Candidate>, years: Option<Years>) {
    let Some(years) = years.filter(|years| years.from < years.to) else { return };
    let least = found.first().map_or(0.0, |best| best.score) * WORTH_SHOWING;
    let inside = |candidate: &Candidate| in_years(&candidate.segment, Some(years));
    if found.iter().any(|candidate| inside(candidate) && candidate.score >= least) {
        found.retain(inside);
    }
}

/// Leaves out what an earlier report has quoted, unless there is nothing else.
fn keep_new(found: &mut Vec<Candidate>, plan: &Plan) {
    let is_known = |candidate: &Candidate| {
        let (document, range) =
            (&candidate.segment.page.document.document, &candidate.segment.range);
        plan.known.iter().any(|(known, bytes)| {
            known == document && bytes.start < range.end && range.start < bytes.end
        })
    };
    if found.iter().any(|candidate| !is_known(candidate)) {
        found.retain(|candidate| !is_known(candidate));
    }
}

/// The whole library first; where years are asked for, also the documents of these years by themselves.
fn search(
    words: &Words,
    years: Option<Years>,
    limit: usize,
    session: &Session<'_>,
) -> Result<Vec<Hit>, IndexError> {
    let phrase = words.phrase();
    let mut query = Query::new(words.terms());
    let mut hits = session.search(&phrase, &query, limit)?.to_vec();
    if years.is_some() {
        query.years = years;
        hits.extend(session.search(&phrase, &query, limit)?.iter().cloned());
    }
    Ok(hits)
}

fn weigh(
    words: &Words,
    hits: Vec<Hit>,
    years: Option<Years>,
    session: &Session<'_>,
) -> Result<Retrieved, IndexError> {
    let query = ScoringQuery::new(words);
    let mut seen = HashSet::new();
    let mut passages = Vec::new();
    for hit in hits {
        if session.is_cancelled() {
            break;
        }
        if seen.insert((hit.document.clone(), hit.start)) {
            passages.extend(RankedPassage::new(&query, session.segments(&hit)?));
        }
    }
    passages.sort_by(|a, b| b.score.total_cmp(&a.score));
    let repeated = repeated(&passages);
    passages.truncate(READ);
    for first in passages.iter().filter_map(|passage| passage.segments.first()) {
        session.tell_source(&first.page);
    }
    let mut candidates = candidates(&query, &passages, years);
    candidates.retain(|candidate| !repeated.contains(candidate.segment.text()));
    let signals = Signals::of(&query, &passages, &candidates, session.size().passages);
    Ok(Retrieved { words: words.clone(), passages, candidates, signals })
}

/// The texts that several documents among the passages hold word for word.
fn repeated(passages: &[RankedPassage]) -> HashSet<String> {
    let mut homes: HashMap<&str, HashSet<&str>> = HashMap::new();
    for segment in passages.iter().flat_map(|passage| passage.segments.iter()) {
        homes.entry(segment.text()).or_default().insert(&segment.page.document.path);
    }
    let many = homes.into_iter().filter(|(_, homes)| homes.len() >= REPEATED);
    many.map(|(text, _)| text.to_owned()).collect()
}

/// A stretch of a document to be quoted.
pub(super) struct Quotable {
    pub best: Rc<Segment>,
    pub range: Range<usize>,
    pub score: f64,
    /// The same in other documents.
    pub same: Vec<Rc<Segment>>,
}

impl Quotable {
    fn new(candidate: &Candidate, range: Range<usize>) -> Self {
        let best = Rc::clone(&candidate.segment);
        Self { best, range, score: candidate.score, same: Vec::new() }
    }

    pub(super) fn page(&self) -> &Rc<OpenDocument> {
        &self.best.page
    }

    fn overlaps(&self, page: &Rc<OpenDocument>, range: &Range<usize>) -> bool {
        Rc::ptr_eq(self.page(), page)
            && self.range.start < range.end
            && range.start < self.range.end
    }
}

/// The stretches worth quoting, one of a passage: that of the best piece first, then by turns that of the best passage
/// and that of the best piece that is left. Pieces that say the same are one.
pub(super) fn quotable(found: &Retrieved, most: usize) -> (Vec<Quotable>, usize) {
    let mut quotes: Vec<Quotable> = Vec::new();
    let mut merged = 0;
    for candidate in by_turns(found) {
        if let Some(known) = quotes.iter_mut().find(|known| is_told(known, &candidate.segment)) {
            merged += usize::from(corroborate(known, &candidate.segment));
        } else if quotes.len() < most {
            let range = stretch(&candidate.segment);
            if !quotes.iter().any(|known| known.overlaps(&candidate.segment.page, &range)) {
                quotes.push(Quotable::new(candidate, range));
            }
        }
    }
    (quotes, merged)
}

/// The best piece of each passage that is worth showing.
fn by_turns(found: &Retrieved) -> Vec<&Candidate> {
    let least = found.best() * WORTH_SHOWING;
    let mut seen = HashSet::new();
    let worth = found.candidates.iter().take_while(|candidate| candidate.score >= least);
    let by_piece: Vec<&Candidate> =
        worth.filter(|candidate| seen.insert(candidate.passage)).collect();
    // Passages are numbered in the order of their scores.
    let mut by_passage = by_piece.clone();
    by_passage.sort_by_key(|candidate| candidate.passage);
    let mut taken = HashSet::new();
    let turns = by_piece.into_iter().zip(by_passage).flat_map(|(piece, passage)| [piece, passage]);
    turns.filter(|candidate| taken.insert(candidate.passage)).collect()
}

fn is_told(known: &Quotable, segment: &Rc<Segment>) -> bool {
    say_the_same(&known.best, segment)
}

/// Notes another document that says the same; copies inside one document count once.
fn corroborate(known: &mut Quotable, segment: &Rc<Segment>) -> bool {
    let path = &segment.page.document.path;
    let counted = known.best.page.document.path == *path
        || known.same.iter().any(|same| same.page.document.path == *path);
    if !counted && known.same.len() < 3 {
        known.same.push(Rc::clone(segment));
        return true;
    }
    false
}

/// At most so many quotes answer.
const ANSWERS: usize = 3;

/// How many of the first quotes come near the best.
pub(super) fn near_best(quotes: &[Quotable]) -> usize {
    let best = quotes.first().map_or(0.0, |quote| quote.score);
    quotes.iter().take(ANSWERS).take_while(|quote| quote.score >= best * NEAR_BEST).count()
}

/// The pieces that answer the whole question best, as one search.
pub(super) fn ranked(question: &str, session: &Session<'_>) -> Result<Vec<Candidate>, IndexError> {
    let question = Question::read(question);
    let words = Words::of(&question, &question.tokens, session)?;
    let hits = search(&words, None, LOOK, session)?;
    let found = weigh(&words, hits, question.years, session)?;
    let mut kept: Vec<Candidate> = Vec::new();
    for candidate in found.candidates {
        if kept.iter().all(|known| !say_the_same(&known.segment, &candidate.segment)) {
            kept.push(Candidate { score: (candidate.score / MOST).clamp(0.0, 1.0), ..candidate });
        }
    }
    Ok(kept)
}

/// What the grade of the whole question is told by.
pub(super) fn signals(question: &str, session: &Session<'_>) -> Result<Signals, IndexError> {
    let plan = Plan::make(question, Effort::Standard, None, session)?;
    let entities: Vec<&Entity> = plan.entities.iter().collect();
    Ok(retrieve(&plan.words, &entities, &plan, session)?.signals)
}
