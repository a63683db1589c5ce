//! What becomes of a failure.

use std::time::Duration;

use crate::{
    error::{Error, ErrorKind},
    gateway,
    http::Head,
};

use super::{Exchange, Step};

/// The longest wait that a server can ask for. Whoever is told to come back later than that hears of
/// it, and decides.
const LONGEST_ASKED: Duration = Duration::from_secs(60);

impl Exchange {
    /// A reply that did not succeed was read.
    pub(super) fn refused(&mut self, head: &Head, body: &[u8]) -> Step {
        let not_sent = || gateway::not_sent(head, body);
        match self.access.is_through_gateway().then(not_sent).flatten() {
            Some(error) => self.judged(self.access.hide(error), false),
            None => {
                let error = self.read(head, body);
                self.judged(error, true)
            }
        }
    }

    /// The error that a reply holds.
    pub(super) fn read(&self, head: &Head, body: &[u8]) -> Error {
        let error = if head.is_success() {
            self.senseless(head)
        } else {
            (self.vendor.failure)(head, body)
        };
        self.access.hide(error)
    }

    /// The error of a reply that says it is fine and is not what was asked for.
    fn senseless(&self, head: &Head) -> Error {
        let what = if self.request.stream { " no stream." } else { " no JSON." };
        let message = [self.vendor.name, " said it was fine, but what came is", what].concat();
        let error = Error::new(ErrorKind::Malformed, message)
            .with_provider(self.vendor.id)
            .with_status(head.status);
        match head.request_id() {
            Some(id) => error.with_request_id(id),
            None => error,
        }
    }

    /// Asks again, or gives up.
    pub(super) fn judged(&mut self, error: Error, may_have_arrived: bool) -> Step {
        // Whoever limits how much is asked turns a request away before anything comes of it.
        let had_no_effect = !may_have_arrived || error.kind() == ErrorKind::RateLimited;
        if !can_pass(error.kind()) {
            return Step::Fail(error);
        }
        if self.creates && !had_no_effect {
            return Step::Fail(unsure(error));
        }
        let asked = error.retry_after();
        if self.asked >= self.patience.attempts || asked.is_some_and(|wait| wait > LONGEST_ASKED) {
            return Step::Fail(error);
        }
        self.is_waiting = true;
        Step::Wait { wait: self.waits.after_failure(asked), error }
    }
}

/// Whether the same request may succeed soon. A reply that makes no sense is not asked for again:
/// it is rather the address that is wrong.
const fn can_pass(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::RateLimited
            | ErrorKind::Unavailable
            | ErrorKind::Unreachable
            | ErrorKind::Timeout
            | ErrorKind::Internal
    )
}

fn unsure(error: Error) -> Error {
    error.noting("It was not sent again, because it may have arrived and would cost a second time.")
}
