//! Sentences of different documents that say the same with other numbers.

use std::collections::HashSet;

use crate::{
    document::{Kind, Segment, quantity},
    rank::Candidate,
    report::Line,
};

/// Only the best pieces are compared with each other.
const LOOK: usize = 40;
/// They share this much of their words besides numbers.
const ALIKE: f64 = 0.75;
/// And at least this many words.
const WORDS: usize = 6;

/// Pairs of pieces that contradict each other, the newer first.
pub(super) fn sentences(found: &[Candidate]) -> Vec<Line> {
    let mut lines = Vec::new();
    let looked: Vec<&Candidate> = found.iter().take(LOOK).collect();
    for (at, one) in looked.iter().enumerate() {
        let rival =
            looked.iter().skip(at + 1).find(|other| contradict(&one.segment, &other.segment));
        if let Some(other) = rival {
            let date = |segment: &Segment| segment.page.document.date.clone().unwrap_or_default();
            let (newer, older) = if date(&one.segment) >= date(&other.segment) {
                (one, other)
            } else {
                (other, one)
            };
            let quote =
                |candidate: &Candidate| candidate.segment.page.quote(&candidate.segment.range);
            lines.push(Line { against: Some(quote(older)), ..Line::new(None, quote(newer)) });
        }
    }
    lines
}

fn contradict(one: &Segment, other: &Segment) -> bool {
    let elsewhere = one.page.document.path != other.page.document.path;
    if !elsewhere || one.terms.len() < WORDS || !same_subject(one, other) {
        return false;
    }
    let (words, others) = (plain(one), plain(other));
    let shared = words.intersection(&others).count();
    let all = words.len() + others.len() - shared;
    shared >= WORDS && as_f64(shared) >= ALIKE * as_f64(all) && differ(one.text(), other.text())
}

/// Whether two pieces speak of the same: their documents bear the same title, or both sentences name it. Without that,
/// two profiles that are worded alike are about two things.
fn same_subject(one: &Segment, other: &Segment) -> bool {
    if one.page.title_terms == other.page.title_terms {
        return true;
    }
    let sentences = one.kind == Kind::Sentence && other.kind == Kind::Sentence;
    sentences && names(one.text()).any(|name| names(other.text()).any(|other| other == name))
}

/// The words that begin with a capital inside a sentence.
fn names(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).skip(1);
    words.filter(|word| word.len() > 3 && word.starts_with(char::is_uppercase))
}

/// The terms that are no numbers.
fn plain(segment: &Segment) -> HashSet<&str> {
    segment
        .terms
        .iter()
        .filter(|term| !term.contains(|c: char| c.is_ascii_digit()))
        .map(String::as_str)
        .collect()
}

/// Whether two texts give different numbers of the same kind, beyond rounding. Years alone are no disagreement.
fn differ(one: &str, other: &str) -> bool {
    let numbers = |text: &str| {
        quantity::numbers(text)
            .filter(|number| number.unit.is_some() || !is_year(number.value))
            .collect::<Vec<_>>()
    };
    let (ours, theirs) = (numbers(one), numbers(other));
    ours.len() == theirs.len()
        && ours
            .iter()
            .zip(&theirs)
            .all(|(a, b)| a.unit.map(|unit| unit.measure) == b.unit.map(|unit| unit.measure))
        && ours
            .iter()
            .zip(&theirs)
            .any(|(a, b)| (a.value - b.value).abs() > 0.02 * a.value.abs().max(b.value.abs()))
}

fn is_year(value: f64) -> bool {
    (1_000.0..2_200.0).contains(&value) && value.fract() == 0.0
}

#[expect(clippy::cast_precision_loss, reason = "a sentence has few words")]
const fn as_f64(count: usize) -> f64 {
    count as f64
}
