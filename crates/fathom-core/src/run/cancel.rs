//! Ending a run on request.

use crate::{
    error::{Error, ErrorKind},
    provider::Call,
};

use super::{Outcome, Phase, Run};

/// How often something is tried again while somebody waits for the end.
pub(super) const TRIES: u32 = 4;

/// What is known about a cancellation under way.
#[derive(Debug, Default)]
pub(super) struct Cancelling {
    /// Why the provider would not cancel; the job may have ended by itself.
    pub(super) refused: Option<Error>,
}

impl Run {
    pub(super) fn cancel_wanted(&mut self) {
        if std::mem::replace(&mut self.checkpoint.cancel, true) {
            return;
        }
        self.waits.succeeded();
        if self.checkpoint.job.is_some() {
            self.save();
            return self.start_cancelling();
        }
        let under_way = self.exchange.is_some() || self.may_exist;
        let possible = self.info().capabilities.cancel;
        if self.phase == Phase::Intend || !under_way || !possible {
            return self.conclude(Outcome::Cancelled(None));
        }
        // The answer that is still to come names the job, and only then it can be cancelled.
        self.save();
        self.wait = None;
    }

    pub(super) fn start_cancelling(&mut self) {
        if self.info().capabilities.cancel {
            self.go(Call::Cancel);
        } else {
            self.conclude(Outcome::Cancelled(None));
        }
    }

    pub(super) fn cancel_failed(&mut self, error: Error) {
        match error.kind() {
            ErrorKind::NotFound => self.conclude(Outcome::Cancelled(None)),
            _ if error.is_retryable() => self.retry(Call::Cancel, error),
            _ => {
                self.cancelling.refused = Some(error);
                self.go(Call::Poll);
            }
        }
    }
}
