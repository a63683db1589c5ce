//! What the inline parser is given: a text that it can only take for one paragraph.

use std::{borrow::Cow, ops::Range};

use fathom_core::Span;

use super::text::Text;

/// Comes before the text, so that nothing in it can begin a block that only stands first.
pub(super) const OPENING: &str = "x\n";

/// The input of the inline parser with the way back to the markdown.
///
/// Which lines begin blocks was decided before; here a backslash keeps the parser from deciding
/// again, wherever a line looks like the beginning of one.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) input: String,
    map: Vec<(usize, usize)>,
    /// Bytes of `input` that are not in the markdown.
    added: Vec<usize>,
}

impl Source {
    pub(super) fn new(text: &Text) -> Self {
        let mut source = Self { input: OPENING.to_owned(), map: Vec::new(), added: Vec::new() };
        let mut parts = text.map().iter().copied().peekable();
        let mut at = 0;
        for line in text.as_str().split_inclusive('\n') {
            while let Some((from, to)) = parts.next_if(|(from, _)| *from < at + line.len()) {
                source.map.push((source.input.len() + from.saturating_sub(at), to));
            }
            source.push_line(line);
            at += line.len();
        }
        source
    }

    fn push_line(&mut self, line: &str) {
        let before = blocked(line);
        let (head, tail) = before.and_then(|at| line.split_at_checked(at)).unwrap_or((line, ""));
        self.push(head);
        if before.is_some() {
            let here = self.markdown(self.input.len());
            self.added.push(self.input.len());
            self.input.push('\\');
            let moved = self.map.partition_point(|(from, _)| *from < self.input.len());
            for (from, _) in self.map.iter_mut().skip(moved) {
                *from += 1;
            }
            self.map.insert(moved, (self.input.len(), here));
        }
        self.push(tail);
    }

    /// A carriage return within a line would end it for the parser.
    fn push(&mut self, text: &str) {
        self.input.extend(text.chars().map(|c| if c == '\r' { ' ' } else { c }));
    }

    /// The byte of the markdown that stands at a byte of the input.
    pub(super) fn markdown(&self, at: usize) -> usize {
        let next = self.map.partition_point(|(from, _)| *from <= at);
        let before = next.checked_sub(1).and_then(|index| self.map.get(index));
        before.map_or(0, |(from, to)| to + at - from)
    }

    /// The bytes of the markdown that stand at a range of the input.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        let end = range.end.checked_sub(1).map_or(0, |last| self.markdown(last) + 1);
        Span { start: self.markdown(range.start), end }
    }

    /// What was written at a range of the input.
    pub(super) fn raw(&self, range: &Range<usize>) -> Cow<'_, str> {
        let text = self.input.get(range.clone()).unwrap_or_default();
        if !self.added.iter().any(|at| range.contains(at)) {
            return Cow::Borrowed(text);
        }
        let written = |(at, _): &(usize, char)| !self.added.contains(&(range.start + at));
        Cow::Owned(text.char_indices().filter(written).map(|(_, c)| c).collect())
    }
}

/// Where a backslash must stand so that the line does not begin a block.
fn blocked(line: &str) -> Option<usize> {
    let text = line.trim_end();
    let first = *text.as_bytes().first()?;
    let rest = text.get(1..).unwrap_or_default();
    let spaced = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let blocks = match first {
        b'#' => spaced(text.trim_start_matches('#')),
        b'=' => text.bytes().all(|byte| byte == b'='),
        b'-' => spaced(rest) || text.bytes().all(|byte| matches!(byte, b'-' | b' ' | b'\t')),
        b'+' => spaced(rest),
        b'*' | b'_' => spaced(rest) || super::start::is_rule(text),
        b'>' => true,
        b'<' => begins_html(rest),
        b'~' | b'`' => {
            text.starts_with("~~~")
                || (text.starts_with("```") && !rest.trim_start_matches('`').contains('`'))
        }
        _ => false,
    };
    if blocks {
        return Some(0);
    }
    let after = text.get(digits..).unwrap_or_default();
    let ordered = (1..=9).contains(&digits)
        && after.starts_with(['.', ')'])
        && spaced(after.get(1..).unwrap_or_default());
    ordered.then_some(digits)
}

/// Whether what follows `<` could begin a block of HTML in the middle of a paragraph. In doubt it
/// could: the price is only that the tag is text, which is what becomes of it anyway.
fn begins_html(rest: &str) -> bool {
    let name = rest.strip_prefix('/').unwrap_or(rest);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    let name = name.get(..end).unwrap_or_default().to_ascii_lowercase();
    let inline =
        ["cite", "citation", "sup", "sub", "br", "code", "a", "b", "i", "em", "strong", "span"];
    rest.starts_with(['!', '?'])
        || !(inline.contains(&name.as_str()) || rest.contains("://") || rest.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_survive_what_was_added() {
        let mut text = Text::at("# no\nplain", 10);
        text.push_part("!", 50);
        let source = Source::new(&text);
        assert_eq!(source.input, "x\n\\# no\nplain!");
        assert_eq!(source.markdown(3), 10);
        assert_eq!(source.markdown(source.input.len() - 1), 50);
        assert_eq!(source.raw(&(2..7)), "# no");
    }
}
