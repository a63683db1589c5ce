//! Words: the text of a tree without its marks.

use crate::block::Inline;

/// The words of running text, without markers.
pub fn plain(content: &[Inline]) -> String {
    let mut out = String::new();
    collect(content, &mut out);
    out
}

fn collect(content: &[Inline], out: &mut String) {
    for inline in content {
        match inline {
            Inline::Text { text } | Inline::Code { text } => out.push_str(text),
            Inline::Math { tex, .. } => out.push_str(tex),
            Inline::Image { alt, .. } => out.push_str(alt),
            Inline::LineBreak | Inline::SoftBreak => out.push(' '),
            Inline::Citation { .. } => {}
            container => collect(container.content(), out),
        }
    }
}

/// How many words there are, and how many characters of scripts that do not part words.
pub fn count(text: &str) -> (usize, usize) {
    let (mut words, mut characters, mut inside) = (0, 0, false);
    for c in text.chars() {
        let unparted = crate::check::is_unparted(c);
        let letter = c.is_alphanumeric() && !unparted;
        words += usize::from(letter && !inside);
        characters += usize::from(unparted && c.is_alphanumeric());
        inside = letter || (inside && matches!(c, '\'' | '’' | '-' | '.' | ','));
    }
    (words, characters)
}
