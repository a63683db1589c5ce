//! The one error type.

use std::{borrow::Cow, fmt, time::Duration};

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::{
    http::lasting,
    json::{self, Fields, Fit},
};

/// What is shorter than this is no key, but stands in many messages by chance.
const SECRET_MIN: usize = 4;

/// What went wrong, to branch on.
///
/// Kinds are few on purpose: one is added only when a caller would do something different.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The task or a setting cannot be accepted as it is; [`Error::field`] says which part.
    InvalidTask,
    /// The key or token is missing, wrong, or cannot be sent.
    Unauthorized,
    /// The credit or plan is used up.
    Quota,
    /// Too many requests or runs; try again after [`Error::retry_after`].
    RateLimited,
    /// The provider cannot do this at all.
    Unsupported,
    /// The run, document or page does not exist.
    NotFound,
    /// The provider understood and will not do it.
    Refused,
    /// The run itself failed at the provider.
    Failed,
    /// The provider answered that it cannot serve right now.
    Unavailable,
    /// No answer: the network, a proxy or the program is down.
    Unreachable,
    /// No answer in time.
    Timeout,
    /// Ended by the person who asked.
    Cancelled,
    /// The answer could not be read.
    Malformed,
    /// A fault on the answering side, or a kind that this version does not know.
    #[default]
    Internal,
}

json::words!(
    ErrorKind: InvalidTask "invalid-task", Unauthorized "unauthorized", Quota "quota",
    RateLimited "rate-limited", Unsupported "unsupported", NotFound "not-found",
    Refused "refused", Failed "failed", Unavailable "unavailable", Unreachable "unreachable",
    Timeout "timeout", Cancelled "cancelled", Malformed "malformed"; else Internal "internal"
);

impl ErrorKind {
    /// The kind that an HTTP status alone suggests.
    pub const fn from_status(status: u16) -> Self {
        match status {
            400 | 413 | 414 | 422 => Self::InvalidTask,
            401 => Self::Unauthorized,
            402 => Self::Quota,
            403 => Self::Refused,
            404 | 410 => Self::NotFound,
            405 | 406 | 415 | 501 => Self::Unsupported,
            408 | 504 => Self::Timeout,
            429 => Self::RateLimited,
            409 => Self::Refused,
            500 => Self::Internal,
            502 | 503 | 505..=599 => Self::Unavailable,
            _ => Self::Malformed,
        }
    }

    /// The HTTP status under which a server reports this kind.
    pub const fn status(self) -> u16 {
        match self {
            Self::InvalidTask => 400,
            Self::Unauthorized => 401,
            Self::Quota => 402,
            Self::Refused => 403,
            Self::NotFound => 404,
            Self::Unsupported => 405,
            Self::Cancelled => 409,
            Self::RateLimited => 429,
            Self::Unavailable => 503,
            Self::Unreachable | Self::Malformed => 502,
            Self::Timeout => 504,
            Self::Failed | Self::Internal => 500,
        }
    }
}

/// An error: a kind to branch on, facts to read.
///
/// It serializes as the `error` object of `/api/v1`, without the HTTP status, which travels in the
/// status line. Messages never hold a key and never a URL with its query.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Error(Box<Facts>);

#[derive(Clone, Default, PartialEq, Eq, Serialize)]
struct Facts {
    kind: ErrorKind,
    message: Cow<'static, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<Cow<'static, str>>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "seconds")]
    retry_after: Option<Duration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    provider: Option<Cow<'static, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    #[serde(skip)]
    status: Option<u16>,
}

