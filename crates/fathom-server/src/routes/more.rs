//! What a task may have beside its question: taken where the worker can keep it, refused where it
//! cannot. Nothing that is asked for is passed over in silence.

use std::collections::BTreeMap;

use fathom_core::{Budget, Labels};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::error::ApiError;

/// Rows of one run, and things that are known.
pub(super) const MAX_ROWS: usize = 100;
pub(super) const MAX_KNOWN: usize = 1000;

/// Fields of a task that this program cannot keep, and what to do instead.
const REFUSED: [(&str, &str); 3] = [
    ("exclude", "exclude is not supported here; name what to search with include"),
    ("guidance", "guidance is not supported here, because no language model writes the report"),
    ("options", "options are not supported here; they are settings of other providers"),
];

/// Takes a field that may be left out or null.
pub(super) fn take<T: DeserializeOwned>(
    fields: &mut Map<String, Value>,
    name: &'static str,
    expected: &str,
) -> Result<Option<T>, ApiError> {
    let value = fields.remove(name).filter(|value| !value.is_null());
    value
        .map(serde_json::from_value)
        .transpose()
        .map_err(|_| ApiError::invalid(name, format!("{name} must be {expected}")))
}

/// Takes a list of at most so many objects.
pub(super) fn objects(
    fields: &mut Map<String, Value>,
    name: &'static str,
    most: usize,
) -> Result<Vec<Value>, ApiError> {
    let expected = format!("a list of at most {most} objects");
    let found: Option<Vec<Map<String, Value>>> = take(fields, name, &expected)?;
    let found = found.unwrap_or_default();
    if found.len() > most {
        return Err(ApiError::invalid(name, format!("{name} must be {expected}")));
    }
    Ok(found.into_iter().map(Value::Object).collect())
}

/// Takes the most that a run may use. Time can be kept; there is no money to keep.
pub(super) fn budget(fields: &mut Map<String, Value>) -> Result<Budget, ApiError> {
    let found: Option<Map<String, Value>> = take(fields, "budget", "an object with seconds")?;
    let mut found = found.unwrap_or_default();
    let seconds = found.remove("seconds").filter(|value| !value.is_null());
    let usd = found.remove("usd").filter(|value| !value.is_null());
    if usd.is_some() {
        let message = "runs cost nothing here; budget takes seconds only";
        return Err(ApiError::invalid("budget.usd", message));
    }
    if let Some(name) = found.keys().next() {
        return Err(ApiError::invalid("budget", format!("budget takes seconds, not {name:?}")));
    }
    let seconds = seconds.map(|value| whole(&value).ok_or_else(no_seconds)).transpose()?;
    Ok(Budget { seconds, usd: None })
}

/// A whole number from 1 on; `90.0` is one, as JSON Schema counts.
fn whole(seconds: &Value) -> Option<u32> {
    let number = seconds.as_f64().filter(|number| number.fract() == 0.0)?;
    format!("{number:.0}").parse().ok().filter(|seconds| *seconds > 0)
}

fn no_seconds() -> ApiError {
    ApiError::invalid("budget.seconds", "budget.seconds must be a whole number from 1 on")
}

/// Takes the labels that are kept with a run.
pub(super) fn metadata(fields: &mut Map<String, Value>) -> Result<Labels, ApiError> {
    let found: Option<BTreeMap<String, String>> =
        take(fields, "metadata", "an object whose values are texts")?;
    Ok(found.unwrap_or_default().into_iter().collect())
}

/// Refuses what was asked for and cannot be kept.
pub(super) fn refuse(fields: &Map<String, Value>) -> Result<(), ApiError> {
    let asked = |name| fields.get(name).is_some_and(|value| !is_nothing(name, value));
    match REFUSED.iter().find(|(name, _)| asked(*name)) {
        Some((name, message)) => Err(ApiError::invalid(*name, *message)),
        None => Ok(()),
    }
}

/// Whether a field asks for nothing, as clients write that who always send every field.
fn is_nothing(name: &str, value: &Value) -> bool {
    match (name, value) {
        (_, Value::Null) => true,
        ("exclude", Value::Array(sites)) => sites.is_empty(),
        ("guidance", Value::String(text)) => text.is_empty(),
        ("options", Value::Object(settings)) => settings.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn fields(value: Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap()
    }

    #[test]
    fn a_budget_is_of_time() {
        let read = |value| budget(&mut fields(json!({ "budget": value })));
        assert_eq!(read(json!({ "seconds": 30 })).unwrap().seconds, Some(30));
        assert_eq!(read(json!({ "seconds": 30.0 })).unwrap().seconds, Some(30));
        assert!(read(Value::Null).unwrap().is_empty());
        assert!(read(json!({ "usd": null })).unwrap().is_empty());
        for wrong in [
            json!(5),
            json!({ "seconds": 0 }),
            json!({ "seconds": 1.5 }),
            json!({ "seconds": "9" }),
            json!({ "seconds": 1_u64 << 32 }),
            json!({ "usd": 2 }),
            json!({ "minutes": null }),
        ] {
            assert!(read(wrong.clone()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn lists_are_of_objects_and_bounded() {
        let read = |value| objects(&mut fields(json!({ "rows": value })), "rows", 2);
        assert_eq!(read(json!([{ "name": "Norway" }])).unwrap(), [json!({ "name": "Norway" })]);
        assert!(read(Value::Null).unwrap().is_empty());
        for wrong in [json!({}), json!(["Norway"]), json!([{}, {}, {}])] {
            assert!(read(wrong.clone()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_cannot_be_kept_is_refused_unless_it_is_empty() {
        for (name, empty, asked) in [
            ("exclude", json!([]), json!(["europe/**"])),
            ("guidance", json!(""), json!("be brief")),
            ("options", json!({}), json!({ "stream": true })),
        ] {
            for nothing in [Value::Null, empty] {
                assert!(refuse(&fields(json!({ name: nothing }))).is_ok(), "{name}");
            }
            for value in [asked, json!(false)] {
                assert!(refuse(&fields(json!({ name: value }))).is_err(), "{name}");
            }
        }
        assert!(refuse(&fields(json!({ "from_a_newer_client": true }))).is_ok());
    }
}
