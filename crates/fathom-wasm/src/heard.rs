//! What JavaScript tells: settings, heads of replies, and what went wrong with them.

use fathom_core::{
    Error, ErrorKind,
    http::{Head, Headers},
    json::{self, Fit},
    run::{TransportError, TransportErrorKind},
};

/// Reads what came from JavaScript. What does not fit is not repeated: it may be a key.
///
/// # Errors
/// [`ErrorKind::InvalidTask`] when it makes no sense.
pub(crate) fn settings<T: Fit + Default>(text: &str) -> Result<T, Error> {
    json::read(text.as_bytes()).ok_or_else(|| {
        Error::new(ErrorKind::InvalidTask, "The task, or what it was sent with, cannot be read.")
    })
}

/// The head of a reply.
pub(crate) fn head(status: u16, headers: &str) -> Head {
    let pairs: Vec<(String, String)> = json::read(headers.as_bytes()).unwrap_or_default();
    Head { status, headers: Headers::from_reply(pairs) }
}

/// A failure of the transport by its name in JavaScript.
pub(crate) fn failure(kind: &str, message: &str) -> TransportError {
    let kind = match kind {
        "invalid" => TransportErrorKind::Invalid,
        "not-sent" => TransportErrorKind::NotSent,
        "interrupted" => TransportErrorKind::Interrupted,
        "timeout" => TransportErrorKind::Timeout,
        "aborted" => TransportErrorKind::Aborted,
        _ => TransportErrorKind::Unreachable,
    };
    TransportError::new(kind, message)
}
