//! What of an unfinished line is shown.

use super::line::Line;
use crate::citation::scan::LONGEST;

/// The part of the line that later text can hardly change; none while there is nothing to show.
pub(super) fn shown<'a>(mut line: Line<'a>, is_code: bool) -> Option<Line<'a>> {
    if line.continues {
        return Some(line);
    }
    if is_marks(line.trimmed()) {
        return None;
    }
    if !is_code {
        line.text = line.text.get(..settled(line.text)).unwrap_or(line.text);
    }
    (!line.is_blank()).then_some(line)
}

/// Whether the text consists of marks that might begin, end or underline a block.
fn is_marks(text: &str) -> bool {
    let marks = |byte| {
        matches!(
            byte,
            b'-' | b'='
                | b'#'
                | b'*'
                | b'+'
                | b'_'
                | b'>'
                | b'|'
                | b':'
                | b'~'
                | b'`'
                | b'$'
                | b'.'
                | b')'
                | b'0'..=b'9' | b' ' | b'\t' | b'\r' | b'\\'
        )
    };
    text.len() <= LONGEST && text.bytes().all(marks)
}

/// How much of the text comes before a marker or link that is not closed yet.
///
/// Something that stays open for longer than any marker is shown.
fn settled(text: &str) -> usize {
    let from = text.len().saturating_sub(LONGEST);
    let ends = [open_bracket(text, from), open_element(text, from), open_word(text, from)];
    ends.into_iter().flatten().min().unwrap_or(text.len())
}

/// Where the outermost bracket begins that is not closed, or that closed just now and may turn out
/// to be the first half of a link.
fn open_bracket(text: &str, from: usize) -> Option<usize> {
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut closed = None;
    let mut previous = ' ';
    for (at, c) in text.char_indices().filter(|(at, _)| *at >= from) {
        if !matches!(c, '(' | ']') {
            closed = None;
        }
        match c {
            '[' if previous == '(' => open.extend([('(', at - 1), (c, at)]),
            '[' | '【' | '\u{e200}' => open.push((c, at)),
            '(' => open.extend(closed.take().map(|start| (c, start))),
            ']' => closed = close(&mut open, '[').or(closed),
            '】' => _ = close(&mut open, '【'),
            '\u{e201}' => _ = close(&mut open, '\u{e200}'),
            ')' => _ = close(&mut open, '('),
            _ => {}
        }
        previous = c;
    }
    let last = (previous == '(').then(|| text.len() - 1);
    open.first().map(|(_, at)| *at).or(closed).or(last)
}

/// Closes the innermost bracket of a kind and whatever was left open within it.
fn close(open: &mut Vec<(char, usize)>, mark: char) -> Option<usize> {
    let index = open.iter().rposition(|(other, _)| *other == mark)?;
    let start = open.get(index).map(|(_, at)| *at);
    open.truncate(index);
    start
}

/// Where an element begins that may be a citation and has not ended.
fn open_element(text: &str, from: usize) -> Option<usize> {
    let tags = text.rmatch_indices('<').map(|(at, _)| at).take_while(|at| *at >= from);
    let mut first = None;
    let mut ended = false;
    for at in tags {
        let rest = text.get(at + 1..).unwrap_or_default();
        let whole = rest.contains('>');
        let element =
            rest.starts_with("sup>") || (rest.starts_with("cit") && !rest.ends_with("/>"));
        if begins_tag(rest) && !whole || element && !ended {
            first = Some(at);
        }
        ended = rest.starts_with('/') && whole;
    }
    first
}

fn begins_tag(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
}

/// Where the last word begins, if it is an address or a name that may go on.
fn open_word(text: &str, from: usize) -> Option<usize> {
    let word = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    let at = text.len() - word.len();
    let starts =
        ["https://", "http://", "citeturn"].into_iter().filter_map(|start| word.find(start));
    starts.min().map(|start| at + start).filter(|at| *at >= from)
}
