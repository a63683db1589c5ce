//! What goes into a run and what comes out of it.

use std::time::Duration;

use crate::{
    error::Error,
    event::Record,
    http::{Head, Request},
    report::{Cost, Report},
    task::Status,
};

use super::{Checkpoint, TransportError};

/// What the caller brings to a new run, because there is no clock and no randomness here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Start {
    /// A token that no other run has, at most 128 characters: a random UUID, say.
    pub token: String,
    /// Any number that differs between runs and clients; it spreads their waits.
    pub seed: u64,
    /// The time, in milliseconds since 1970, where there is a clock. It helps to recognise a job
    /// whose handle was lost.
    pub now_ms: Option<u64>,
}

/// What a run wants.
#[derive(Debug)]
pub enum Step {
    /// Something to pass on; a checkpoint has to be stored before the next step is asked for.
    Tell(Notice),
    /// Send this request, giving up the one under way, and report [`Input::Head`],
    /// [`Input::Failed`], or [`Input::Woke`] when `limit` has passed.
    Send {
        /// The request.
        request: Request,
        /// How long to wait for the head of the reply.
        limit: Duration,
    },
    /// Go on with the request under way and report [`Input::Chunk`], [`Input::End`],
    /// [`Input::Failed`], or [`Input::Woke`] when `limit` has passed.
    Read {
        /// How long to wait for the next piece.
        limit: Duration,
    },
    /// Give up the request under way if there is one, and report [`Input::Woke`] after this time.
    Wait(Duration),
    /// Nothing more; [`crate::Run::finish`] says how it ended.
    Done,
}

/// Something to pass on.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Notice {
    /// Store this. What was stored before is outdated.
    Checkpoint(Box<Checkpoint>),
    /// Something happened. An event is told again only if the run was resumed from a checkpoint
    /// that is older than the event.
    Event(Record),
    /// The provider said where the run is; told when it changes, and again after trouble.
    Status(Status),
    /// The provider's own word for where the run is, told when it changes.
    Word(String),
    /// What the run has cost so far, told when it changes.
    Cost(Cost),
    /// Something did not work and will be tried again.
    Trouble {
        /// What did not work.
        error: Error,
        /// When it will be tried again.
        wait: Duration,
    },
}

/// What happened.
#[derive(Debug)]
pub enum Input<'a> {
    /// The head of the reply came.
    Head(Head),
    /// A piece of the body came.
    Chunk(&'a [u8]),
    /// The body is complete.
    End,
    /// The request or its reply did not get through.
    Failed(TransportError),
    /// The time asked for has passed.
    Woke,
    /// The person who asked wants the run to end.
    Cancel,
    /// Whoever waits stops waiting; the run goes on at the provider.
    Pause,
}

/// How the machine ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// With a report.
    Completed(Report),
    /// On request, with what had been found.
    Cancelled(Option<Report>),
    /// The provider refused or failed the task, or no longer knows the job.
    Failed(Error),
    /// The waiting has ended, not the run: resume from the last checkpoint. The error says why,
    /// unless the caller asked for it.
    Paused(Option<Error>),
    /// It is not known whether the provider has the job, and there is no way to find out. It is
    /// never submitted again by itself, because a second job may cost a second time.
    SubmitUnknown(Error),
}