impl Error {
    /// An error of this kind. The message says what happened and, where it helps, what to do.
    pub fn new(kind: ErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Facts {
            kind,
            message: message.into(),
            field: None,
            retry_after: None,
            request_id: None,
            provider: None,
            code: None,
            status: None,
        }))
    }

    /// Says the kind better than a status alone could.
    #[must_use]
    pub fn with_kind(mut self, kind: ErrorKind) -> Self {
        self.0.kind = kind;
        self
    }

    /// Names the field of the task that is at fault, as a path such as `output_schema`.
    #[must_use]
    pub fn with_field(mut self, field: impl Into<Cow<'static, str>>) -> Self {
        self.0.field = Some(field.into());
        self
    }

    /// Says when to try again.
    #[must_use]
    pub fn with_retry_after(mut self, wait: impl Into<Option<Duration>>) -> Self {
        self.0.retry_after = wait.into();
        self
    }

    /// Adds the id under which the answering side logged the request.
    #[must_use]
    pub fn with_request_id(mut self, id: impl Into<String>) -> Self {
        self.0.request_id = Some(id.into());
        self
    }

    /// Names the provider that was asked.
    #[must_use]
    pub fn with_provider(mut self, provider: impl Into<Cow<'static, str>>) -> Self {
        self.0.provider = Some(provider.into());
        self
    }

    /// Adds the answering side's own word for the case.
    #[must_use]
    pub fn with_code(mut self, code: impl Into<String>) -> Self {
        self.0.code = Some(code.into());
        self
    }

    /// Adds the HTTP status that was answered.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.0.status = Some(status);
        self
    }

    /// Adds a sentence to the message.
    #[must_use]
    pub fn noting(mut self, sentence: &str) -> Self {
        self.0.message = [self.message(), " ", sentence].concat().into();
        self
    }

    /// Takes a secret out of the message: some services repeat a wrong key in their answer.
    #[must_use]
    pub fn hiding(mut self, secret: Option<&str>) -> Self {
        let secret = secret.filter(|secret| secret.len() >= SECRET_MIN);
        if let Some(hidden) = secret.and_then(|secret| without(self.message(), secret)) {
            self.0.message = hidden.into();
        }
        self
    }

    /// What to branch on.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// What to show.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The field of the task that is at fault.
    pub fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// How long the answering side asks to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// The id under which the answering side logged the request.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// The provider that was asked.
    pub fn provider(&self) -> Option<&str> {
        self.0.provider.as_deref()
    }

    /// The answering side's own word for the case, such as `NO_MORE_CREDITS`.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// The HTTP status that was answered, if there was an answer.
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// Whether the same request may succeed later without anybody changing anything.
    pub fn is_retryable(&self) -> bool {
        matches!(
            self.0.kind,
            ErrorKind::RateLimited
                | ErrorKind::Unavailable
                | ErrorKind::Unreachable
                | ErrorKind::Timeout
                | ErrorKind::Malformed
                | ErrorKind::Internal
        )
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())?;
        f.write_str(" (")?;
        f.write_str(self.0.kind.as_str())?;
        if let Some(id) = self.request_id() {
            f.write_str(", request ")?;
            f.write_str(id)?;
        }
        f.write_str(")")
    }
}

// The derived form would drag the formatting code of every field type into the browser module.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {}

impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl Fit for Error {
    fn fit(&mut self, value: &Value) -> bool {
        let (facts, mut fields) = (&mut *self.0, Fields::of(value));
        fields.need("kind", &mut facts.kind);
        fields.may("message", &mut facts.message);
        fields.may("field", &mut facts.field);
        fields.may("request_id", &mut facts.request_id);
        fields.may("provider", &mut facts.provider);
        fields.may("code", &mut facts.code);
        let wait: Option<f64> = fields.take("retry_after");
        facts.retry_after = wait.and_then(lasting);
        fields.fit()
    }
}

json::deserialized!(Error);

/// The text without a secret; none when the secret is not in it. The standard library's search is
/// made for texts much longer than a message.
fn without(text: &str, secret: &str) -> Option<String> {
    let find = |text: &str| {
        text.as_bytes().windows(secret.len()).position(|part| part == secret.as_bytes())
    };
    let (mut rest, mut out) = (text, String::new());
    while let Some(at) = find(rest) {
        out.extend([rest.get(..at)?, "[secret]"]);
        rest = rest.get(at + secret.len()..)?;
    }
    (rest.len() < text.len()).then(|| out + rest)
}

/// Whole seconds, rounded up: nobody may come back too early.
fn seconds<S: Serializer>(wait: &Option<Duration>, serializer: S) -> Result<S::Ok, S::Error> {
    wait.map(|wait| wait.as_secs() + u64::from(wait.subsec_millis() > 0)).serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn travels_as_the_error_object_of_the_api() {
        let error = Error::new(ErrorKind::RateLimited, "Too many runs.")
            .with_retry_after(Duration::from_millis(1500))
            .with_request_id("r1")
            .with_status(429);
        let json = serde_json::to_string(&error).unwrap();
        assert_eq!(
            json,
            r#"{"kind":"rate-limited","message":"Too many runs.","retry_after":2,"request_id":"r1"}"#
        );
        let back: Error = serde_json::from_str(&json).unwrap();
        assert_eq!(back.kind(), ErrorKind::RateLimited);
        assert_eq!(back.retry_after(), Some(Duration::from_secs(2)));
    }

    #[test]
    fn reads_an_error_of_a_newer_version() {
        let error: Error = serde_json::from_str(r#"{"kind":"moonstruck","extra":1}"#).unwrap();
        assert_eq!(error.kind(), ErrorKind::Internal);
    }

    #[test]
    fn ignores_a_retry_after_that_no_clock_can_hold() {
        let error: Error =
            serde_json::from_str(r#"{"kind":"quota","message":"m","retry_after":1e300}"#).unwrap();
        assert_eq!(error.retry_after(), None);
        let error: Error =
            serde_json::from_str(r#"{"kind":"quota","message":"m","retry_after":-4}"#).unwrap();
        assert_eq!(error.retry_after(), None);
    }
}
