//! Lines: cutting a stream into them, and taking container prefixes off them.

/// The longest line, and the longest paragraph, that is read as one; what follows is read as a
/// continuation. This bounds what has to be read again for each new piece of text.
pub(super) const LONGEST: usize = 8 * 1024;

/// A line, or what is left of it after its containers took their prefixes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// The text without its line end.
    pub(super) text: &'a str,
    /// The byte of the markdown where `text` begins.
    pub(super) start: usize,
    /// The column of `text`, which decides how wide a tab is.
    column: usize,
    /// Spaces in front of `text` that are left of a half consumed tab.
    pad: usize,
    /// Whether this continues a line that was too long.
    pub(super) continues: bool,
    /// Whether a line end follows.
    pub(super) ended: bool,
}

impl<'a> Line<'a> {
    pub(super) const fn new(text: &'a str, start: usize, continues: bool, ended: bool) -> Self {
        Self { text, start, column: 0, pad: 0, continues, ended }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.bytes().all(is_space)
    }

    /// The width of the white space in front.
    pub(super) fn indent(&self) -> usize {
        let mut column = self.column;
        for byte in self.text.bytes() {
            match byte {
                b' ' => column += 1,
                b'\t' => column += 4 - column % 4,
                _ => break,
            }
        }
        self.pad + column - self.column
    }

    /// The text without the white space in front.
    pub(super) fn trimmed(&self) -> &'a str {
        self.text.trim_start_matches([' ', '\t'])
    }

    /// The byte of the markdown where [`Line::trimmed`] begins.
    pub(super) fn trimmed_start(&self) -> usize {
        self.start + self.text.len() - self.trimmed().len()
    }

    /// The line without up to `width` columns of white space in front.
    pub(super) fn without_indent(mut self, width: usize) -> Self {
        let mut left = width;
        let padded = self.pad.min(left);
        self.pad -= padded;
        left -= padded;
        while left > 0 {
            let wide = match self.text.as_bytes().first() {
                Some(b' ') => 1,
                Some(b'\t') => 4 - self.column % 4,
                _ => break,
            };
            self = self.without_bytes(1);
            self.column += wide - 1;
            self.pad = wide.saturating_sub(left);
            left = left.saturating_sub(wide);
        }
        self
    }

    /// The line without its first `count` bytes, none of which is a tab.
    pub(super) fn without_bytes(mut self, count: usize) -> Self {
        let (_, rest) = self.text.split_at_checked(count).unwrap_or((self.text, ""));
        self.start += self.text.len() - rest.len();
        self.column += self.text.len() - rest.len();
        self.text = rest;
        self
    }

    /// The text with the spaces of a half consumed tab in front, as code needs it.
    pub(super) fn padded(&self) -> String {
        let mut text = " ".repeat(self.pad);
        text.push_str(self.text);
        text
    }
}

pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r')
}

/// Cuts a stream into lines, whatever pieces it arrives in.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    partial: String,
    start: usize,
    continues: bool,
}

impl Lines {
    /// Takes a piece of the stream and hands on the lines that it completes.
    pub(super) fn push(&mut self, mut piece: &str, mut each: impl FnMut(Line<'_>)) {
        while let Some((line, rest)) = piece.split_once('\n') {
            self.extend(line, &mut each);
            let whole = std::mem::take(&mut self.partial);
            each(Line::new(without_return(&whole), self.start, self.continues, true));
            self.start += whole.len() + 1;
            self.continues = false;
            piece = rest;
        }
        self.extend(piece, &mut each);
    }

    /// The line that has not ended yet.
    pub(super) fn partial(&self) -> Option<Line<'_>> {
        let text = without_return(&self.partial);
        (!self.partial.is_empty()).then(|| Line::new(text, self.start, self.continues, false))
    }

    /// Forgets the line that has not ended yet, after it was read as the last one.
    pub(super) fn finish(&mut self) {
        self.start += self.partial.len();
        self.partial.clear();
        self.continues = false;
    }

    /// Appends to the line, cutting it wherever it becomes too long. Where the cuts fall depends
    /// on the line alone, never on the pieces.
    fn extend(&mut self, mut piece: &str, each: &mut impl FnMut(Line<'_>)) {
        while self.partial.len() + piece.len() > LONGEST {
            let room = (LONGEST + 1).saturating_sub(self.partial.len());
            let (fits, rest) =
                piece.split_at_checked(ceil_boundary(piece, room)).unwrap_or((piece, ""));
            self.partial.push_str(fits);
            piece = rest;
            let remains = self.partial.split_off(cut(&self.partial));
            each(Line::new(&self.partial, self.start, self.continues, false));
            self.start += self.partial.len();
            self.continues = true;
            self.partial = remains;
        }
        self.partial.push_str(piece);
    }
}

fn without_return(line: &str) -> &str {
    line.strip_suffix('\r').unwrap_or(line)
}

/// Where to cut an overlong line: after the last space near the limit, else at the limit.
fn cut(line: &str) -> usize {
    let limit = floor_boundary(line, LONGEST);
    let near = line.as_bytes().get(limit.saturating_sub(256)..limit).unwrap_or_default();
    let space = near.iter().rposition(|byte| *byte == b' ');
    space.map_or(limit, |at| limit - near.len() + at + 1)
}

fn floor_boundary(text: &str, mut index: usize) -> usize {
    index = index.min(text.len());
    while !text.is_char_boundary(index) {
        index -= 1;
    }
    index
}

fn ceil_boundary(text: &str, mut index: usize) -> usize {
    index = index.min(text.len());
    while !text.is_char_boundary(index) {
        index += 1;
    }
    index
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(pieces: &[&str]) -> Vec<(String, usize, bool, bool)> {
        let mut lines = Lines::default();
        let mut out = Vec::new();
        for piece in pieces {
            lines.push(piece, |line| {
                out.push((line.text.to_owned(), line.start, line.continues, line.ended));
            });
        }
        out
    }

    #[test]
    fn cuts_do_not_depend_on_the_pieces() {
        let text = format!("short\r\n{}é{}\n\n", "a".repeat(LONGEST - 1), "b c".repeat(9000));
        let whole = lines(&[&text]);
        assert!(whole.len() > 3);
        let chars: Vec<String> = text.chars().map(String::from).collect();
        let pieces: Vec<&str> = chars.iter().map(String::as_str).collect();
        assert_eq!(lines(&pieces), whole);
    }

    #[test]
    fn a_tab_is_taken_in_parts() {
        let line = Line::new("\tx", 0, false, true);
        assert_eq!(line.indent(), 4);
        let rest = line.without_indent(2);
        assert_eq!((rest.indent(), rest.text, rest.start), (2, "x", 1));
        assert_eq!(rest.padded(), "  x");
        assert_eq!(rest.without_indent(2).indent(), 0);
    }
}
