//! Server-sent events, read incrementally.

use crate::error::{Error, ErrorKind};

/// The longest line and the largest event that are accepted unless said otherwise.
pub const DEFAULT_LIMIT: usize = 8 << 20;

/// One event of a stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// The event's name; `message` where the stream gives none.
    pub event: String,
    /// The data lines, joined by line feeds.
    pub data: String,
    /// The last id the stream gave, which carries over to later events without one.
    pub id: Option<String>,
}

/// Reads events from bytes in pieces of any size.
///
/// Follows the HTML standard: LF, CR and CRLF end lines, a byte order mark is skipped, comments and
/// unknown fields are ignored, and an event that the stream does not finish is dropped. One thing is
/// read that the standard drops: an event with a name and no data, because there are vendors that
/// end their streams with such a one. Bytes that are not UTF-8 become replacement characters; a character
/// may be split between pieces.
#[derive(Debug)]
pub struct Decoder {
    limit: usize,
    started: bool,
    after_cr: bool,
    line: Vec<u8>,
    event: String,
    data: String,
    has_data: bool,
    id: Option<String>,
    retry_ms: Option<u64>,
}

impl Default for Decoder {
    fn default() -> Self {
        Self::new(DEFAULT_LIMIT)
    }
}

impl Decoder {
    /// A decoder that accepts lines and events up to `limit` bytes.
    pub fn new(limit: usize) -> Self {
        Self {
            limit,
            started: false,
            after_cr: false,
            line: Vec::new(),
            event: String::new(),
            data: String::new(),
            has_data: false,
            id: None,
            retry_ms: None,
        }
    }

    /// The last event id, to be sent as `Last-Event-ID`; `None` before the first and after an
    /// empty one.
    pub fn last_event_id(&self) -> Option<&str> {
        self.id.as_deref().filter(|id| !id.is_empty())
    }

    /// How long the stream asks to wait before reconnecting.
    pub fn retry_ms(&self) -> Option<u64> {
        self.retry_ms
    }

    /// Reads a piece and returns the events that it completes.
    ///
    /// # Errors
    /// [`ErrorKind::Malformed`] when a line or an event outgrows the limit. The stream is then of
    /// no further use.
    pub fn push(&mut self, mut bytes: &[u8]) -> Result<Vec<Message>, Error> {
        let mut messages = Vec::new();
        if !bytes.is_empty() && std::mem::take(&mut self.after_cr) {
            bytes = bytes.strip_prefix(b"\n").unwrap_or(bytes);
        }
        while let Some(at) = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r')) {
            let (head, tail) = bytes.split_at_checked(at).unwrap_or((bytes, &[]));
            self.extend(head)?;
            bytes = self.skip_line_end(tail);
            messages.extend(self.end_line()?);
        }
        self.extend(bytes)?;
        Ok(messages)
    }

    fn extend(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.check(self.line.len().saturating_add(bytes.len()))?;
        self.line.extend_from_slice(bytes);
        Ok(())
    }

    fn check(&self, size: usize) -> Result<(), Error> {
        if size <= self.limit {
            return Ok(());
        }
        Err(Error::new(ErrorKind::Malformed, "An event of the stream is larger than is accepted."))
    }

    /// Steps over the line end at the front of `tail`. The LF of a CRLF may be in the next piece.
    fn skip_line_end<'a>(&mut self, tail: &'a [u8]) -> &'a [u8] {
        match tail {
            [b'\r', b'\n', rest @ ..] => rest,
            [b'\r'] => {
                self.after_cr = true;
                &[]
            }
            [_, rest @ ..] => rest,
            [] => &[],
        }
    }

    fn end_line(&mut self) -> Result<Option<Message>, Error> {
        let bytes = std::mem::take(&mut self.line);
        let mut line = bytes.as_slice();
        if !std::mem::replace(&mut self.started, true) {
            line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
        }
        if line.is_empty() {
            return Ok(self.dispatch());
        }
        self.field(&String::from_utf8_lossy(line))?;
        // The buffer is kept for the next line.
        self.line = bytes;
        self.line.clear();
        Ok(None)
    }

    fn field(&mut self, line: &str) -> Result<(), Error> {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "event" => value.clone_into(&mut self.event),
            "data" => return self.add_data(value),
            "id" if !value.contains('\0') => self.id = Some(value.to_owned()),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry_ms = value.parse().ok().or(self.retry_ms);
            }
            _ => {}
        }
        Ok(())
    }

    fn add_data(&mut self, value: &str) -> Result<(), Error> {
        self.check(self.data.len().saturating_add(value.len()).saturating_add(1))?;
        if std::mem::replace(&mut self.has_data, true) {
            self.data.push('\n');
        }
        self.data.push_str(value);
        Ok(())
    }

    fn dispatch(&mut self) -> Option<Message> {
        let event = std::mem::take(&mut self.event);
        let data = std::mem::take(&mut self.data);
        if !std::mem::take(&mut self.has_data) && event.is_empty() {
            return None;
        }
        let event = if event.is_empty() { "message".to_owned() } else { event };
        Some(Message { event, data, id: self.last_event_id().map(str::to_owned) })
    }
}

#[cfg(test)]
mod tests;
