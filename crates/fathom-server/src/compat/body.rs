//! Bodies of requests: any JSON object, checked field by field so that the answer can name the one at fault.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::http::StatusCode;
use fathom_core::ErrorKind;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::error::ApiError;

/// What a field may hold; null and absence are always taken as nothing.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    /// Text with something in it.
    Text,
    /// Text, also an empty one.
    AnyText,
    /// One of these words.
    Word(&'static [&'static str]),
    Flag,
    Number {
        from: f64,
        to: f64,
    },
    Whole {
        from: u64,
        to: u64,
    },
    /// A day or a time, as ISO 8601 writes them.
    Date,
    Object,
    /// A list of at most so many texts.
    Texts(usize),
    /// A list of at most so many objects.
    Objects(usize),
}

/// The fields of a request.
#[derive(Debug)]
pub(super) struct Fields(pub Map<String, Value>);

/// Reads a body as fields. A body without any bytes has none: some clients send such with a `content-type` of JSON.
pub(super) fn read(body: Result<Bytes, BytesRejection>) -> Result<Fields, ApiError> {
    let body = body.map_err(|error| refuse(&error))?;
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Fields(Map::new()));
    }
    let malformed = |message: String| {
        ApiError::new(ErrorKind::Malformed, message).with_status(StatusCode::BAD_REQUEST)
    };
    match serde_json::from_slice(&body) {
        Ok(Value::Object(fields)) => Ok(Fields(fields)),
        Ok(_) => Err(malformed("the body must be a JSON object".to_owned())),
        Err(error) => Err(malformed(format!("the body is not JSON: {error}"))),
    }
}

fn refuse(error: &BytesRejection) -> ApiError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return ApiError::new(ErrorKind::InvalidTask, "the body is too large")
            .with_status(StatusCode::PAYLOAD_TOO_LARGE);
    }
    ApiError::new(ErrorKind::Malformed, error.body_text()).with_status(StatusCode::BAD_REQUEST)
}

impl Fields {
    /// Refuses a field that holds something else than it may.
    pub(super) fn check(&self, shapes: &[(&'static str, Shape)]) -> Result<(), ApiError> {
        shapes.iter().try_for_each(|(name, shape)| match self.0.get(*name) {
            None | Some(Value::Null) => Ok(()),
            Some(value) => shape.check(name, value),
        })
    }

    /// The fields of an object in a field; none where there is no object.
    pub(super) fn inside(&self, name: &str) -> Self {
        let inner = self.0.get(name).and_then(Value::as_object);
        Self(inner.cloned().unwrap_or_default())
    }

    /// Refuses a request without this field.
    pub(super) fn need(&self, name: &'static str) -> Result<(), ApiError> {
        match self.0.get(name) {
            None | Some(Value::Null) => {
                Err(ApiError::invalid(name, format!("{name} is required")).with_code("missing"))
            }
            Some(_) => Ok(()),
        }
    }

    /// All fields as what the vendor calls them, without those whose value is of no use here.
    pub(super) fn read<T: DeserializeOwned>(&self, unused: &[&str]) -> Result<T, ApiError> {
        let mut fields = self.0.clone();
        fields.retain(|name, _| !unused.contains(&name.as_str()));
        serde_json::from_value(Value::Object(fields)).map_err(|error| {
            ApiError::new(ErrorKind::InvalidTask, format!("the body is not as expected: {error}"))
        })
    }
}

impl Shape {
    fn check(self, name: &'static str, value: &Value) -> Result<(), ApiError> {
        let refuse = |code, message: String| Err(ApiError::invalid(name, message).with_code(code));
        match self {
            Self::Text if value.as_str().is_some_and(|text| text.trim().is_empty()) => {
                refuse("string_too_short", format!("{name} is empty"))
            }
            Self::Text | Self::AnyText if !value.is_string() => {
                refuse("string_type", format!("{name} must be text"))
            }
            Self::Word(words) if !words.iter().any(|word| value == word) => {
                refuse("enum", format!("{name} must be one of {}", words.join(", ")))
            }
            Self::Flag if !value.is_boolean() => {
                refuse("bool_type", format!("{name} must be true or false"))
            }
            Self::Number { from, to } if !is_between(value, from, to) => {
                refuse("number", format!("{name} must be a number from {from} to {to}"))
            }
            Self::Whole { from, to }
                if value.as_u64().is_none_or(|number| number < from || number > to) =>
            {
                refuse("int", format!("{name} must be a whole number from {from} to {to}"))
            }
            Self::Date if !value.as_str().is_some_and(is_date) => {
                refuse("datetime_parsing", format!("{name} must be a date such as 2026-11-22"))
            }
            Self::Object if !value.is_object() => {
                refuse("dict_type", format!("{name} must be an object"))
            }
            Self::Texts(most) if !is_list(value, most, Value::is_string) => {
                refuse("list_type", format!("{name} must be a list of at most {most} texts"))
            }
            Self::Objects(most) if !is_list(value, most, Value::is_object) => {
                refuse("list_type", format!("{name} must be a list of at most {most} objects"))
            }
            _ => Ok(()),
        }
    }
}

fn is_between(value: &Value, from: f64, to: f64) -> bool {
    value.as_f64().is_some_and(|number| number >= from && number <= to)
}

/// Whether text is a day, a month or a year as ISO 8601 writes them, or begins with a day and goes on with a time.
fn is_date(text: &str) -> bool {
    let (date, rest) = text.find(['T', ' ']).map_or((text, ""), |at| text.split_at(at));
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = date.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    parts.iter().all(|part| is_number(part))
        && match *lengths {
            [4] | [4, 2] => rest.is_empty(),
            [4, 2, 2] => true,
            _ => false,
        }
}

fn is_list(value: &Value, most: usize, each: impl Fn(&Value) -> bool) -> bool {
    value.as_array().is_some_and(|items| items.len() <= most && items.iter().all(each))
}

#[cfg(test)]
mod tests {
    use axum::body::Bytes;

    use super::{Shape, read};

    #[test]
    fn fields_are_checked_one_by_one() {
        let shapes = [
            ("text", Shape::Text),
            ("word", Shape::Word(&["a", "b"])),
            ("count", Shape::Whole { from: 1, to: 9 }),
            ("hosts", Shape::Texts(2)),
        ];
        let check =
            |body: &'static str| read(Ok(Bytes::from_static(body.as_bytes())))?.check(&shapes);
        for good in ["", " \n", "{}", r#"{"text":"x","word":"b","count":9,"hosts":[],"more":1}"#] {
            assert!(check(good).is_ok(), "{good}");
        }
        for (bad, field) in [
            (r#"{"text":" "}"#, "text"),
            (r#"{"text":5}"#, "text"),
            (r#"{"word":"c"}"#, "word"),
            (r#"{"count":0}"#, "count"),
            (r#"{"count":1.5}"#, "count"),
            (r#"{"hosts":["a","b","c"]}"#, "hosts"),
            (r#"{"hosts":[1]}"#, "hosts"),
        ] {
            assert_eq!(check(bad).unwrap_err().error().field(), Some(field), "{bad}");
        }
        for broken in ["[", "[]", "null", "\"x\""] {
            assert!(check(broken).is_err(), "{broken}");
        }
    }
}
