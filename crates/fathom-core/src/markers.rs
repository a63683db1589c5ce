//! Numbers in square brackets, by which a text refers to its sources.

use crate::{
    number::digits,
    report::{Citation, Span},
    source::{self, Source},
};

/// The longest marker that is read, in bytes.
const LONGEST: usize = 80;
/// The most sources one marker may name; a longer range is taken for something else.
const MOST: u32 = 100;

/// The citations of a markdown text: each `[1]`, `[1, 2]` or `[1-3]` outside code, in reading order,
/// with those of its numbers that are ids of `sources`. One that names none of them is no citation.
pub fn cite(markdown: &str, sources: &[Source]) -> Vec<Citation> {
    let mut ids = Vec::with_capacity(sources.len());
    for source in sources {
        ids.push(u64::from(source.id));
    }
    source::sort(&mut ids);
    let mut found = Vec::new();
    scan(markdown, b"[", &mut |place| {
        let Some((length, mut numbers)) = marker(place.here) else { return 1 };
        numbers.retain(|id| ids.binary_search(&u64::from(*id)).is_ok());
        if !numbers.is_empty() && place.here.as_bytes().get(length) != Some(&b':') {
            found.push(place.citation(length, numbers));
        }
        length
    });
    found
}

/// A place in a text that a [`scan`] has come to.
pub(crate) struct Place<'a> {
    /// The rest of the line from here.
    pub(crate) here: &'a str,
    /// Where this is in the whole text, in bytes.
    pub(crate) start: usize,
    /// Whether no letter or digit stands right before.
    pub(crate) begins: bool,
}

impl Place<'_> {
    /// A citation whose marker is this long.
    pub(crate) fn citation(&self, length: usize, sources: Vec<u32>) -> Citation {
        Citation {
            marker: self.here.get(..length).map(str::to_owned),
            span: Some(Span { start: self.start, end: self.start + length }),
            sources,
            ..Citation::default()
        }
    }
}

