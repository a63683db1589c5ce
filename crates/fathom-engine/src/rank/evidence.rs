//! What passages and their pieces hold of a search.

use std::{collections::HashSet, rc::Rc};

use super::{
    likeness::likeness,
    scoring_query::ScoringQuery,
    weights::{B, CONTEXT, FLOOR, K1, MIX, SHORT, nearness},
};
use crate::{
    document::{Kind, Segment, quantity},
    index::{Years, year_of},
    session::Segments,
    text::{Language, stop_words},
};

/// A passage with its score by BM25, where short ones have no advantage.
pub(crate) struct RankedPassage {
    pub segments: Segments,
    pub score: f64,
    /// Whether it, its headings or its title hold each word.
    pub holds: Vec<bool>,
}

impl RankedPassage {
    /// Nothing where the passage has no pieces or holds no word.
    pub(crate) fn new(query: &ScoringQuery<'_>, segments: Segments) -> Option<Self> {
        let first = segments.first()?;
        let mut counts = vec![0.0; query.words.list.len()];
        for term in segments.iter().flat_map(|segment| &segment.sequence) {
            if let Some(count) = query.place(term).and_then(|at| counts.get_mut(at)) {
                *count += 1.0;
            }
        }
        let context = context(query, first);
        let bytes = segments.last()?.range.end.saturating_sub(first.range.start);
        let norm = K1 * (1.0 - B + B * ratio(bytes.max(FLOOR), FLOOR));
        let mut score = 0.0;
        let mut holds = Vec::with_capacity(counts.len());
        for (at, (count, above)) in counts.into_iter().zip(context).enumerate() {
            let count = count + if above { CONTEXT } else { 0.0 };
            score += query.weight(at) * count * (K1 + 1.0) / (count + norm);
            holds.push(count > 0.0);
        }
        (score > 0.0).then_some(Self { segments, score, holds })
    }

    /// The share of a perfect passage's score.
    pub(crate) fn absolute(&self, query: &ScoringQuery<'_>) -> f64 {
        self.score / ((K1 + 1.0) * query.total)
    }

    /// How much of each word it holds, where words that are like a missing one count in part.
    pub(crate) fn soft(&self, query: &ScoringQuery<'_>) -> Vec<f64> {
        let mut terms: HashSet<&str> = HashSet::new();
        for segment in self.segments.iter() {
            terms.extend(segment.terms.iter().map(String::as_str));
        }
        if let Some(first) = self.segments.first() {
            terms
                .extend(first.path.terms.iter().chain(&first.page.title_terms).map(String::as_str));
        }
        let words = query.words.list.iter().zip(&self.holds);
        words.map(|(word, held)| if *held { 1.0 } else { likeness(word, &terms) }).collect()
    }
}

/// Which words the title and the headings hold.
fn context(query: &ScoringQuery<'_>, segment: &Segment) -> Vec<bool> {
    let above = |term: &String| segment.path.terms.contains(term) || segment.page.title_holds(term);
    query.words.list.iter().map(|word| word.terms.iter().any(above)).collect()
}

/// A piece with its claim to be quoted.
#[derive(Clone)]
pub(crate) struct Candidate {
    pub segment: Rc<Segment>,
    /// Where its passage stands among those ranked.
    pub passage: usize,
    pub score: f64,
    /// The weight of the words in the piece, its headings and its title.
    pub covered: f64,
    /// How many of them stand side by side as in the question.
    pub pairs: f64,
}

/// Scores every piece of the passages that holds a word of the search or stands under a heading that does.
pub(crate) fn candidates(
    query: &ScoringQuery<'_>,
    passages: &[RankedPassage],
    years: Option<Years>,
) -> Vec<Candidate> {
    let best = passages.iter().map(|passage| passage.score).fold(1e-9, f64::max);
    let mut found = Vec::new();
    for (at, passage) in passages.iter().enumerate() {
        let Some(first) = passage.segments.first() else { continue };
        let above = Above::of(query, first);
        for segment in passage.segments.iter() {
            let own = positions(query, segment);
            if own.iter().any(|places| !places.is_empty()) || above.heading > 0.0 {
                let rank = passage.score / best;
                found.push(candidate(query, segment, at, rank, &own, &above, years));
            }
        }
    }
    found.sort_by(by_score);
    found
}

/// Best first; ties by place, so that a run always comes out the same.
fn by_score(a: &Candidate, b: &Candidate) -> std::cmp::Ordering {
    b.score.total_cmp(&a.score).then_with(|| {
        let path = |candidate: &Candidate| candidate.segment.page.document.path.clone();
        path(a).cmp(&path(b)).then(a.segment.range.start.cmp(&b.segment.range.start))
    })
}

/// What stands above the pieces of a passage.
struct Above {
    holds: Vec<bool>,
    heading: f64,
    title: f64,
    /// Where the section begins, and how much its heading and the question are the same.
    section: (usize, f64),
    /// The same of the document and its title.
    document: (usize, f64),
}

