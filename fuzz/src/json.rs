//! JSON: what serde_json accepts is read the same, and nothing else; with raw control characters in
//! its strings as well; and what is read survives being written.

use serde_json::Value;

/// Reads a text strictly and leniently.
pub fn read(bytes: &[u8]) {
    let lenient = fathom_core::json::parse(bytes);
    let strict = fathom_core::json::strict(bytes).ok();
    assert_eq!(strict, serde_json::from_slice::<Value>(bytes).ok());
    if strict.is_some() {
        assert_eq!(lenient.as_ref().ok(), strict.as_ref());
    }
    // A fraction may change in its last digit when it is written and read again.
    if let Ok(value) = lenient
        && !holds_fraction(&value)
    {
        let written = value.to_string();
        assert_eq!(fathom_core::json::parse(written.as_bytes()).ok(), Some(value));
    }
}

fn holds_fraction(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_f64(),
        Value::Array(values) => values.iter().any(holds_fraction),
        Value::Object(fields) => fields.values().any(holds_fraction),
        _ => false,
    }
}
