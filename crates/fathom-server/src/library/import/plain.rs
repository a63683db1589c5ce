//! Plain text to paragraphs.

use fathom_core::BlockKind;

use super::builder::Builder;

/// A heading is no longer than this, in characters.
const HEADING_MAX: usize = 80;
/// Lines are wrapped by hand at such widths, in characters; other lines stand for themselves.
const WRAP: std::ops::RangeInclusive<usize> = 40..=120;

/// Reads plain text: blank lines divide paragraphs, and lines that were wrapped are joined again.
pub(super) fn read(text: &str) -> Builder {
    let mut out = Builder::default();
    let mut paragraph: Vec<&str> = Vec::new();
    for line in text.split(['\n', '\r', '\u{c}']).map(str::trim) {
        if line.is_empty() {
            write(&mut out, &std::mem::take(&mut paragraph));
        } else {
            paragraph.push(line);
        }
    }
    write(&mut out, &paragraph);
    out
}

fn write(out: &mut Builder, lines: &[&str]) {
    if let [line] = lines
        && let Some(level) = heading(line)
    {
        return out.push(BlockKind::Heading, level, line);
    }
    let longest = lines.iter().map(|line| line.chars().count()).max().unwrap_or_default();
    let mut open = String::new();
    for line in lines {
        join(&mut open, line);
        let wrapped = WRAP.contains(&longest) && line.chars().count() * 10 >= longest * 6;
        if !wrapped {
            out.push(BlockKind::Paragraph, 0, &std::mem::take(&mut open));
        }
    }
    out.push(BlockKind::Paragraph, 0, &open);
}

/// Joins a wrapped line, and the halves of a word that was divided at the line's end.
fn join(open: &mut String, line: &str) {
    let divided = open.ends_with('-')
        && open.chars().rev().nth(1).is_some_and(char::is_alphabetic)
        && line.starts_with(char::is_lowercase);
    if divided {
        open.pop();
    } else if !open.is_empty() {
        open.push(' ');
    }
    open.push_str(line);
}

/// The level of a line that stands alone and looks like a heading: numbered, or all in capitals.
fn heading(line: &str) -> Option<u8> {
    let ends_like_prose = line.ends_with(['.', '!', '?', ',', ';', ':']);
    if line.chars().count() > HEADING_MAX || ends_like_prose {
        return None;
    }
    let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
    let number = first.trim_end_matches('.');
    let numbered = number.split('.').all(|part| {
        !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit())
    });
    if numbered && rest.starts_with(char::is_uppercase) {
        return u8::try_from(number.split('.').count()).ok().map(|level| level.min(6));
    }
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = letters >= 3
        && !line.chars().any(char::is_lowercase)
        && line.chars().any(char::is_uppercase);
    capitals.then_some(2)
}
