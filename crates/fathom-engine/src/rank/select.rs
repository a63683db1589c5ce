use std::{collections::HashMap, rc::Rc};

use super::Candidate;
use crate::{
    read::Unit,
    text::simhash::{NEAR, distance},
};

/// Pieces whose words overlap this much say the same.
const SAME: f64 = 0.8;
/// How much relevance counts against novelty.
const LAMBDA: f64 = 0.7;
/// Only so many of the best are looked at: the rest has no chance.
const POOL: usize = 160;

/// How much a section may hold.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget {
    pub pieces: usize,
    pub each_document: usize,
}

/// Sorts by score and merges pieces that say the same into the best of them; returns how many were merged.
pub(crate) fn merge(candidates: Vec<Candidate>) -> (Vec<Candidate>, usize) {
    let mut sorted = candidates;
    sorted.sort_by(by_score);
    let mut kept: Vec<Candidate> = Vec::new();
    let mut merged = 0;
    for candidate in sorted {
        if kept.len() >= POOL {
            break;
        }
        match kept.iter_mut().find(|known| same(&known.unit, &candidate.unit)) {
            Some(known) => {
                merged += 1;
                corroborate(known, candidate.unit);
            }
            None => kept.push(candidate),
        }
    }
    (kept, merged)
}

/// Best first; ties by place, so that a run always comes out the same.
fn by_score(a: &Candidate, b: &Candidate) -> std::cmp::Ordering {
    let place = |candidate: &Candidate| {
        (candidate.unit.page.document.path.clone(), candidate.unit.range.start)
    };
    b.score.total_cmp(&a.score).then_with(|| place(a).cmp(&place(b)))
}

fn same(one: &Unit, other: &Unit) -> bool {
    // Values are short, so their labels must agree before two of them can say the same.
    let alike = || {
        one.text() == other.text()
            || distance(one.print, other.print) <= NEAR && one.words > 8
            || jaccard(one, other) >= SAME && one.words > 5
    };
    let place = Rc::ptr_eq(&one.page, &other.page) && one.range == other.range;
    place
        || (digits(one) == digits(other) && one.page.title_terms == other.page.title_terms
            || one.words > 8)
            && digits(one) == digits(other)
            && alike()
}

/// Two sentences with other numbers never say the same.
fn digits(unit: &Unit) -> String {
    unit.text().chars().filter(char::is_ascii_digit).collect()
}

/// Adds a piece of another document; copies inside one document count once.
fn corroborate(known: &mut Candidate, unit: Rc<Unit>) {
    let path = &unit.page.document.path;
    let counted = known.unit.page.document.path == *path
        || known.same.iter().any(|same| same.page.document.path == *path);
    if !counted && known.same.len() < 3 {
        known.same.push(unit);
    }
}

#[expect(clippy::cast_precision_loss, reason = "a sentence has far fewer than 2^52 words")]
fn jaccard(one: &Unit, other: &Unit) -> f64 {
    let shared = one.terms.intersection(&other.terms).count();
    let all = one.terms.len() + other.terms.len() - shared;
    if all == 0 { 0.0 } else { shared as f64 / all as f64 }
}

/// Chooses pieces that are relevant and unlike each other, at most so many a document.
pub(crate) fn select(candidates: &[Candidate], budget: Budget) -> Vec<Candidate> {
    let mut left: Vec<&Candidate> = candidates.iter().collect();
    let mut chosen: Vec<Candidate> = Vec::new();
    let mut taken: HashMap<&str, usize> = HashMap::new();
    while chosen.len() < budget.pieces && !left.is_empty() {
        let worth = |candidate: &Candidate| {
            let nearest = chosen
                .iter()
                .map(|known| jaccard(&known.unit, &candidate.unit))
                .fold(0.0, f64::max);
            LAMBDA * candidate.score - (1.0 - LAMBDA) * nearest
        };
        let best = left.iter().enumerate().map(|(at, candidate)| (at, worth(candidate)));
        let Some((at, _)) = best.reduce(|best, next| if next.1 > best.1 { next } else { best })
        else {
            break;
        };
        let candidate = left.remove(at);
        let count = taken.entry(&candidate.unit.page.document.path).or_default();
        if *count < budget.each_document {
            *count += 1;
            chosen.push(candidate.clone());
        }
    }
    chosen
}
