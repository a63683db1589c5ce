//! Numbers in square brackets, by which a text refers to its sources.

use crate::{
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
    let mut ids: Vec<u64> = sources.iter().map(|source| source.id.into()).collect();
    source::sort(&mut ids);
    let mut scan = Scan { ids, found: Vec::new() };
    let (mut start, mut fence) = (0, None);
    for line in markdown.split_inclusive('\n') {
        match (fence, fence_of(line)) {
            (None, Some(opened)) => fence = Some(opened),
            (Some((mark, length)), Some((same, enough))) if mark == same && enough >= length => {
                fence = None;
            }
            (None, None) => scan.line(line, start),
            (Some(_), _) => {}
        }
        start += line.len();
    }
    scan.found
}

/// The character and the length of the fence with which a block of code begins or ends.
pub(crate) fn fence_of(line: &str) -> Option<(char, usize)> {
    let text = line.trim_start_matches(' ');
    let mark = text.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let length = text.chars().take_while(|next| *next == mark).count();
    (length >= 3 && line.len() - text.len() < 4).then_some((mark, length))
}

struct Scan {
    ids: Vec<u64>,
    found: Vec<Citation>,
}

impl Scan {
    fn line(&mut self, line: &str, start: usize) {
        let mut at = 0;
        while let Some(rest) = line.get(at..) {
            let Some(next) = rest.find(['[', '`', '\\']) else { return };
            let (Some(here), place) = (rest.get(next..), at + next) else { return };
            at = place + self.step(here, start + place);
        }
    }

    /// Reads what stands at the front of `here`; returns how many bytes that is.
    fn step(&mut self, here: &str, start: usize) -> usize {
        if here.starts_with('\\') {
            return 1 + here.chars().nth(1).map_or(0, char::len_utf8);
        }
        if here.starts_with('`') {
            return code(here);
        }
        let Some(end) = here.bytes().take(LONGEST).position(|byte| byte == b']') else { return 1 };
        let Some(numbers) = here.get(1..end).and_then(numbers) else { return 1 };
        let marker = here.get(..=end).unwrap_or_default();
        let is_definition = here.get(end + 1..).is_some_and(|rest| rest.starts_with(':'));
        let sources: Vec<u32> = numbers
            .into_iter()
            .filter(|id| self.ids.binary_search(&u64::from(*id)).is_ok())
            .collect();
        if !sources.is_empty() && !is_definition {
            self.found.push(Citation {
                marker: Some(marker.to_owned()),
                span: Some(Span { start, end: start + marker.len() }),
                sources,
                ..Citation::default()
            });
        }
        marker.len()
    }
}

/// The length of the code at the front of `here`, or of its quotes when they are not closed.
pub(crate) fn code(here: &str) -> usize {
    let quotes = |text: &str| text.bytes().take_while(|byte| *byte == b'`').count();
    let length = quotes(here);
    let mut at = length;
    while let Some(rest) = here.get(at..) {
        let Some(next) = rest.find('`') else { break };
        let found = rest.get(next..).map_or(1, quotes);
        at += next + found;
        if found == length {
            return at;
        }
    }
    length
}

fn numbers(text: &str) -> Option<Vec<u32>> {
    let mut numbers = Vec::new();
    for part in text.split([',', ';']) {
        let part = part.trim();
        let (first, last) = part.split_once(['-', '\u{2013}']).unwrap_or((part, part));
        let (first, last) = (number(first.trim())?, number(last.trim())?);
        if last.checked_sub(first)? >= MOST || numbers.len() >= MOST as usize {
            return None;
        }
        numbers
            .extend((first..=last).filter(|number| !numbers.contains(number)).collect::<Vec<_>>());
    }
    Some(numbers)
}

/// One to four digits that do not begin with 0.
fn number(text: &str) -> Option<u32> {
    let fits = (1..=4).contains(&text.len())
        && !text.starts_with('0')
        && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
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
