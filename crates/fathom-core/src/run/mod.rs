//! The one state machine of a run, from submission to report.
//!
//! [`Run`] owns everything that providers would otherwise each get wrong: pacing, back-off, streams
//! that drop, repeated events, cancellation, and submitting only once. It does nothing itself:
//! [`Run::step`] says what it wants, [`Run::handle`] takes what happened. [`crate::drive()`] is the
//! loop around it.

use std::time::Duration;

use crate::{
    error::{Error, ErrorKind},
    provider::{Access, Call, Info, Provider},
    secret::Secret,
    task::Task,
};

mod adopt;
mod cancel;
mod checkpoint;
mod draft;
mod exchange;
mod follow;
mod hear;
mod judge;
pub(crate) mod pace;
mod queue;
mod receive;
mod step;
mod submit;
mod transport;

pub use adopt::job_handle;
pub use checkpoint::{Checkpoint, Stage};
pub use step::{Input, Notice, Outcome, Start, Step};
pub use transport::{TransportError, TransportErrorKind};

use exchange::Exchange;
use pace::Waits;

/// One task at one provider.
///
/// The law of its use: after each [`Run::handle`], call [`Run::step`] until it asks for something
/// ([`Step::Send`], [`Step::Read`], [`Step::Wait`]) or is [`Step::Done`].
#[derive(Debug)]
pub struct Run {
    provider: &'static dyn Provider,
    access: Access,
    checkpoint: Checkpoint,
    phase: Phase,
    exchange: Option<Exchange>,
    wait: Option<Duration>,
    notices: queue::Queue,
    outcome: Option<Outcome>,
    waits: Waits,
    /// Whether the job may exist although its handle is not known.
    may_exist: bool,
    /// Whether the stream can be tried; a server without one is polled.
    may_stream: bool,
    /// Whether the provider has said that the job is over.
    settled: bool,
    /// Whether the stream under way has said anything new.
    progress: bool,
    /// Events that the reply under way has told.
    place: u64,
    /// Replies in a row that say the job does not exist.
    missing: u32,
    /// When the event before was, for providers that do not say.
    at_ms: u64,
    /// The provider's clock at the first moment it named.
    origin: Option<u64>,
    look: submit::Look,
    draft: draft::Draft,
    found: draft::Found,
    cancelling: cancel::Cancelling,
    told: hear::Told,
}

/// What a run is about to ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Intend,
    Send(Call),
}

impl Run {
    /// A run that has not been submitted yet.
    ///
    /// # Errors
    /// What [`Provider::check`] finds wrong with the task.
    pub fn new(
        provider: &'static dyn Provider,
        access: Access,
        task: Task,
        start: Start,
    ) -> Result<Self, Error> {
        provider.check(&task)?;
        let seed = start.seed;
        Ok(Self::at(provider, access, Checkpoint::new(provider, task, start), seed))
    }

    /// The run that `checkpoint` describes.
    ///
    /// # Errors
    /// When the checkpoint belongs to another provider.
    pub fn resume(
        provider: &'static dyn Provider,
        access: Access,
        checkpoint: Checkpoint,
        seed: u64,
    ) -> Result<Self, Error> {
        if checkpoint.provider != provider.info().id {
            let message = ["The saved run belongs to the provider ", &checkpoint.provider, "."];
            return Err(Error::new(ErrorKind::Unsupported, message.concat()));
        }
        let mut run = Self::at(provider, access, checkpoint, seed);
        run.take_up();
        Ok(run)
    }

    #[inline(never)]
    fn at(
        provider: &'static dyn Provider,
        access: Access,
        checkpoint: Checkpoint,
        seed: u64,
    ) -> Self {
        Self {
            provider,
            access,
            checkpoint,
            phase: Phase::Intend,
            exchange: None,
            wait: None,
            notices: queue::Queue::default(),
            outcome: None,
            waits: Waits::new(seed),
            may_exist: false,
            may_stream: provider.info().capabilities.stream,
            settled: false,
            progress: false,
            place: 0,
            missing: 0,
            at_ms: 0,
            origin: None,
            look: submit::Look::default(),
            draft: draft::Draft::default(),
            found: draft::Found::default(),
            cancelling: cancel::Cancelling::default(),
            told: hear::Told::default(),
        }
    }

    /// What the run wants now. Asking again without [`Run::handle`] in between gives the rest of
    /// what there is to tell, then the same wish.
    pub fn step(&mut self) -> Step {
        if let Some(notice) = self.notice() {
            return Step::Tell(notice);
        }
        if self.outcome.is_some() {
            return Step::Done;
        }
        if let Some(wait) = self.wait {
            return Step::Wait(wait);
        }
        if let Some(exchange) = &self.exchange {
            return Step::Read { limit: self.limit(exchange.is_events()) };
        }
        self.ask()
    }

