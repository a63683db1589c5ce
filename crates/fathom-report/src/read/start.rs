//! What kind of block a line begins.

use super::line::Line;

/// What a line begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start<'a> {
    /// Text.
    Text,
    /// A heading of a level.
    Heading(u8),
    /// A line across.
    Rule,
    /// Fenced code.
    Fence(Fence<'a>),
    /// A quotation.
    Quote,
    /// A list item.
    Item(ItemMark),
    /// A footnote with its label; the text begins after so many bytes of the trimmed line.
    Note(&'a str, usize),
    /// A formula, and what ends it.
    Math(&'static str),
    /// Code by indentation.
    Indented,
}

/// The opening line of fenced code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fence<'a> {
    pub(super) mark: u8,
    pub(super) length: usize,
    pub(super) language: &'a str,
}

/// The mark in front of a list item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ItemMark {
    /// `-`, `+`, `*`, `.` or `)`: a different one begins a new list.
    pub(super) mark: u8,
    /// The number of an ordered item.
    pub(super) number: Option<u64>,
    /// Bytes of the mark.
    pub(super) length: usize,
    /// Whether nothing follows the mark.
    pub(super) is_empty: bool,
}

/// Says what a line begins that is not blank.
pub(super) fn start<'a>(line: &Line<'a>) -> Start<'a> {
    if line.indent() >= 4 {
        return Start::Indented;
    }
    let text = line.trimmed();
    match text.as_bytes().first() {
        Some(b'#') => heading(text),
        Some(b'`' | b'~') => fence(text).map(Start::Fence),
        Some(b'>') => Some(Start::Quote),
        Some(b'-' | b'*' | b'_') if is_rule(text) => Some(Start::Rule),
        Some(b'-' | b'*' | b'+' | b'0'..=b'9') => item_mark(text).map(Start::Item),
        Some(b'[') => note(text),
        Some(b'$' | b'\\') => math(text).map(Start::Math),
        _ => None,
    }
    .unwrap_or(Start::Text)
}

impl Start<'_> {
    /// Whether a line that begins so ends the paragraph before it.
    pub(super) const fn interrupts(&self) -> bool {
        match self {
            Self::Text | Self::Indented => false,
            Self::Item(item) => !item.is_empty && matches!(item.number, None | Some(1)),
            _ => true,
        }
    }
}

fn run(text: &str, byte: u8) -> usize {
    text.bytes().take_while(|other| *other == byte).count()
}

fn after(text: &str, count: usize) -> &str {
    text.get(count..).unwrap_or_default()
}

fn heading(text: &str) -> Option<Start<'_>> {
    let level = run(text, b'#');
    let fits = level <= 6 && matches!(text.as_bytes().get(level), None | Some(b' ' | b'\t'));
    fits.then(|| Start::Heading(u8::try_from(level).unwrap_or(6)))
}

/// The words of a heading's line and where they begin in it.
pub(super) fn heading_words(text: &str) -> (&str, usize) {
    let rest = text.trim_start_matches('#');
    let words = rest.trim_start();
    let start = text.len() - words.len();
    let words = words.trim_end();
    let bare = words.trim_end_matches('#');
    let closed = bare.is_empty() || bare.ends_with([' ', '\t']);
    (if closed { bare.trim_end() } else { words }, start)
}

fn fence(text: &str) -> Option<Fence<'_>> {
    let mark = *text.as_bytes().first()?;
    let length = run(text, mark);
    let info = after(text, length).trim();
    let fits = length >= 3 && !(mark == b'`' && info.contains('`'));
    let language = info.split_ascii_whitespace().next().unwrap_or_default();
    fits.then_some(Fence { mark, length, language })
}

/// Whether the line closes code that was opened with `length` times `mark`.
pub(super) fn closes_fence(line: &Line<'_>, mark: u8, length: usize) -> bool {
    let text = line.trimmed();
    let found = run(text, mark);
    line.indent() < 4 && found >= length && after(text, found).trim().is_empty()
}

pub(super) fn is_rule(text: &str) -> bool {
    let mut marks = text.bytes().filter(|byte| !super::line::is_space(*byte));
    let Some(first) = marks.next() else { return false };
    matches!(first, b'-' | b'*' | b'_')
        && marks
            .try_fold(1, |count, byte| (byte == first).then_some(count + 1))
            .is_some_and(|n| n >= 3)
}

/// The level of the heading that this line makes of the text above it.
pub(super) fn underline(line: &Line<'_>) -> Option<u8> {
    let text = line.trimmed().trim_end();
    let mark = *text.as_bytes().first()?;
    let fits = line.indent() < 4 && run(text, mark) == text.len();
    match mark {
        b'=' if fits => Some(1),
        b'-' if fits => Some(2),
        _ => None,
    }
}

fn item_mark(text: &str) -> Option<ItemMark> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mark = *text.as_bytes().get(digits)?;
    let fits = match digits {
        0 => matches!(mark, b'-' | b'+' | b'*'),
        1..=9 => matches!(mark, b'.' | b')'),
        _ => false,
    };
    let length = digits + 1;
    let spaced = matches!(text.as_bytes().get(length), None | Some(b' ' | b'\t' | b'\r'));
    (fits && spaced).then(|| ItemMark {
        mark,
        number: text.get(..digits).and_then(|number| number.parse().ok()),
        length,
        is_empty: after(text, length).trim().is_empty(),
    })
}

fn note(text: &str) -> Option<Start<'_>> {
    let (label, rest) = text.strip_prefix("[^")?.split_once("]:")?;
    let fits = !label.is_empty() && label.len() <= 100 && !label.contains(['[', ']', ' ', '\t']);
    fits.then(|| Start::Note(label, text.len() - rest.len()))
}

fn math(text: &str) -> Option<&'static str> {
    match text.trim_end() {
        "$$" => Some("$$"),
        "\\[" => Some("\\]"),
        one => {
            let inside = |open, close| {
                let tex = one.strip_prefix(open)?.strip_suffix(close)?;
                (!tex.trim().is_empty() && !tex.contains(close)).then_some(close)
            };
            inside("$$", "$$").or_else(|| inside("\\[", "\\]"))
        }
    }
}
