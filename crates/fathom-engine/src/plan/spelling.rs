//! Other forms of a word that the library does not hold as it was written.

use crate::{
    index::IndexError,
    session::Session,
    text::{Analyzer, Language},
};

/// Languages whose stems are tried, by how many people write in them.
const TRIED: [Language; 13] = [
    Language::English,
    Language::German,
    Language::French,
    Language::Spanish,
    Language::Italian,
    Language::Portuguese,
    Language::Dutch,
    Language::Danish,
    Language::Norwegian,
    Language::Swedish,
    Language::Finnish,
    Language::Turkish,
    Language::Other,
];

/// The stems of `word` in other languages that the library holds: a short question may be in another language than it
/// seems, and so may a document.
pub(super) fn other_stems(word: &str, session: &Session<'_>) -> Result<Vec<String>, IndexError> {
    let mut found: Vec<String> = Vec::new();
    for language in TRIED {
        for term in Analyzer::new(language).terms(word) {
            if !found.contains(&term) && session.frequency(&term)? > 0 {
                found.push(term);
            }
        }
    }
    Ok(found)
}

/// Shorter words have too many others within one letter.
const SHORTEST: usize = 5;
/// From this length on, two letters may differ.
const LONG: usize = 9;
/// The first letters are right as a rule.
const PREFIX: usize = 2;
/// So many terms with the same beginning are looked at.
const LOOK: usize = 4_000;
const MOST: usize = 3;

/// A stem is shorter than its word by no more than this.
const ENDING: usize = 5;

/// Terms of the library that differ in a letter or two from the beginning of `word`: what stands there are stems, and a
/// misspelled word has no true stem.
pub(super) fn alike(word: &str, session: &Session<'_>) -> Result<Vec<String>, IndexError> {
    let letters: Vec<char> = word.chars().collect();
    if letters.len() < SHORTEST || word.contains(|c: char| c.is_ascii_digit()) {
        return Ok(Vec::new());
    }
    let prefix: String = letters.iter().take(PREFIX).collect();
    let mut found: Vec<(usize, usize, String)> = Vec::new();
    for term in session.terms(&prefix, LOOK)? {
        let others: Vec<char> = term.chars().collect();
        if others.len() + ENDING < letters.len() || others.len() > letters.len() + 2 {
            continue;
        }
        let most = if others.len() >= LONG { 2 } else { 1 };
        let whole = distance(&letters, &others);
        let head = letters.get(..others.len().min(letters.len())).unwrap_or_default();
        let stem = if others.len() >= SHORTEST { distance(head, &others) } else { whole };
        let nearest = whole.min(stem);
        if nearest <= most {
            found.push((nearest, letters.len().abs_diff(others.len()), term));
        }
    }
    found.sort();
    let nearest = found.first().map_or(0, |(distance, ..)| *distance);
    found.retain(|(distance, ..)| *distance == nearest);
    Ok(found.into_iter().take(MOST).map(|(.., term)| term).collect())
}

/// How many letters must be put in, taken out, changed or swapped with their neighbour.
fn distance(one: &[char], other: &[char]) -> usize {
    let width = other.len() + 1;
    let mut before_last: Vec<usize> = vec![0; width];
    let mut last: Vec<usize> = (0..width).collect();
    for (row, a) in one.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, b) in other.iter().enumerate() {
            let at =
                |line: &[usize], place: usize| line.get(place).copied().unwrap_or(usize::MAX / 2);
            let mut best = (at(&last, column) + usize::from(a != b))
                .min(at(&last, column + 1) + 1)
                .min(at(&current, column) + 1);
            let swapped = row > 0
                && column > 0
                && one.get(row - 1) == Some(b)
                && other.get(column - 1) == Some(a);
            if swapped {
                best = best.min(at(&before_last, column - 1) + 1);
            }
            current.push(best);
        }
        before_last = std::mem::replace(&mut last, current);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn counts_letters_that_differ() {
        let apart = |a: &str, b: &str| {
            distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>())
        };
        assert_eq!(apart("lincoln", "lincoln"), 0);
        assert_eq!(apart("lincon", "lincoln"), 1);
        assert_eq!(apart("licnoln", "lincoln"), 1);
        assert_eq!(apart("kazachstan", "kazakhstan"), 1);
        assert_eq!(apart("", "abc"), 3);
    }
}
