//! What scripts differ in: spaces between words, marks above letters, signs that are not seen.

use unicode_normalization::char::is_combining_mark;

/// Scripts that put no spaces between words.
pub(crate) const fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}')
}

/// A character that stands for a word or a syllable and is read as long as three letters.
pub(crate) const fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}')
}

/// How many characters make a term where words have no spaces between them: two signs that stand for words or
/// syllables, or four letters of an alphabet.
pub(crate) fn run_width(run: &str) -> usize {
    if run.starts_with(is_wide) { 2 } else { 4 }
}

/// A mark that belongs to the letter before it.
pub(crate) fn is_mark(c: char) -> bool {
    !c.is_ascii() && is_combining_mark(c)
}

/// Signs inside words that nobody sees: soft hyphens, joiners, spaces without width.
pub(crate) const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'
            ..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{34f}' | '\u{61c}' | '\u{640}'
    )
}

/// How long `text` is to a reader, in letters.
pub(crate) fn reading_length(text: &str) -> usize {
    text.chars().map(|c| if is_wide(c) { 3 } else { usize::from(!is_mark(c)) }).sum()
}
