//! Plain requests and replies.
//!
//! No HTTP library's types: the same request is carried by `fetch` in a browser and by a client in
//! the native program, and the browser module stays small.

use std::{fmt, time::Duration};

use crate::{
    error::{Error, ErrorKind},
    number::digits,
};

mod date;
mod timestamp;

pub use timestamp::millis;

/// The methods that the protocols use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates or acts.
    Post,
    /// Removes.
    Delete,
}

impl Method {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }
}

/// A request to send. `Debug` shows neither header values nor the query nor the body.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// Absolute, or relative to the page where the app asks its own origin.
    pub url: String,
    /// The headers.
    pub headers: Headers,
    /// The body; all protocols here send JSON text.
    pub body: Option<String>,
    /// Whether the reply may be an event stream, which has no natural end and must be read as it
    /// comes.
    pub stream: bool,
}

impl Request {
    /// A request that reads JSON.
    pub fn get(url: impl Into<String>) -> Self {
        let mut headers = Headers::default();
        headers.push_static("accept", "application/json");
        Self { method: Method::Get, url: url.into(), headers, body: None, stream: false }
    }

    /// A request that sends and reads JSON.
    pub fn post(url: impl Into<String>, body: impl Into<String>) -> Self {
        let mut request = Self::get(url);
        request.method = Method::Post;
        request.headers.push_static("content-type", "application/json");
        request.body = Some(body.into());
        request
    }

    /// A request that sends nothing but itself, and reads JSON.
    pub fn act(url: impl Into<String>) -> Self {
        Self { method: Method::Post, ..Self::get(url) }
    }

    /// A request that reads an event stream, after the event `last` if one is given.
    ///
    /// # Errors
    /// When `last` cannot be sent in a header.
    pub fn events(url: impl Into<String>, last: Option<&str>) -> Result<Self, Error> {
        let mut request = Self::get(url);
        request.headers = Headers::default();
        request.headers.push_static("accept", "text/event-stream");
        if let Some(last) = last {
            request.headers.insert("last-event-id", last)?;
        }
        request.stream = true;
        Ok(request)
    }

    /// The URL without its query and fragment, fit for messages.
    pub fn place(&self) -> &str {
        self.url.split(['?', '#']).next().unwrap_or_default()
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.method.as_str())?;
        f.write_str(" ")?;
        f.write_str(self.place())?;
        fmt::Debug::fmt(&self.headers, f)
    }
}

/// Headers in order. Names are compared without regard to case; `Debug` shows only names.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Headers(Vec<(String, String)>);

impl Headers {
    /// The headers of a reply, as the transport has them. Nothing is checked: they came from
    /// outside and are only read.
    pub fn from_reply(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(pairs.into_iter().collect())
    }

    /// The first value of this name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// All headers.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Sets a header, replacing one of the same name.
    ///
    /// # Errors
    /// When the name or the value cannot be sent: a line break in a key, say, would kill the host
    /// process in some runtimes instead of failing the request. The message never repeats the
    /// value, which may be a key.
    pub fn insert(&mut self, name: &str, value: &str) -> Result<(), Error> {
        check_name(name)?;
        check_value(name, value)?;
        self.0.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.0.push((name.to_owned(), value.to_owned()));
        Ok(())
    }

    fn push_static(&mut self, name: &'static str, value: &'static str) {
        self.0.push((name.to_owned(), value.to_owned()));
    }
}

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().map(|(name, _)| name)).finish()
    }
}

/// Refuses a header name that is not an HTTP token.
///
/// # Errors
/// With the name in the message.
pub fn check_name(name: &str) -> Result<(), Error> {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if !name.is_empty() && name.bytes().all(is_token) {
        return Ok(());
    }
    let shown: String =
        name.chars().take(40).map(|c| if c.is_control() { '?' } else { c }).collect();
    Err(Error::new(
        ErrorKind::InvalidTask,
        ["The header name \"", &shown, "\" is not valid."].concat(),
    )
    .with_field("headers"))
}

/// Refuses a header value with anything but visible ASCII, spaces and tabs.
///
/// # Errors
/// With the name, never the value, in the message.
pub fn check_value(name: &str, value: &str) -> Result<(), Error> {
    if value.bytes().all(|byte| matches!(byte, b'\t' | b' '..=b'~')) {
        return Ok(());
    }
    let message = [
        "The value of the header \"",
        name,
        "\" holds a line break or another character that cannot be sent. Was it copied whole?",
    ];
    Err(Error::new(ErrorKind::InvalidTask, message.concat()).with_field("headers"))
}

/// The first part of a reply.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The status code.
    pub status: u16,
    /// The headers.
    pub headers: Headers,
}

impl Head {
    /// A head with this status and no headers.
    pub fn new(status: u16) -> Self {
        Self { status, headers: Headers::default() }
    }

    /// Whether the status is 200 to 299.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Whether the body is an event stream.
    pub fn is_event_stream(&self) -> bool {
        self.is_type("text/event-stream")
    }

    /// Whether the body says it is JSON.
    pub fn is_json(&self) -> bool {
        self.is_type("application/json")
    }

    /// How long the server asks to wait: `retry-after-ms`, seconds, or a date, which is compared
    /// with the reply's own `date` because there is no clock here.
    pub fn retry_after(&self) -> Option<Duration> {
        let millis = self.headers.get("retry-after-ms").and_then(|text| digits(text.trim(), 19));
        if let Some(millis) = millis {
            return Some(Duration::from_millis(millis));
        }
        let text = self.headers.get("retry-after")?.trim();
        seconds(text).or_else(|| {
            let then = date::seconds(text)?;
            let now = date::seconds(self.headers.get("date")?)?;
            Some(Duration::from_secs(then.saturating_sub(now)))
        })
    }

    /// The id under which the server logged the request.
    pub fn request_id(&self) -> Option<&str> {
        self.headers.get("x-request-id")
    }

    fn is_type(&self, wanted: &str) -> bool {
        let value = self.headers.get("content-type").unwrap_or_default();
        value.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(wanted)
    }
}

/// Seconds with or without a fraction. A general reader of decimals would bring ten kilobytes of
/// tables to every browser.
fn seconds(text: &str) -> Option<Duration> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let millis = date::thousandths(fraction.as_bytes());
    Some(Duration::from_secs(digits(whole, 19)?) + Duration::from_millis(millis))
}

/// So many seconds, in whole milliseconds rounded up: nobody may come back too early. None for what
/// no clock can hold.
pub(crate) fn lasting(seconds: f64) -> Option<Duration> {
    let millis = (seconds * 1e3).ceil();
    (0.0..1e18).contains(&millis).then(|| Duration::from_millis(millis as u64))
}

/// The largest body that is read whole, in bytes.
pub const BODY_MAX: usize = 64 << 20;

/// Refuses a body that would grow beyond [`BODY_MAX`].
pub(crate) fn check_size(held: usize, more: usize) -> Result<(), Error> {
    if held.saturating_add(more) <= BODY_MAX {
        return Ok(());
    }
    Err(Error::new(ErrorKind::Malformed, "The reply is larger than is accepted."))
}

/// Percent-encodes one path segment or query value.
pub fn encode(text: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for half in [byte >> 4, byte & 15] {
                out.push(DIGITS.get(usize::from(half)).map_or('0', |digit| char::from(*digit)));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests;
