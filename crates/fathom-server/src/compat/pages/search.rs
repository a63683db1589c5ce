//! Ranked search over documents, and documents like a given one.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use fathom_core::StoredDocument;
use fathom_engine::text::{Language, stop_words};
use fathom_engine::{Hit, Index, IndexError, Query, passages, query};
use rusqlite::Connection;

use crate::index::{FtsIndex, Scope};

/// What is searched for.
#[derive(Debug)]
pub(in crate::compat) struct Wanted<'a> {
    /// One or more phrasings; a document counts by the one it fits best.
    pub phrases: &'a [String],
    pub scope: &'a Scope,
    /// Words that a document must hold, whatever their case.
    pub holds: &'a [String],
    /// Words that it must not hold.
    pub lacks: &'a [String],
    /// Documents at most.
    pub limit: usize,
}

/// A document that was found.
#[derive(Clone, Debug)]
pub(in crate::compat) struct Found {
    pub document: Arc<StoredDocument>,
    /// From 0 to 1, higher is better; only comparable within one search.
    pub score: f64,
    /// The passages that fit, best first.
    pub passages: Vec<Range<usize>>,
}

/// Passages looked at for each document that is wanted, at first,
const PASSAGES: usize = 8;
/// at least so many in all,
const LEAST: usize = 80;
/// and at most, however few documents they stand in.
const MOST: usize = 20_000;
/// A passage of this score is half as good as can be: BM25 has no upper end, and clients expect one.
const HALF: f64 = 12.0;
/// Passages by which a document is judged to be like another.
const ALIKE: usize = 3;
/// Words by which a document is described.
const WORDS: usize = 32;

/// Documents for any of these phrasings, best first.
pub(in crate::compat) fn search(
    conn: &Connection,
    wanted: &Wanted<'_>,
) -> Result<Vec<Found>, IndexError> {
    let index = FtsIndex::new(conn).within(wanted.scope);
    let mut ranking = Ranking::default();
    for phrase in wanted.phrases {
        ranking.add(hits(&index, &query(phrase), wanted)?);
    }
    let squeezed = |scores: &[f64]| {
        let best = scores.first().copied().unwrap_or_default().max(0.0);
        best / (best + HALF)
    };
    documents(&index, ranking, wanted, squeezed)
}

/// Documents that speak of the same as `like`, best first, without itself.
pub(in crate::compat) fn similar(
    conn: &Connection,
    like: &StoredDocument,
    wanted: &Wanted<'_>,
) -> Result<Vec<Found>, IndexError> {
    let everything = FtsIndex::new(conn);
    let index = FtsIndex::new(conn).within(wanted.scope);
    let query = Query::new(telling_words(&everything, like)?);
    let mut ranking = Ranking::default();
    ranking.add(hits(&index, &query, wanted)?);
    ranking.remove(&like.document);
    let together =
        |scores: &[f64]| scores.iter().take(ALIKE).map(|score| score.max(0.0)).sum::<f64>();
    // The document itself is as like as can be, where the library holds it; else what is found first.
    let own = everything.search(&query, LEAST)?;
    let own: Vec<f64> =
        own.iter().filter(|hit| hit.document == like.document).map(|hit| hit.score).collect();
    let best = ranking
        .scores()
        .map(|scores| together(&scores))
        .fold(together(&own), f64::max)
        .max(f64::MIN_POSITIVE);
    documents(&index, ranking, wanted, |scores| together(scores) / best)
}

/// So many of the best passages that they stand in enough documents, if there are enough. A document may be full of
/// passages that fit better than any of the next.
fn hits(index: &FtsIndex<'_>, query: &Query, wanted: &Wanted<'_>) -> Result<Vec<Hit>, IndexError> {
    let mut look = (wanted.limit * PASSAGES).max(LEAST);
    loop {
        let hits = index.search(query, look)?;
        let documents: HashSet<&str> = hits.iter().map(|hit| hit.document.as_str()).collect();
        // One more, because the document that others are like is found too.
        let enough =
            documents.len() > wanted.limit && wanted.holds.is_empty() && wanted.lacks.is_empty();
        if enough || hits.len() < look || look >= MOST {
            return Ok(hits);
        }
        look = (look * 8).min(MOST);
    }
}

/// The words that tell most about a document: often in it, seldom elsewhere.
fn telling_words(
    index: &FtsIndex<'_>,
    document: &StoredDocument,
) -> Result<Vec<String>, IndexError> {
    let mut counts: HashMap<String, f64> = HashMap::new();
    for passage in passages(document) {
        for term in passage.context.split(' ').chain(passage.body.split(' ')) {
            let plain = term.chars().count() > 2
                && !term.contains(|c: char| c.is_ascii_digit())
                && !stop_words::is_stop(Language::English, term);
            if plain {
                *counts.entry(term.to_owned()).or_default() += 1.0;
            }
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "counts of passages are far below 2^52")]
    let number = |count: u64| count as f64;
    let all = number(index.size()?.passages);
    let mut weighed: Vec<(f64, String)> = Vec::new();
    for (term, count) in counts {
        let found = number(index.document_frequency(&term)?);
        if found > 0.0 {
            weighed.push(((1.0 + count.ln()) * (1.0 + all / found).ln(), term));
        }
    }
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    Ok(weighed.into_iter().take(WORDS).map(|(_, term)| term).collect())
}

/// Passages by document.
#[derive(Debug, Default)]
struct Ranking(HashMap<String, Vec<Hit>>);

impl Ranking {
    fn add(&mut self, hits: Vec<Hit>) {
        for hit in hits {
            let of_document = self.0.entry(hit.document.clone()).or_default();
            match of_document.iter_mut().find(|known| known.start == hit.start) {
                Some(known) => known.score = known.score.max(hit.score),
                None => of_document.push(hit),
            }
        }
    }

    fn remove(&mut self, document: &str) {
        self.0.remove(document);
    }

    /// The scores of each document's passages, best first.
    fn scores(&self) -> impl Iterator<Item = Vec<f64>> {
        self.0.values().map(|hits| {
            let mut scores: Vec<f64> = hits.iter().map(|hit| hit.score).collect();
            scores.sort_by(|a, b| b.total_cmp(a));
            scores
        })
    }
}

/// The best documents that hold what they must, each with its passages.
fn documents(
    index: &FtsIndex<'_>,
    ranking: Ranking,
    wanted: &Wanted<'_>,
    judge: impl Fn(&[f64]) -> f64,
) -> Result<Vec<Found>, IndexError> {
    let mut ranked: Vec<(f64, String, Vec<Range<usize>>)> = ranking
        .0
        .into_iter()
        .map(|(document, mut hits)| {
            hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.start.cmp(&b.start)));
            let scores: Vec<f64> = hits.iter().map(|hit| hit.score).collect();
            (judge(&scores), document, hits.iter().map(|hit| hit.start..hit.end).collect())
        })
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let mut found = Vec::new();
    for (score, id, passages) in ranked {
        if found.len() >= wanted.limit {
            break;
        }
        let Some(document) = index.document(&id)? else { continue };
        if wanted.admits(&document.text) {
            found.push(Found { document, score, passages });
        }
    }
    Ok(found)
}

impl Wanted<'_> {
    fn admits(&self, text: &str) -> bool {
        if self.holds.is_empty() && self.lacks.is_empty() {
            return true;
        }
        let text = text.to_lowercase();
        self.holds.iter().all(|words| text.contains(&words.to_lowercase()))
            && !self.lacks.iter().any(|words| text.contains(&words.to_lowercase()))
    }
}
