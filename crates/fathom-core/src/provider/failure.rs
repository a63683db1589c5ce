//! Replies with a status of 400 or more, as most vendors write them.

use serde_json::Value;

use crate::{
    error::{Error, ErrorKind},
    http::Head,
    json, number, text,
};

use super::Info;

/// The longest message that is taken over from a reply, in characters.
const LONGEST: usize = 600;

/// The error of a reply: its kind by the status, its message by what the vendor said.
///
/// Without a word of the vendor the reply may be from something in between. What it says about the
/// job is then not believed: a proxy's page for a missing address does not mean that the job is gone.
pub(crate) fn failure(info: &Info, head: &Head, said: Option<&str>) -> Error {
    let kind = match ErrorKind::from_status(head.status) {
        ErrorKind::NotFound | ErrorKind::InvalidTask | ErrorKind::Unsupported if said.is_none() => {
            ErrorKind::Malformed
        }
        kind => kind,
    };
    let status = number::text(head.status.into());
    let message = match said {
        Some(said) => [&info.name, ": ", &shortened(said)].concat(),
        None => {
            [&info.name, ", or a proxy before it, answered with status ", &status, "."].concat()
        }
    };
    let error = Error::new(kind, message)
        .with_status(head.status)
        .with_provider(info.id.clone())
        .with_retry_after(head.retry_after());
    match head.request_id() {
        Some(id) => error.with_request_id(id),
        None => error,
    }
}

/// What an error body says in words: `detail` or `error`, as a text, with a text inside, or as a list
/// of fields that are wrong.
pub(crate) fn said(body: &Value) -> Option<String> {
    ["detail", "error"].iter().find_map(|name| words(body.get(name)?))
}

fn words(value: &Value) -> Option<String> {
    let mut words = String::new();
    match value {
        Value::String(text) if !text.trim().is_empty() => words.push_str(text),
        Value::Array(problems) => {
            for one in problems {
                problem(one, &mut words);
            }
        }
        Value::Object(_) => {
            for name in ["error", "message", "msg"] {
                if words.is_empty() {
                    words.push_str(json::text(value, name).unwrap_or_default());
                }
            }
        }
        _ => {}
    }
    (!words.is_empty()).then_some(words)
}

/// One field that is wrong: where, and why.
fn problem(value: &Value, words: &mut String) {
    let Some(why) = json::text(value, "msg") else { return };
    let mut place = String::new();
    for step in json::list(value, "loc").iter().skip(1) {
        if let Some(step) = step.as_str() {
            text::list(&mut place, ".", step);
        }
    }
    text::list(&mut place, ": ", why);
    text::list(words, "; ", &place);
}

/// The error of a reply that says it is fine and makes no sense.
pub(crate) fn malformed(info: &Info, what: &str) -> Error {
    Error::new(ErrorKind::Malformed, [&info.name, " sent ", what, "."].concat())
        .with_provider(info.id.clone())
}

/// The error of a job that failed at its provider: `what` failed, and the vendor's reason.
pub(crate) fn failed(info: &Info, what: &str, reason: Option<&str>) -> Error {
    let reason = reason.map_or_else(|| "no reason was given.".to_owned(), shortened);
    Error::new(ErrorKind::Failed, ["The ", what, " failed at ", &info.name, ": ", &reason].concat())
        .with_provider(info.id.clone())
}

/// The value of a body.
pub(crate) fn parse(info: &Info, body: &[u8]) -> Result<Value, Error> {
    json::parse(body).map_err(|broken| malformed(info, &["a reply that ", &broken.said()].concat()))
}

/// A text of a vendor, fit for a message.
pub(crate) fn shortened(text: &str) -> String {
    let mut short: String = text.trim().chars().take(LONGEST).collect();
    if short.len() < text.trim().len() {
        short.push('\u{2026}');
    }
    short
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_usual_form_is_put_into_words() {
        let said = |body| said(&body);
        assert_eq!(said(json!({"detail": {"error": "No."}})).as_deref(), Some("No."));
        assert_eq!(said(json!({"detail": "No."})).as_deref(), Some("No."));
        assert_eq!(said(json!({"error": {"code": "x", "message": "No."}})).as_deref(), Some("No."));
        assert_eq!(said(json!({"error": "No."})).as_deref(), Some("No."));
        let fields = json!({"detail": [
            {"loc": ["body", "brief"], "msg": "too long", "type": "x"},
            {"loc": ["body"], "msg": "not an object"},
            {"loc": ["body", "list", 0, "name"], "msg": "missing"}
        ]});
        assert_eq!(
            said(fields).as_deref(),
            Some("brief: too long; not an object; list.name: missing")
        );
        for nothing in [
            json!(null),
            json!([]),
            json!({"detail": []}),
            json!({"detail": {"a": 1}}),
            json!({"error": ""}),
        ] {
            assert_eq!(said(nothing), None);
        }
    }

    #[test]
    fn a_text_without_end_is_cut_between_characters() {
        assert_eq!(shortened(&"\u{e4}".repeat(5_000)).chars().count(), LONGEST + 1);
        assert_eq!(shortened(" short "), "short");
    }
}
