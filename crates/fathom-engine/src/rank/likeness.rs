//! How alike two terms are, for words that a passage does not hold as the question has them.

use std::collections::HashSet;

use crate::{plan::Word, text::script::is_unspaced};

/// How much of `word` the most alike of `terms` stands for, from 0 to 1.
pub(super) fn likeness(word: &Word, terms: &HashSet<&str>) -> f64 {
    word.terms.iter().map(|term| best(term, terms)).fold(0.0, f64::max)
}

fn best(term: &str, terms: &HashSet<&str>) -> f64 {
    if term.starts_with(is_unspaced) {
        return apart(term, terms);
    }
    let letters: Vec<char> = term.chars().collect();
    if letters.len() < 5 || term.starts_with(|c: char| c.is_ascii_digit()) {
        return 0.0;
    }
    terms.iter().map(|other| alike(term, &letters, other)).fold(0.0, f64::max)
}

/// A pair of characters that both stand in the passage, though not side by side.
fn apart(pair: &str, terms: &HashSet<&str>) -> f64 {
    let stands = |c: char| terms.iter().any(|term| term.contains(c));
    let both = pair.chars().count() > 1 && pair.chars().all(stands);
    if both { 0.3 } else { 0.0 }
}

fn alike(term: &str, letters: &[char], other: &str) -> f64 {
    let others = other.chars().count();
    if others < 4 {
        return 0.0;
    }
    let shared = letters.iter().zip(other.chars()).take_while(|(a, b)| **a == *b).count();
    let (shorter, longer) = (letters.len().min(others), letters.len().max(others));
    let inside = others > letters.len() && other.contains(term)
        || others >= 5 && others < letters.len() && term.contains(other);
    if shared >= 5 && shared * 10 >= longer * 6 {
        0.6
    } else if shared == shorter && shorter >= 5 {
        0.5
    } else if inside || shared >= 5 && shared * 10 >= shorter * 7 {
        0.4
    } else {
        0.0
    }
}
