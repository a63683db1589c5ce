//! Reading and writing JSON: texts as values, and values as types.

use serde::{Deserialize, Deserializer};

mod fit;
mod parse;
mod write;

pub(crate) use fit::Lenient;
pub use fit::{Fields, Fit, deserialize, fit, word};
pub use parse::Broken;
// What the macros below name.
#[doc(hidden)]
pub use serde;
pub use serde_json::Value;
pub use write::{Object, write};

pub use crate::{
    json_deserialized as deserialized, json_fields as fields, json_words as words,
    number::text as digits,
};

/// Reads a JSON text as a `T`; none when it is not JSON, or not of this form.
pub fn read<T: Fit + Default>(bytes: &[u8]) -> Option<T> {
    fit(&strict(bytes).ok()?)
}

/// Reads a JSON text.
///
/// # Errors
/// When the text is not JSON. Nesting is limited, so that no text exhausts the stack.
pub fn strict(bytes: &[u8]) -> Result<Value, Broken> {
    parse::parse(bytes, false)
}

/// Reads a JSON text as [`strict`] does, and takes line breaks and other control characters in its
/// strings as they are, which the grammar wants escaped.
///
/// # Errors
/// When the text is not JSON otherwise.
pub fn parse(bytes: &[u8]) -> Result<Value, Broken> {
    parse::parse(bytes, true)
}

/// The same text with the control characters inside its strings escaped; none when there are none.
/// For hosts that parse with a parser of their own.
pub fn mend(text: &str) -> Option<String> {
    String::from_utf8(mended(text.as_bytes())?).ok()
}

/// The text with the control characters inside its strings escaped; none when there are none.
fn mended(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let (mut copied, mut inside, mut escaped) = (0, false, false);
    for (at, byte) in bytes.iter().enumerate() {
        let was_escaped = std::mem::take(&mut escaped);
        match byte {
            b'"' if !was_escaped => inside = !inside,
            b'\\' if inside => escaped = !was_escaped,
            0..0x20 if inside => {
                out.extend_from_slice(bytes.get(copied..at)?);
                // A backslash before it can only be meant as itself.
                out.extend_from_slice(if was_escaped { b"\\" } else { b"" });
                out.extend_from_slice(b"\\u00");
                out.extend([b'0' + (byte >> 4), hex(byte & 15)]);
                copied = at + 1;
            }
            _ => {}
        }
    }
    if copied == 0 {
        return None;
    }
    out.extend_from_slice(bytes.get(copied..)?);
    Some(out)
}

fn hex(digit: u8) -> u8 {
    if digit < 10 { b'0' + digit } else { b'a' + digit - 10 }
}

/// The text in this field, unless it is empty.
pub(crate) fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str().filter(|text| !text.is_empty())
}

/// The entries of the list in this field; none when it is missing or something else.
pub(crate) fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The whole number in this field, however it is written.
pub(crate) fn whole(value: &Value, name: &str) -> Option<u64> {
    number(value.get(name)?)
}

/// A whole number, written as `3` or `3.0`; no string is one.
pub(crate) fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| {
        let number = value.as_f64().filter(|number| number.fract() == 0.0 && *number >= 0.0)?;
        // Beyond this, not every whole number is a double.
        (number <= 9_007_199_254_740_992.0).then_some(number as u64)
    })
}

/// The number in this field; none unless it is finite.
pub(crate) fn decimal(value: &Value, name: &str) -> Option<f64> {
    value.get(name)?.as_f64().filter(|number| number.is_finite())
}

/// Reads a field that may be null as if it were missing; for `#[serde(deserialize_with)]`.
///
/// # Errors
/// When the value is neither null nor a `T`.
pub(crate) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_text_is_mended_only_where_it_has_to_be() {
        assert_eq!(mend("{\"a\": \"b\nc\"}").as_deref(), Some("{\"a\": \"b\\u000ac\"}"));
        assert_eq!(mend("{\"a\":\n\"b\"}"), None);
    }

    fn read(text: &str) -> Value {
        parse(text.as_bytes()).unwrap()
    }

    #[test]
    fn control_characters_in_strings_are_read_without_loss() {
        assert_eq!(
            read("{\"a\": \"one\ntwo\r\n\tthree\u{1f}\"}"),
            json!({"a": "one\ntwo\r\n\tthree\u{1f}"})
        );
        assert_eq!(read("{\n\"a\nb\":\t\"\u{0}\"\n}"), json!({"a\nb": "\u{0}"}));
        assert_eq!(
            read("[\"a\\\"\nb\", \"c\\\\\nd\", \"e\\\nf\"]"),
            json!(["a\"\nb", "c\\\nd", "e\\\nf"])
        );
        assert_eq!(read("\"\u{e4}\n\u{1F600}\""), json!("\u{e4}\n\u{1F600}"));
    }

    #[test]
    fn every_control_character_survives() {
        for byte in 0..0x20_u8 {
            let text = String::from_utf8(vec![b'"', b'x', byte, b'y', b'"']).unwrap();
            let expected: String = ['x', char::from(byte), 'y'].into_iter().collect();
            assert_eq!(read(&text), json!(expected), "{byte:#x}");
        }
    }

    #[test]
    fn what_is_broken_otherwise_stays_an_error() {
        for text in
            ["", "{", "\"", "\"\n", "{\"a\": \"b\n\"", "[1,\n]", "\u{1}1", "\"\\x\n\"", "\"\n\" x"]
        {
            assert!(parse(text.as_bytes()).is_err(), "{text:?}");
        }
        assert!(parse(b"\"\n\xFF\"").is_err());
        assert!(parse("[".repeat(100_000).as_bytes()).is_err());
    }

    #[test]
    fn numbers_are_whole_however_they_are_written() {
        let numbers = json!([3, 3.0, 0, -1, 1.5, "3", null, 1e300]);
        let read: Vec<_> = numbers.as_array().unwrap().iter().map(number).collect();
        assert_eq!(read, [Some(3), Some(3), Some(0), None, None, None, None, None]);
    }
}
