//! Taking in a reply as it comes, piece by piece or broken off.

use crate::{
    error::{Error, ErrorKind},
    gateway,
    http::{Head, check_value},
    provider::{Call, Content, Frame},
    sse::Message,
};

use super::{
    Run, TransportError, TransportErrorKind,
    exchange::{Exchange, Reply},
};

impl Run {
    pub(super) fn chunk(&mut self, bytes: &[u8]) {
        let Some(exchange) = &mut self.exchange else { return };
        let call = exchange.call;
        match exchange.push(bytes) {
            Ok(messages) => self.messages(call, &messages),
            Err(error) => self.failed(call, error, true),
        }
    }

    fn messages(&mut self, call: Call, messages: &[Message]) {
        let seen = self.checkpoint.seen;
        for message in messages {
            let frame = Frame { call, content: Content::Message(message) };
            match self.provider.read(frame) {
                Ok(updates) => self.apply_all(updates),
                // An event without data has nothing that could make no sense.
                Err(_) if message.data.is_empty() => {}
                Err(error) => return self.failed(call, error, true),
            }
            // Something in the message may have ended the exchange.
            if self.exchange.is_none() {
                return;
            }
            if message.id.as_deref().is_some_and(is_cursor) {
                self.checkpoint.cursor.clone_from(&message.id);
            }
        }
        if self.checkpoint.seen != seen {
            self.save();
        }
        if !self.exchange.as_ref().is_some_and(Exchange::is_events) {
            return;
        }
        if self.settled {
            self.settle();
        } else if self.checkpoint.cancel && self.checkpoint.job.is_some() && call == Call::Create {
            // The person cancelled before the stream had named the job.
            self.start_cancelling();
        }
    }

    pub(super) fn end(&mut self) {
        let Some(exchange) = self.exchange.take() else { return };
        let (call, retry_ms) = (exchange.call, exchange.retry_ms());
        match exchange.end() {
            Reply::Body(head, body) if head.is_success() => self.body(call, &head, &body),
            Reply::Body(head, body) => self.refused(call, &head, &body),
            Reply::Events => self.stream_ended(retry_ms),
            Reply::Nothing => {
                let error =
                    Error::new(ErrorKind::Unreachable, "The connection closed without an answer.");
                self.failed(call, error, true);
            }
        }
    }

    fn body(&mut self, call: Call, head: &Head, body: &[u8]) {
        match self.provider.read(Frame { call, content: Content::Body(head, body) }) {
            Ok(updates) => {
                self.waits.succeeded();
                self.missing = 0;
                self.apply_all(updates);
                if self.outcome.is_none() {
                    self.answered(call);
                }
            }
            Err(error) => self.failed(call, error, true),
        }
    }

    /// A reply with a status of 400 or more was read.
    fn refused(&mut self, call: Call, head: &Head, body: &[u8]) {
        let not_sent = || gateway::not_sent(head, body);
        match self.access.is_through_gateway().then(not_sent).flatten() {
            Some(error) => self.failed(call, error, false),
            None => self.failed(call, self.provider.read_failure(head, body), true),
        }
    }

    pub(super) fn lost(&mut self, error: TransportError) {
        if error.kind == TransportErrorKind::Aborted {
            return self.pause(Some(error.into()));
        }
        if let Some(exchange) = &self.exchange {
            let call = exchange.call;
            let may_have_arrived = !error.is_without_effect();
            self.failed(call, error.into(), may_have_arrived);
        }
    }

    /// A reply was read, and the run is not over.
    fn answered(&mut self, call: Call) {
        match call {
            Call::Create => self.created(),
            Call::Stream => self.stream_refused(),
            Call::Poll => self.polled(),
            Call::Cancel => self.follow(),
            Call::List => {}
        }
    }
}

/// Whether an event's id can be sent back; one that cannot was damaged, or is no id.
fn is_cursor(id: &str) -> bool {
    id.len() <= 200 && check_value("last-event-id", id).is_ok()
}
