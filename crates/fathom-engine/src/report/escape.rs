//! Quotes inside markdown: whatever a document says, the reader sees exactly that and nothing is obeyed.

use crate::text::whitespace::collapse;

/// `text` as markdown that renders as `text`, in a paragraph, a list item or a table cell.
pub(crate) fn inline(text: &str) -> String {
    let line = collapse(text);
    let mut out = String::with_capacity(line.len() + 8);
    let numbered = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - numbered.len();
    for (at, c) in line.char_indices() {
        let opens_block = at == 0 && matches!(c, '#' | '+' | '-' | '=' | ':');
        let opens_list =
            at == digits && digits > 0 && matches!(c, '.' | ')') && !rest_is_word(&line, at + 1);
        if opens_block || opens_list || is_special(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A list number is followed by a space or nothing; "12.5" is a number.
fn rest_is_word(line: &str, at: usize) -> bool {
    line.get(at..).and_then(|rest| rest.chars().next()).is_some_and(|next| !next.is_whitespace())
}

/// Signs that mean something in the middle of a line.
const fn is_special(c: char) -> bool {
    matches!(
        c,
        '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '|' | '$' | '&' | '^' | '{' | '}'
    )
}

/// What a reader sees of escaped text.
pub(crate) fn unescape(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut chars = markdown.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next()),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{collapse, inline, unescape};

    #[test]
    fn hides_every_sign_that_means_something() {
        assert_eq!(inline("see [7] and *this*"), r"see \[7\] and \*this\*");
        assert_eq!(inline("# not\na heading"), r"\# not a heading");
        assert_eq!(inline("1. not a list"), r"1\. not a list");
        assert_eq!(
            inline("<script>a|b</script> &amp; $5"),
            r"\<script\>a\|b\</script\> \&amp; \$5"
        );
        assert_eq!(inline("12.5 percent"), "12.5 percent");
    }

    #[test]
    fn reads_back_as_the_same_words() {
        for text in ["a\\b", "- x", "\u{0}a\u{7}b", "  a \n b ", "12) x", "=== ", "[1](http://x)"] {
            assert_eq!(unescape(&inline(text)), collapse(text));
        }
    }
}