    /// Takes what happened. What does not fit, such as a piece of a reply that was given up, is
    /// ignored.
    pub fn handle(&mut self, input: Input<'_>) {
        if self.outcome.is_some() {
            return;
        }
        match input {
            Input::Head(head) => {
                if let Some(exchange) = &mut self.exchange {
                    exchange.begin(head);
                }
            }
            Input::Chunk(bytes) => self.chunk(bytes),
            Input::End => self.end(),
            Input::Failed(error) => self.lost(error),
            Input::Woke => self.woke(),
            Input::Cancel => self.cancel_wanted(),
            Input::Pause => self.pause(None),
        }
    }

    /// How the run ended. One that has not ended is paused.
    pub fn finish(self) -> Outcome {
        self.outcome.unwrap_or(Outcome::Paused(None))
    }

    /// The run as it could be stored now.
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// The next thing to pass on, if there is one.
    pub(crate) fn notice(&mut self) -> Option<Notice> {
        self.notices.take()
    }

    /// Whether the request under way is still wanted.
    pub(crate) fn is_reading(&self) -> bool {
        self.exchange.is_some() && self.wait.is_none() && self.outcome.is_none()
    }

    fn info(&self) -> &'static Info {
        self.provider.info()
    }

    fn limit(&self, is_events: bool) -> Duration {
        let pace = &self.info().pace;
        Duration::from_millis(u64::from(if is_events { pace.silence_ms } else { pace.reply_ms }))
    }

    /// Builds the next request. A request that cannot be built ends the run or the waiting.
    fn ask(&mut self) -> Step {
        let call = match self.phase {
            Phase::Intend => {
                self.phase = Phase::Send(Call::Create);
                self.save();
                return self.step();
            }
            Phase::Send(call) => call,
        };
        match self.request(call) {
            Ok(request) => {
                self.exchange = Some(Exchange::new(call));
                self.progress = false;
                self.place = 0;
                Step::Send { request, limit: self.limit(false) }
            }
            // A cursor that cannot be sent is a stream's fault, and no reason to give up the job.
            Err(_) if call == Call::Stream => {
                self.checkpoint.cursor = None;
                self.may_stream = false;
                self.go(Call::Poll);
                self.step()
            }
            Err(error) => {
                self.failed(call, error, false);
                self.step()
            }
        }
    }

    fn woke(&mut self) {
        if self.wait.take().is_none() {
            let message = "The server did not answer in time.";
            self.lost(TransportError::new(TransportErrorKind::Timeout, message));
        }
    }

    /// A request, its reply, or a piece of it did not work out.
    fn failed(&mut self, call: Call, error: Error, may_have_arrived: bool) {
        let error = error.hiding(self.access.key().map(Secret::reveal));
        self.exchange = None;
        match call {
            Call::Create if self.checkpoint.job.is_none() => {
                self.create_failed(error, may_have_arrived);
            }
            Call::List => self.look_failed(error),
            // The stream that answers a submission may break when it has named the job, which then
            // goes on without it.
            Call::Create | Call::Stream | Call::Poll => self.follow_failed(call, error),
            Call::Cancel => self.cancel_failed(error),
        }
    }

    /// Tries again later. Somebody who cancels does not have to wait for ever: after a few tries
    /// the waiting ends, and the wish stays in the checkpoint.
    fn retry(&mut self, call: Call, error: Error) {
        if self.checkpoint.cancel && self.waits.failures() >= cancel::TRIES {
            return self.pause(Some(error));
        }
        let wait = self.waits.after_failure(error.retry_after());
        self.notices.push(Notice::Trouble { error, wait });
        self.told.trouble();
        self.go_after(wait, call);
    }

    fn go(&mut self, call: Call) {
        self.exchange = None;
        self.wait = None;
        self.phase = Phase::Send(call);
    }

    fn go_after(&mut self, wait: Duration, call: Call) {
        self.go(call);
        self.wait = Some(wait);
    }

    fn save(&mut self) {
        self.notices.push(Notice::Checkpoint(Box::new(self.checkpoint.clone())));
    }

    fn pause(&mut self, error: Option<Error>) {
        self.save();
        self.conclude(Outcome::Paused(error));
    }

    fn conclude(&mut self, outcome: Outcome) {
        self.exchange = None;
        self.wait = None;
        self.outcome = Some(outcome);
    }
}
