//! Looking after a job: streams, polls, and what to do when they fail.

use std::time::Duration;

use crate::{
    error::{Error, ErrorKind},
    event::{Event, Record},
    provider::Call,
    report::Report,
};

use super::{Notice, Outcome, Run, Stage};

/// How many replies in a row have to say that the job does not exist before it is believed: right
/// after the submission, or behind a balancer, one such reply may be wrong.
const CONFIRM: u32 = 3;
/// The longest pause that a stream can ask for before it is opened again.
const RETRY_MAX: Duration = Duration::from_secs(30);

impl Run {
    /// Follows by stream where there is one, else by polling.
    pub(super) fn follow(&mut self) {
        let stream = self.may_stream && !self.settled;
        self.go(if stream { Call::Stream } else { Call::Poll });
    }

    /// Tells an event unless it has been told before.
    pub(super) fn happened(&mut self, number: Option<u64>, at_ms: Option<u64>, mut event: Event) {
        let id = number.unwrap_or_else(|| self.next_number());
        let new = match &mut event {
            Event::SourceFound { source } => self.found.number(source),
            _ => true,
        };
        if !new || id <= self.checkpoint.seen {
            return;
        }
        self.checkpoint.seen = id;
        self.progress = true;
        self.missing = 0;
        self.waits.progressed();
        self.at_ms = at_ms.unwrap_or(self.at_ms);
        self.notices.push(Notice::Event(Record { id, at_ms: self.at_ms, event }));
    }

    /// The number of an event that the provider does not number: its place in the reply where every
    /// reply tells all from the start, so that what was told before is known again.
    fn next_number(&mut self) -> u64 {
        self.place += 1;
        if self.info().capabilities.stream_restarts {
            return self.place;
        }
        self.checkpoint.seen.saturating_add(1)
    }

    /// A stream closed properly. One that told nothing may be cut off by something in between, so
    /// the next look is a poll.
    pub(super) fn stream_ended(&mut self, retry_ms: Option<u64>) {
        if self.checkpoint.job.is_none() {
            return self.stayed_unnamed();
        }
        if self.info().capabilities.stream_closes {
            return self.go(Call::Poll);
        }
        let wait = self.waits.after_failure(None);
        let asked = Duration::from_millis(retry_ms.unwrap_or(0)).min(RETRY_MAX);
        let resume = self.progress && self.may_stream && self.info().capabilities.resume;
        self.go_after(wait.max(asked), if resume { Call::Stream } else { Call::Poll });
    }

    /// A piece of the report came.
    pub(super) fn drafted(&mut self, piece: Report) {
        if let Err(error) = self.draft.add(piece)
            && let Some(call) = self.exchange.as_ref().map(|exchange| exchange.call)
        {
            self.failed(call, error, true);
        }
    }

    /// A stream says that the job is over.
    pub(super) fn settle(&mut self) {
        match self.draft.take() {
            Some(report) => self.completed(report),
            None if self.checkpoint.job.is_none() => self.stayed_unnamed(),
            None => self.go(Call::Poll),
        }
    }

    fn stayed_unnamed(&mut self) {
        let error = Error::new(ErrorKind::Malformed, "The stream ended without naming a job.");
        self.create_failed(error, true);
    }

    /// The stream was answered by an ordinary reply: the provider has nothing more to tell, or no
    /// stream at all.
    pub(super) fn stream_refused(&mut self) {
        self.may_stream = self.may_stream && self.settled;
        self.go(Call::Poll);
    }

    /// A poll says that the run goes on.
    pub(super) fn polled(&mut self) {
        if let Some(error) = self.cancelling.refused.take() {
            return self.pause(Some(error));
        }
        let wait = self.waits.before_poll(&self.info().pace);
        let stream = self.may_stream && !self.settled;
        self.go_after(wait, if stream { Call::Stream } else { Call::Poll });
    }

    /// A stream or a poll failed. That never ends the run; only a job that is certainly gone does.
    pub(super) fn follow_failed(&mut self, call: Call, error: Error) {
        let stream = call != Call::Poll;
        match error.kind() {
            ErrorKind::NotFound => {
                // A provider that keeps no events has nothing to stream; whether it has the job is
                // for polls to say.
                self.may_stream = self.may_stream && !stream;
                self.job_missing(error);
            }
            ErrorKind::Unsupported if stream => {
                self.may_stream = false;
                self.go(Call::Poll);
            }
            _ if error.is_retryable() && stream && self.progress && self.may_stream => {
                self.retry(Call::Stream, error);
            }
            _ if error.is_retryable() => self.retry(Call::Poll, error),
            _ => self.pause(Some(error)),
        }
    }

    fn job_missing(&mut self, error: Error) {
        self.missing += 1;
        if self.missing >= CONFIRM {
            // A clue that leads nowhere says nothing about the job.
            let supposed = self.checkpoint.stage == Stage::Intended;
            return if supposed {
                self.give_up_looking(Some(error))
            } else {
                self.conclude(Outcome::Failed(error))
            };
        }
        self.retry(Call::Poll, error);
    }
}