impl Above {
    fn of(query: &ScoringQuery<'_>, segment: &Segment) -> Self {
        let page = &segment.page;
        let language = page.analyzer.language();
        let heading = precision(query, &segment.path.last, language);
        let title = precision(query, &page.title_terms, language);
        let mut blocks = page.blocks.iter();
        let document = blocks.clone().next().map_or(0, |(block, _)| block.start);
        let section = blocks.find(|(_, path)| Rc::ptr_eq(path, &segment.path));
        let section = section.map_or(document, |(block, _)| block.start);
        Self {
            holds: context(query, segment),
            heading,
            title,
            section: (section, same(heading, query.recall(&segment.path.last))),
            document: (document, same(title, query.recall(&page.title_terms))),
        }
    }

    /// How much a piece at `at` is the beginning of what the question names: what something is stands there.
    fn opening(&self, at: usize) -> f64 {
        let opens = |(start, same): (usize, f64)| {
            if at < start + OPENING && same >= NAMED { same } else { 0.0 }
        };
        opens(self.section).max(opens(self.document))
    }
}

/// A section opens with this many bytes.
const OPENING: usize = 400;

/// From here on a heading names what the question asks about.
const NAMED: f64 = 0.7;

/// The harmonic mean of two shares.
fn same(precision: f64, recall: f64) -> f64 {
    if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
}

/// The share of `terms`, those that carry something, that the search holds.
fn precision(query: &ScoringQuery<'_>, terms: &[String], language: Language) -> f64 {
    let telling = terms.iter().filter(|term| !stop_words::is_stop(language, term));
    let (mut met, mut all) = (0, 0);
    for term in telling {
        all += 1;
        met += usize::from(query.place(term).is_some());
    }
    ratio(met, all)
}

/// Where in a piece each word of the search stands.
fn positions(query: &ScoringQuery<'_>, segment: &Segment) -> Vec<Vec<usize>> {
    let mut found = vec![Vec::new(); query.words.list.len()];
    for (at, term) in segment.sequence.iter().enumerate() {
        if let Some(places) = query.place(term).and_then(|word| found.get_mut(word)) {
            places.push(at);
        }
    }
    found
}

fn candidate(
    query: &ScoringQuery<'_>,
    segment: &Rc<Segment>,
    passage: usize,
    rank: f64,
    own: &[Vec<usize>],
    above: &Above,
    years: Option<Years>,
) -> Candidate {
    let inside = |at: usize| own.get(at).is_some_and(|places| !places.is_empty());
    let over = |at: usize| above.holds.get(at).copied().unwrap_or_default();
    let covered = query.share(|at, _| inside(at) || over(at));
    let pairs = pairs(query, own);
    let language = segment.page.analyzer.language();
    let score = MIX.passage * rank
        + MIX.covered * covered
        + MIX.own * query.share(|at, _| inside(at))
        + MIX.pairs * pairs
        + MIX.heading * above.heading
        + MIX.title * above.title
        + MIX.label * precision(query, &segment.label, language)
        + MIX.opening * above.opening(segment.range.start)
        + if in_years(segment, years) { MIX.years } else { 0.0 }
        + shape(segment);
    Candidate { segment: Rc::clone(segment), passage, score, covered, pairs }
}

/// The share of the question's pairs that stand near each other, by weight.
fn pairs(query: &ScoringQuery<'_>, own: &[Vec<usize>]) -> f64 {
    let (mut met, mut all) = (0.0, 0.0);
    for (first, second) in &query.words.pairs {
        let weight = query.weight(*first) + query.weight(*second);
        all += weight;
        let (Some(first), Some(second)) = (own.get(*first), own.get(*second)) else { continue };
        let apart = |a: &usize, b: &usize| a.abs_diff(*b) + usize::from(b < a);
        let nearest = first.iter().flat_map(|a| second.iter().map(move |b| apart(a, b))).min();
        met += weight * nearest.map_or(0.0, nearness);
    }
    if all > 0.0 { met / all } else { 0.0 }
}

/// Whether the document's date or a year in the text lies in the years asked for.
pub(crate) fn in_years(segment: &Segment, years: Option<Years>) -> bool {
    let Some(years) = years else { return false };
    let dated = segment.page.document.date.as_deref().and_then(year_of);
    dated.is_some_and(|year| years.contains(year))
        || quantity::years(segment.text()).any(|year| years.contains(year))
}

/// Less for pieces that read badly alone.
fn shape(segment: &Segment) -> f64 {
    let mut shape = 0.0;
    if segment.text().trim_end().ends_with(['?', '？', '؟']) {
        shape += MIX.question;
    }
    let is_value = segment.kind == Kind::Row || !segment.label.is_empty();
    if segment.words < SHORT && !is_value {
        shape += MIX.short;
    }
    shape
}

#[expect(clippy::cast_precision_loss, reason = "bytes and words of a passage are few")]
pub(super) fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}
