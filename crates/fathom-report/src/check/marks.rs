//! Which words of a passage carry a claim.

use std::collections::BTreeSet;

use fathom_core::Span;

use super::compose::is_mark;
use super::fold::{Folded, is_unparted};
use super::forms::is_hidden;

/// The words of `passage` that also occur in `claim`, as ranges of bytes in order.
///
/// Words of fewer than four letters are left out unless they hold a digit or begin with a capital
/// letter: they occur everywhere and say nothing. In scripts that do not part words, a pair of
/// characters counts as a word.
pub fn marks(claim: &str, passage: &str) -> Vec<Span> {
    let compared = |word: &str| Folded::new(word).text;
    let claimed: BTreeSet<String> = words(claim).map(|(_, word)| compared(word)).collect();
    let mut marks: Vec<Span> = Vec::new();
    for (start, word) in words(passage).filter(|(_, word)| says_something(word)) {
        if !claimed.contains(&compared(word)) {
            continue;
        }
        let end = start + word.len();
        match marks.last_mut() {
            Some(last) if last.end >= start => last.end = end,
            _ => marks.push(Span { start, end }),
        }
    }
    marks
}

fn says_something(word: &str) -> bool {
    let telling = |c: char| c.is_ascii_digit() || is_unparted(c);
    word.chars().count() >= 4 || word.contains(telling) || word.starts_with(char::is_uppercase)
}

/// Words with the byte where each begins: runs of letters and digits, and pairs of characters of
/// scripts that do not part words. A point or comma between digits belongs to the number.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    runs(text).into_iter().flat_map(|(start, run)| {
        let unparted = run.starts_with(is_unparted);
        let pairs = run.char_indices().zip(run.char_indices().skip(1));
        let pairs: Vec<(usize, &str)> = pairs
            .filter(|_| unparted)
            .filter_map(|((at, _), (next, c))| {
                Some((start + at, run.get(at..next + c.len_utf8())?))
            })
            .collect();
        if pairs.is_empty() { vec![(start, run)] } else { pairs }
    })
}

fn runs(text: &str) -> Vec<(usize, &str)> {
    let mut runs = Vec::new();
    let mut start = None;
    let mut before = ' ';
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let next = characters.peek().map_or(' ', |(_, next)| *next);
        let inside = c.is_alphanumeric()
            || start.is_some() && (is_mark(c) || is_hidden(c))
            || (matches!(c, '.' | ',') && before.is_ascii_digit() && next.is_ascii_digit());
        let parts = !inside || !is_mark(c) && is_unparted(c) != is_unparted(before);
        if let Some(from) = start.filter(|_| parts) {
            runs.extend(text.get(from..at).map(|run| (from, run)));
            start = None;
        }
        if inside && start.is_none() {
            start = Some(at);
        }
        before = c;
    }
    runs.extend(start.and_then(|from| Some((from, text.get(from..)?))));
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked<'a>(claim: &str, passage: &'a str) -> Vec<&'a str> {
        marks(claim, passage)
            .iter()
            .map(|span| passage.get(span.start..span.end).unwrap())
            .collect()
    }

    #[test]
    fn marks_the_words_that_say_something() {
        let passage =
            "The population of Norway was 5,509,733 in 2024, of which the US is not a part.";
        assert_eq!(
            marked("In 2024 Norway had a population of 5,509,733 (US: more).", passage),
            ["population", "Norway", "5,509,733", "2024", "US"]
        );
        assert_eq!(marked("509", passage), Vec::<&str>::new());
    }

    #[test]
    fn marks_words_that_are_written_differently() {
        let passage = "Ｔｈｅ caf\u{65}\u{301} of the of\u{ad}fice in Gießen, ﬁrst";
        assert_eq!(
            marked("the first café of the office, Giessen", passage),
            ["Ｔｈｅ", "caf\u{65}\u{301}", "of\u{ad}fice", "Gießen", "ﬁrst"]
        );
    }

    #[test]
    fn marks_pairs_where_words_are_not_parted() {
        assert_eq!(marked("挪威的人口", "2024年挪威总人口为550万"), ["挪威", "人口"]);
    }
}
