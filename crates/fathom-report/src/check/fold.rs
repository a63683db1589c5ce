//! Text as a careful but not pedantic reader compares it.

use fathom_core::Span;

use super::compose::{compose, is_mark, is_part};
use super::forms::{is_hidden, levelled, narrow, spelled};

/// Letters and digits in lower case with one space for everything else between them, and the way
/// back to the text. Beside a script that does not part words there is no space. What nobody sees is
/// left out, and of several writings of a letter there is one: of ligatures, widths and accents.
///
/// Signs that change what a number means stay: currencies, `%`, `°`, and a minus in front of a digit.
#[derive(Debug, Default)]
pub(super) struct Folded {
    pub(super) text: String,
    /// For each byte of `text`, the range of the original character it comes from.
    origins: Vec<(usize, usize)>,
}

impl Folded {
    pub(super) fn new(text: &str) -> Self {
        let mut folded = Self::default();
        let mut gap = false;
        let mut characters = text
            .char_indices()
            .filter(|(_, c)| !is_hidden(*c))
            .map(|(at, c)| (at, at + c.len_utf8(), narrow(c)))
            .peekable();
        while let Some((at, end, c)) = characters.next() {
            let next = characters.peek().map(|(_, _, next)| *next);
            let apart = gap || folded.text.is_empty();
            if is_mark(c) {
                // A mark without a letter says nothing.
                if !apart {
                    folded.join(c, at, end);
                }
                continue;
            }
            let Some(c) = kept(c, next, apart) else {
                gap = true;
                continue;
            };
            let parted = !is_unparted(c) && !folded.text.ends_with(is_unparted);
            if gap && parted && !folded.text.is_empty() {
                folded.push(' ', at, at);
            }
            gap = false;
            folded.spell(c, at, end);
        }
        folded
    }

    /// Adds a character in lower case, as the letters it stands for.
    fn spell(&mut self, c: char, start: usize, end: usize) {
        if c.is_ascii() {
            self.push(c.to_ascii_lowercase(), start, end);
            return;
        }
        let level = levelled(c).filter(|_| !self.text.ends_with(char::is_numeric));
        for c in level.unwrap_or(c).to_lowercase() {
            match spelled(c) {
                Some(letters) => letters.chars().for_each(|c| self.join(c, start, end)),
                None => self.join(c, start, end),
            }
        }
    }

    /// Adds a character, as one with the letter before where both are one.
    fn join(&mut self, c: char, start: usize, end: usize) {
        let is_part = is_mark(c) || is_part(c);
        let before = if is_part { self.text.chars().next_back() } else { None };
        let Some(both) = before.and_then(|before| compose(before, c)) else {
            self.push(c, start, end);
            return;
        };
        self.text.pop();
        let start = self.origins.get(self.text.len()).map_or(start, |(start, _)| *start);
        self.origins.truncate(self.text.len());
        self.push(both, start, end);
    }

    fn push(&mut self, c: char, start: usize, end: usize) {
        self.text.push(c);
        self.origins.resize(self.text.len(), (start, end));
    }

    /// The first place at or after `from` where the words stand, in bytes of the folded text.
    pub(super) fn find(&self, words: &str, from: usize) -> Option<(usize, usize)> {
        let mut from = from;
        while !words.is_empty() {
            let at = from + self.text.get(from..)?.find(words)?;
            let end = at + words.len();
            if self.is_edge(at) && self.is_edge(end) {
                return Some((at, end));
            }
            from = at + self.text.get(at..)?.chars().next()?.len_utf8();
        }
        None
    }

    /// Whether no word runs across this place. Scripts that do not part words have no such runs.
    fn is_edge(&self, at: usize) -> bool {
        let runs = |c: Option<char>| c.is_some_and(|c| c != ' ' && !is_unparted(c));
        let (before, after) = self.text.split_at_checked(at).unwrap_or(("", ""));
        let inside = runs(before.chars().next_back()) && runs(after.chars().next());
        !inside && !after.starts_with(is_mark)
    }

    /// The bytes of the original text at a range of the folded text.
    pub(super) fn origin(&self, (start, end): (usize, usize)) -> Option<Span> {
        let start = self.origins.get(start)?.0;
        let end = self.origins.get(end.checked_sub(1)?)?.1;
        Some(Span { start, end })
    }
}

/// The character as it is compared; none for what only parts words.
fn kept(c: char, next: Option<char>, apart: bool) -> Option<char> {
    match c {
        '-' | '−' | '–' if apart && next.is_some_and(|next| next.is_ascii_digit()) => Some('-'),
        '%' | '‰' | '°' | '℃' | '℉' | '$' | '¢'..='¥' | '€' | '₹' | '₽' | '₩' => {
            Some(c)
        }
        c if c.is_alphanumeric() => Some(c),
        _ => None,
    }
}

/// Scripts that are written without spaces: Han, Kana, Thai, Lao, Khmer, Burmese.
pub(crate) const fn is_unparted(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
