//! Server-sent events, read incrementally.

use crate::{
    error::{Error, ErrorKind},
    number::digits,
};

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
    pub fn push(&mut self, bytes: &[u8]) -> Result<Vec<Message>, Error> {
        let mut messages = Vec::new();
        for byte in bytes {
            // The LF of a CRLF may be in the next piece.
            let after_cr = std::mem::take(&mut self.after_cr);
            match byte {
                b'\n' if after_cr => {}
                b'\n' | b'\r' => {
                    self.after_cr = *byte == b'\r';
                    self.end_line(&mut messages)?;
                }
                _ => {
                    self.check(self.line.len())?;
                    self.line.push(*byte);
                }
            }
        }
        Ok(messages)
    }

    /// Refuses to hold more when this much is held.
    fn check(&self, held: usize) -> Result<(), Error> {
        if held < self.limit {
            return Ok(());
        }
        Err(Error::new(ErrorKind::Malformed, "An event of the stream is larger than is accepted."))
    }

    fn end_line(&mut self, messages: &mut Vec<Message>) -> Result<(), Error> {
        let bytes = std::mem::take(&mut self.line);
        let text = String::from_utf8_lossy(&bytes);
        let is_first = !std::mem::replace(&mut self.started, true);
        let line = text.strip_prefix('\u{feff}').filter(|_| is_first).unwrap_or(&text);
        if line.is_empty() {
            self.dispatch(messages);
        } else {
            self.field(line)?;
        }
        // The buffer is kept for the next line.
        drop(text);
        self.line = bytes;
        self.line.clear();
        Ok(())
    }

    fn field(&mut self, line: &str) -> Result<(), Error> {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "event" => value.clone_into(&mut self.event),
            "data" => return self.add_data(value),
            "id" if !value.as_bytes().contains(&0) => self.id = Some(value.to_owned()),
            "retry" => self.retry_ms = digits(value, 19).or(self.retry_ms),
            _ => {}
        }
        Ok(())
    }

    fn add_data(&mut self, value: &str) -> Result<(), Error> {
        self.check(self.data.len().saturating_add(value.len()))?;
        if std::mem::replace(&mut self.has_data, true) {
            self.data.push('\n');
        }
        self.data.push_str(value);
        Ok(())
    }

    fn dispatch(&mut self, messages: &mut Vec<Message>) {
        let mut event = std::mem::take(&mut self.event);
        let data = std::mem::take(&mut self.data);
        if !std::mem::take(&mut self.has_data) && event.is_empty() {
            return;
        }
        if event.is_empty() {
            "message".clone_into(&mut event);
        }
        messages.push(Message { event, data, id: self.last_event_id().map(str::to_owned) });
    }
}

#[cfg(test)]
mod tests;
