//! One request under way: what has come back of its reply.

use crate::{
    error::Error,
    http::{Head, check_size},
    provider::Call,
    sse::{Decoder, Message},
};

#[derive(Debug)]
pub(super) struct Exchange {
    pub(super) call: Call,
    head: Option<Head>,
    intake: Intake,
}

#[derive(Debug)]
enum Intake {
    Body(Vec<u8>),
    Events(Box<Decoder>),
}

/// A reply that has come to its end.
pub(super) enum Reply {
    /// A body to be read whole.
    Body(Head, Vec<u8>),
    /// A stream of events, all of which have been handed out.
    Events,
    /// Nothing at all.
    Nothing,
}

impl Exchange {
    pub(super) fn new(call: Call) -> Self {
        Self { call, head: None, intake: Intake::Body(Vec::new()) }
    }

    /// Whether events are being read, which may be far apart.
    pub(super) fn is_events(&self) -> bool {
        matches!(self.intake, Intake::Events(_))
    }

    pub(super) fn begin(&mut self, head: Head) {
        if head.is_success() && head.is_event_stream() {
            self.intake = Intake::Events(Box::default());
        }
        self.head = Some(head);
    }

    /// Takes a piece of the body and returns the events that it completes.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<Vec<Message>, Error> {
        match &mut self.intake {
            Intake::Events(decoder) => decoder.push(bytes),
            Intake::Body(body) => {
                check_size(body.len(), bytes.len())?;
                body.extend_from_slice(bytes);
                Ok(Vec::new())
            }
        }
    }

    /// How long the stream asks to wait before it is opened again.
    pub(super) fn retry_ms(&self) -> Option<u64> {
        match &self.intake {
            Intake::Events(decoder) => decoder.retry_ms(),
            Intake::Body(_) => None,
        }
    }

    pub(super) fn end(self) -> Reply {
        match (self.head, self.intake) {
            (None, _) => Reply::Nothing,
            (Some(_), Intake::Events(_)) => Reply::Events,
            (Some(head), Intake::Body(body)) => Reply::Body(head, body),
        }
    }
}
