//! What a provider of research is: static facts and stateless functions.

use std::{borrow::Cow, fmt};

use serde::Serialize;
use serde_json::Value;

use crate::{
    error::Error,
    event::Event,
    http::{Head, Request},
    json::{self, Fit},
    report::{Cost, Report, Warning},
    sse::Message,
    task::{Status, Task},
};

mod access;
pub mod check;
pub(crate) mod failure;
mod info;
pub(crate) mod reply;
pub(crate) mod request;
mod vendor;

pub use access::{Access, KEY_HEADER};
pub use info::{Capabilities, EffortInfo, Info, Key, Limits, Pace, Price};
pub use vendor::{KeyPlace, Route, Vendor};

/// An API that runs research.
///
/// The functions build plain requests and read plain replies. They keep no state and decide nothing
/// about time: waiting, retrying and resuming belong to [`crate::Run`].
pub trait Provider: Sync {
    /// What is known about the provider before anything is sent.
    fn info(&self) -> &'static Info;

    /// Says what the provider would refuse, before money is spent; what it would only ignore comes
    /// back as warnings.
    ///
    /// # Errors
    /// [`crate::ErrorKind::InvalidTask`] with the field at fault.
    fn check(&self, task: &Task) -> Result<Vec<Warning>, Error>;

    /// The request that submits `task`. `token` is ours; a provider that can carries it, so that
    /// the same token names the same job.
    ///
    /// # Errors
    /// When the task cannot be written as the provider wants it.
    fn create(&self, task: &Task, token: &str, access: &Access) -> Result<Request, Error>;

    /// The text under which the provider lists the task: the question, and what had to be put to it
    /// because there is no other place. A job whose handle was lost is recognised by it.
    fn wording<'a>(&self, task: &'a Task) -> Cow<'a, str> {
        Cow::Borrowed(&task.question)
    }

    /// The request that looks after `job`.
    ///
    /// # Errors
    /// When the cursor cannot be sent.
    fn follow(&self, job: &Job, follow: Follow<'_>, access: &Access) -> Result<Request, Error>;

    /// The request that ends `job` early; none where the provider has no such thing.
    fn cancel(&self, job: &Job, access: &Access) -> Option<Request> {
        let _ = (job, access);
        None
    }

    /// The request that tells `job` to finish early and keep what it has; none where the provider
    /// has no such thing. It is sent beside a run, which then hears of the end as of any other.
    fn stop(&self, job: &Job, access: &Access) -> Option<Request> {
        let _ = (job, access);
        None
    }

    /// The request that removes `job` and its results at the provider; none where the provider has
    /// no such thing.
    fn delete(&self, job: &Job, access: &Access) -> Option<Request> {
        let _ = (job, access);
        None
    }

    /// The request that lists jobs, newest first; none where the provider has no such thing.
    fn list(&self, cursor: Option<&str>, access: &Access) -> Option<Request> {
        let _ = (cursor, access);
        None
    }

    /// Reads a successful reply, or one event of a stream.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Malformed`] when the reply makes no sense; unknown fields and event types are
    /// not errors.
    fn read(&self, frame: Frame<'_>) -> Result<Vec<Update>, Error>;

    /// Reads a reply with a status of 400 or more.
    fn read_failure(&self, head: &Head, body: &[u8]) -> Error;
}

impl fmt::Debug for dyn Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.info().id)
    }
}

/// The provider's own handle for a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Job(pub String);

impl Fit for Job {
    fn fit(&mut self, value: &Value) -> bool {
        self.0.fit(value)
    }
}

json::deserialized!(Job);

/// How a job is looked after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follow<'a> {
    /// As a stream of events, after the event `cursor` names.
    Stream {
        /// The id of the last event seen, where there is one.
        cursor: Option<&'a str>,
    },
    /// By asking once how it stands.
    Poll,
}

/// Which request a reply belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Call {
    /// [`Provider::create`].
    Create,
    /// [`Provider::follow`] with [`Follow::Stream`].
    Stream,
    /// [`Provider::follow`] with [`Follow::Poll`].
    Poll,
    /// [`Provider::cancel`].
    Cancel,
    /// [`Provider::list`].
    List,
}

/// A piece of a successful reply that makes sense by itself.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// The request it answers.
    pub call: Call,
    /// The piece.
    pub content: Content<'a>,
}

/// The content of a [`Frame`].
#[derive(Clone, Copy, Debug)]
pub enum Content<'a> {
    /// A whole body.
    Body(&'a Head, &'a [u8]),
    /// One event of a stream.
    Message(&'a Message),
}

/// What a reply says.
#[derive(Clone, Debug, PartialEq)]
pub enum Update {
    /// The provider has the job.
    Job(Job),
    /// A handle that may be the job's, although nobody promises it; it is tried when the stream that
    /// answers the submission breaks.
    Clue(Job),
    /// Where the job stands; never an end, see [`Update::Ended`].
    Status(Status),
    /// The provider's own word for where the job stands.
    Word(String),
    /// When the events that follow in this reply happened, in milliseconds since 1970 by the
    /// provider's clock, for events that do not say when themselves.
    Moment(u64),
    /// What the job has cost so far.
    Cost(Cost),
    /// What the job was asked, as the provider repeats it; only heeded when it is not known, as for
    /// a job that was taken over.
    Asked {
        /// The question.
        question: String,
        /// The schema of the output.
        output_schema: Option<Value>,
    },
    /// Something happened.
    Event {
        /// The event's place in the run, where the provider counts; an event whose number has been
        /// seen is a repetition.
        number: Option<u64>,
        /// Milliseconds since the run was created, where the provider says so.
        at_ms: Option<u64>,
        /// What happened. Sources without a number (id 0) are numbered by the run, each told once.
        event: Event,
    },
    /// A piece of the report as it grows: text is added to the text, sources to the sources, and a
    /// structured value takes the place of an earlier one.
    Draft(Report),
    /// The job is over. Its result is what the drafts of this stream have made, or has to be asked
    /// for where there were none.
    Settled,
    /// The job is over, and this is how. Nothing follows.
    Ended(Ended),
    /// A page of jobs.
    Listed {
        /// The jobs, newest first.
        jobs: Vec<Listed>,
        /// Where the next page begins.
        next: Option<String>,
    },
}

/// How a job ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Ended {
    /// With a report.
    Completed(Report),
    /// Without one.
    Failed(Error),
    /// On request, with what had been found.
    Cancelled(Option<Report>),
}

/// A job in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// The provider's handle.
    pub job: Job,
    /// Our token, where the provider keeps it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// The question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// When it was created, in milliseconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_ms: Option<u64>,
}
