//! JSON that may hold raw control characters: what the grammar accepts is read the same, and what is
//! read survives being written.

use serde_json::Value;

/// Reads a text strictly and leniently.
pub fn read(bytes: &[u8]) {
    let lenient = fathom_core::json::parse(bytes);
    if let Ok(strict) = serde_json::from_slice::<Value>(bytes) {
        assert_eq!(lenient.as_ref().ok(), Some(&strict));
    }
    if let Ok(value) = lenient {
        let written = value.to_string();
        assert_eq!(fathom_core::json::parse(written.as_bytes()).ok(), Some(value));
    }
}
