//! Texts put together from pieces.

/// Adds an item to a list in words.
pub(crate) fn list(items: &mut String, between: &str, item: &str) {
    if !items.is_empty() {
        items.push_str(between);
    }
    items.push_str(item);
}