/// Stops at each of these ASCII characters of a markdown text that is not in code and has no
/// backslash before it. `take` says how many bytes are done with.
pub(crate) fn scan(markdown: &str, marks: &[u8], take: &mut dyn FnMut(Place<'_>) -> usize) {
    let (mut start, mut fence) = (0, None);
    for line in markdown.split_inclusive('\n') {
        match (fence, fence_of(line)) {
            (None, Some(opened)) => fence = Some(opened),
            (Some((mark, length)), Some((same, enough))) if mark == same && enough >= length => {
                fence = None;
            }
            (None, None) => scan_line(line, start, marks, take),
            (Some(_), _) => {}
        }
        start += line.len();
    }
}

fn scan_line(line: &str, start: usize, marks: &[u8], take: &mut dyn FnMut(Place<'_>) -> usize) {
    let (mut at, mut before) = (0, b' ');
    while let Some(&byte) = line.as_bytes().get(at) {
        let here = line.get(at..).unwrap_or_default();
        let done = match byte {
            // No character that is escaped begins anything; the rest of a longer one is none either.
            b'\\' => 2,
            b'`' => code(here),
            _ if marks.contains(&byte) => {
                let begins = !before.is_ascii_alphanumeric();
                take(Place { here, start: start + at, begins })
            }
            _ => 1,
        };
        at += done;
        before = line.as_bytes().get(at - 1).copied().unwrap_or_default();
    }
}

/// The character and the length of the fence with which a block of code begins or ends.
fn fence_of(line: &str) -> Option<(u8, usize)> {
    let indent = run_of(b' ', line.as_bytes());
    let text = line.as_bytes().get(indent..)?;
    let mark = *text.first().filter(|mark| matches!(mark, b'`' | b'~'))?;
    let length = run_of(mark, text);
    (length >= 3 && indent < 4).then_some((mark, length))
}

/// How often this byte is repeated at the front of a text.
fn run_of(byte: u8, text: &[u8]) -> usize {
    text.iter().position(|next| *next != byte).unwrap_or(text.len())
}

/// The length of the code at the front of a text, or of its quotes when they are not closed.
fn code(text: &str) -> usize {
    let length = run_of(b'`', text.as_bytes());
    let mut at = length;
    while let Some(rest) = text.as_bytes().get(at..).filter(|rest| !rest.is_empty()) {
        let found = run_of(b'`', rest);
        if found == length {
            return at + found;
        }
        at += found.max(1);
    }
    length
}

/// The length of the marker at the front of a text, and the numbers in it.
fn marker(text: &str) -> Option<(usize, Vec<u32>)> {
    let end = text.bytes().take(LONGEST).position(|byte| byte == b']')?;
    Some((end + 1, numbers(text.get(1..end)?)?))
}

fn numbers(text: &str) -> Option<Vec<u32>> {
    let mut numbers = Vec::new();
    for part in text.split(&[',', ';'][..]) {
        let (first, last) = part.split_once(&['-', '\u{2013}'][..]).unwrap_or((part, part));
        let (first, last) = (number(first)?, number(last)?);
        if last.checked_sub(first)? >= MOST || numbers.len() >= MOST as usize {
            return None;
        }
        for number in first..=last {
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
    }
    Some(numbers)
}

/// One to four digits that do not begin with 0.
fn number(text: &str) -> Option<u32> {
    let text = text.trim();
    digits(text, 4).filter(|_| !text.starts_with('0')).map(|number| number as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cited(markdown: &str) -> Vec<(String, Vec<u32>)> {
        let sources: Vec<Source> = (1..=12).map(|id| Source { id, ..Source::default() }).collect();
        cite(markdown, &sources)
            .into_iter()
            .map(|citation| {
                let (marker, span) = (citation.marker.unwrap(), citation.span.unwrap());
                assert_eq!(markdown.get(span.start..span.end), Some(marker.as_str()));
                (marker, citation.sources)
            })
            .collect()
    }

    #[track_caller]
    fn check(markdown: &str, expected: &[(&str, &[u32])]) {
        let expected: Vec<_> =
            expected.iter().map(|(m, s)| ((*m).to_owned(), s.to_vec())).collect();
        assert_eq!(cited(markdown), expected, "{markdown}");
    }

    #[test]
    fn numbers_lists_and_ranges_are_found_where_they_stand() {
        check("Größe. [1] Mehr [2, 3][4]", &[("[1]", &[1]), ("[2, 3]", &[2, 3]), ("[4]", &[4])]);
        check(
            "| a [1-3] |\n- b [5\u{2013}6;5]\n",
            &[("[1-3]", &[1, 2, 3]), ("[5\u{2013}6;5]", &[5, 6])],
        );
        check("[[7]](https://a.example) [8](https://b.example)", &[("[7]", &[7]), ("[8]", &[8])]);
    }

    #[test]
    fn a_number_without_a_source_is_no_citation() {
        check("[13] [0] [01] [2024] [x] [] [ ] [1.5] [3-1] [1-500]", &[]);
        check("[12, 13]", &[("[12, 13]", &[12])]);
    }

    #[test]
    fn code_escapes_and_definitions_hold_no_citations() {
        check("`a[1]` ``b ` [2]`` \\[3] \\\\[4]", &[("[4]", &[4])]);
        check("```rust\na[1]\n~~~\n[2]\n```\n[3]\n~~~~\n[4]", &[("[3]", &[3])]);
        check("[1]: https://a.example\n", &[]);
        check("`open [5]", &[("[5]", &[5])]);
    }

    #[test]
    fn hostile_texts_take_no_longer_than_others() {
        for text in
            ["[".repeat(200_000), "`".repeat(200_000), "[1,".repeat(70_000), "\\".repeat(200_001)]
        {
            assert_eq!(cited(&text), []);
        }
    }
}
