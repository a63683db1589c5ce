//! Failures of a transport as plain data.

use std::fmt;

use crate::error::{Error, ErrorKind};

/// Why a request or its reply did not get through. Never a foreign error or a JavaScript value, so
/// that it is the same everywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransportError {
    /// What to branch on.
    pub kind: TransportErrorKind,
    /// What to show.
    pub message: String,
}

/// The kinds of [`TransportError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The request can never be sent as it is: a bad address or header.
    Invalid,
    /// The request certainly did not reach the server, for example because the connection was
    /// refused; it may be sent again.
    NotSent,
    /// No reply, and nobody knows whether the request arrived.
    Unreachable,
    /// The reply broke off.
    Interrupted,
    /// No reply in time.
    Timeout,
    /// The one who asked gave it up on this side.
    Aborted,
}

impl TransportError {
    /// A failure of this kind.
    pub fn new(kind: TransportErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// Whether the request certainly had no effect.
    pub fn is_without_effect(&self) -> bool {
        matches!(self.kind, TransportErrorKind::Invalid | TransportErrorKind::NotSent)
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for TransportError {}

impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        let kind = match error.kind {
            TransportErrorKind::Invalid => ErrorKind::InvalidTask,
            TransportErrorKind::Timeout => ErrorKind::Timeout,
            TransportErrorKind::Aborted => ErrorKind::Cancelled,
            TransportErrorKind::NotSent
            | TransportErrorKind::Unreachable
            | TransportErrorKind::Interrupted => ErrorKind::Unreachable,
        };
        Self::new(kind, error.message)
    }
}
