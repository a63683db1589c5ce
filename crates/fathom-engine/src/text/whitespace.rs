//! Text on one line, and the beginning of a text.

/// `text` on one line, with single spaces.
pub(crate) fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(is_space).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Control characters cannot be shown, so they count as space.
fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// The first `bytes` of `text`, cut back to a character.
pub(crate) fn head(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}
