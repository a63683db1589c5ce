//! Writing errors for JavaScript.

use fathom_core::{
    Error,
    json::{self, Object, digits},
};

/// An error in the form of `/api/v1`, with the status that was answered.
pub(crate) fn error(error: &Error) -> String {
    let mut text = json::write(error);
    if let Some(status) = error.status()
        && text.pop() == Some('}')
    {
        text.push_str(",\"status\":");
        text.push_str(&digits(status.into()));
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
}
