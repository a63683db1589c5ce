//! What one schema says of its value.

use serde_json::Value as Json;

use super::field::{Shape, Value};

/// The type of a schema: the first that is not null, or what its keywords imply.
pub(super) fn kind(schema: &Json) -> &str {
    match schema.get("type") {
        Some(Json::String(kind)) => kind,
        Some(Json::Array(kinds)) => {
            kinds.iter().filter_map(Json::as_str).find(|kind| *kind != "null").unwrap_or("null")
        }
        _ if schema.get("properties").is_some() => "object",
        _ if schema.get("items").is_some() => "array",
        _ => "string",
    }
}

/// Whether null is a value of a schema.
pub(super) fn allows_null(schema: &Json) -> bool {
    let lists_null = |key: &str| {
        schema.get(key).and_then(Json::as_array).is_some_and(|options| {
            options.iter().any(|option| option.get("type") == Some(&Json::from("null")))
        })
    };
    match schema.get("type") {
        Some(Json::String(kind)) => kind == "null",
        Some(Json::Array(kinds)) => kinds.iter().any(|kind| kind == "null"),
        _ => {
            let among = schema.get("enum").and_then(Json::as_array);
            lists_null("anyOf")
                || lists_null("oneOf")
                || among.is_some_and(|options| options.contains(&Json::Null))
        }
    }
}

/// What kind of value is read for a schema.
pub(super) fn shape(schema: &Json, kind: &str) -> Shape {
    if let Some(options) = schema.get("enum").and_then(Json::as_array) {
        // A list or an object can be compared with no text.
        let plain =
            |option: &&Json| option.is_string() || option.is_number() || option.is_boolean();
        return Shape::Choice(options.iter().filter(plain).cloned().collect());
    }
    match (kind, schema.get("format").and_then(Json::as_str)) {
        ("integer", _) => Shape::Integer,
        ("number", _) => Shape::Number,
        ("boolean", _) => Shape::Flag,
        ("string", Some("date")) => Shape::Date,
        _ => Shape::Text,
    }
}

/// A number as JSON; whole numbers without a decimal point.
pub(super) fn json(value: &Value, kind: &str) -> Json {
    match value {
        Value::Json(value) => value.clone(),
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the number is whole and far below 2^53"
        )]
        Value::Number(number)
            if (kind == "integer" || number.fract() == 0.0) && number.abs() < 9e15 =>
        {
            Json::from(number.round() as i64)
        }
        Value::Number(number) => {
            // Unit factors leave traces in the last digits.
            let digits = format!("{number:.9}");
            digits.parse::<f64>().map_or(Json::Null, Json::from)
        }
    }
}
