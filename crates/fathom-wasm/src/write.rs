//! Writing what goes to JavaScript.
//!
//! An answer is put together from texts that are JSON already: derived writers for every shape of
//! an answer would weigh more than all that is in them.

use fathom_core::{Error, json};
use serde::Serialize;

/// A JSON object as it grows.
pub(crate) struct Object(String);

impl Object {
    pub(crate) fn new() -> Self {
        Self("{".to_owned())
    }

    /// Adds a field whose value is JSON already.
    #[must_use]
    pub(crate) fn json(mut self, name: &'static str, value: &str) -> Self {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        self.0.push('"');
        self.0.push_str(name);
        self.0.push_str("\":");
        self.0.push_str(value);
        self
    }

    /// Adds a field with anything that can be written as JSON.
    #[must_use]
    pub(crate) fn value<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        let json = json::write(value);
        self.json(name, &json)
    }

    /// Adds a field with text.
    #[must_use]
    pub(crate) fn text(self, name: &'static str, value: &str) -> Self {
        self.value(name, value)
    }

    /// The object.
    pub(crate) fn end(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

/// An error in the form of `/api/v1`, with the status that was answered.
pub(crate) fn error(error: &Error) -> String {
    let mut text = json::write(error);
    if let Some(status) = error.status()
        && text.pop() == Some('}')
    {
        text.push_str(",\"status\":");
        text.push_str(&status.to_string());
        text.push('}');
    }
    text
}

/// `{"error": ...}`.
pub(crate) fn refusal(refused: &Error) -> String {
    Object::new().json("error", &error(refused)).end()
}

#[cfg(test)]
mod tests {
    use fathom_core::ErrorKind;

    use super::*;

    #[test]
    fn an_error_keeps_its_status() {
        let plain = Error::new(ErrorKind::Quota, "No \"credit\".");
        assert_eq!(error(&plain), r#"{"kind":"quota","message":"No \"credit\"."}"#);
        let answered = plain.with_status(402);
        assert_eq!(
            refusal(&answered),
            r#"{"error":{"kind":"quota","message":"No \"credit\".","status":402}}"#
        );
    }

    #[test]
    fn fields_stand_one_after_another() {
        assert_eq!(Object::new().end(), "{}");
        let object = Object::new().text("a", "\n").json("b", "[]").value("c", &1);
        assert_eq!(object.end(), r#"{"a":"\n","b":[],"c":1}"#);
    }
}
