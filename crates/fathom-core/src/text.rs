//! Texts put together from pieces. The functions of the standard library for it are two kilobytes of
//! every browser module, because they do it in the fastest way.

/// Pieces of a text.
pub trait Pieces {
    /// The text that they make.
    fn in_one(&self) -> String;
}

impl<S: AsRef<str>> Pieces for [S] {
    fn in_one(&self) -> String {
        let mut text = String::new();
        for piece in self {
            text.push_str(piece.as_ref());
        }
        text
    }
}

/// Adds an item to a list in words.
pub(crate) fn list(items: &mut String, between: &str, item: &str) {
    if !items.is_empty() {
        items.push_str(between);
    }
    items.push_str(item);
}
