//! One call of a vendor's endpoint: asked, asked again where that is safe, and given up.
//!
//! What [`crate::Run`] is for a research that takes minutes, [`Exchange`] is for everything that is
//! answered at once, and for those who follow a job by themselves. Like a run it does nothing itself:
//! [`Exchange::step`] says what it wants, [`Exchange::handle`] takes what happened. A reply that
//! succeeded belongs to the caller, so that its bytes are read once, where they are used.

use std::time::Duration;

use crate::{
    error::{Error, ErrorKind},
    gateway,
    http::{Head, Method, Request, encode},
    provider::{Access, Vendor},
    run::{TransportError, TransportErrorKind, pace::Waits},
};

mod judge;

/// What is asked, below the vendor's address.
#[derive(Clone, Debug)]
pub struct Order {
    /// The method.
    pub method: Method,
    /// The path, with what stands for ids encoded. It has to be one of the vendor's roster.
    pub path: String,
    /// Names and values of the query, not encoded.
    pub query: Vec<(String, String)>,
    /// Headers beside the usual ones.
    pub headers: Vec<(String, String)>,
    /// The body, as JSON text.
    pub body: Option<String>,
    /// Whether the reply has to be an event stream.
    pub stream: bool,
    /// Whether this makes something that costs each time it is asked. It is then asked again only
    /// where it certainly had no effect.
    pub creates: bool,
}

/// How long something is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// How often it is asked at most.
    pub attempts: u32,
    /// How long to wait for the head of each reply.
    pub limit: Duration,
    /// Any number that differs between clients; it spreads their waits.
    pub seed: u64,
}

/// What an exchange wants.
#[derive(Debug)]
pub enum Step {
    /// Send this and report [`Input::Head`], or [`Input::Failed`].
    Send {
        /// The request.
        request: Request,
        /// How long to wait for the head of the reply.
        limit: Duration,
    },
    /// Report [`Input::Woke`] after this time; it is then asked again.
    Wait {
        /// How long.
        wait: Duration,
        /// What did not work.
        error: Error,
    },
    /// It succeeded, and the body is the caller's. One that turns out to be broken can be reported:
    /// as [`Input::Failed`] when it broke off, as [`Input::Body`] when it makes no sense.
    Take,
    /// It did not succeed; report the body of the reply as [`Input::Body`].
    Read,
    /// It is given up.
    Fail(Error),
}

/// What happened.
#[derive(Debug)]
pub enum Input<'a> {
    /// The head of the reply came.
    Head(Head),
    /// The whole body, where it was asked for.
    Body(&'a [u8]),
    /// The request or its reply did not get through.
    Failed(TransportError),
    /// The time asked for has passed.
    Woke,
}

/// One call of a vendor's endpoint.
///
/// The law of its use: ask [`Exchange::step`] once at the beginning and once after each
/// [`Exchange::handle`].
#[derive(Debug)]
pub struct Exchange {
    vendor: &'static Vendor,
    access: Access,
    request: Request,
    creates: bool,
    patience: Patience,
    asked: u32,
    waits: Waits,
    head: Option<Head>,
    is_waiting: bool,
    next: Option<Step>,
}

impl Exchange {
    /// An exchange that has not begun.
    ///
    /// # Errors
    /// When the vendor has no such path, or when a header or the key cannot be sent.
    pub fn new(
        vendor: &'static Vendor,
        access: Access,
        order: Order,
        patience: Patience,
    ) -> Result<Self, Error> {
        let creates = order.creates;
        let request = written(vendor, order, &access)?;
        let next = Some(Step::Send { request: request.clone(), limit: patience.limit });
        let waits = Waits::new(patience.seed);
        let (asked, head, is_waiting) = (1, None, false);
        Ok(Self {
            vendor,
            access,
            request,
            creates,
            patience,
            asked,
            waits,
            head,
            is_waiting,
            next,
        })
    }

    /// What it wants.
    pub fn step(&mut self) -> Step {
        self.next.take().unwrap_or_else(|| Step::Fail(misused()))
    }

    /// Takes what happened.
    pub fn handle(&mut self, input: Input<'_>) {
        self.next = Some(match (input, self.head.take()) {
            (Input::Head(head), None) => self.answered(head),
            (Input::Body(body), Some(head)) => self.refused(&head, body),
            (Input::Failed(error), head) => self.failed(error, head),
            (Input::Woke, None) if std::mem::take(&mut self.is_waiting) => self.again(),
            _ => Step::Fail(misused()),
        });
    }

    fn answered(&mut self, head: Head) -> Step {
        let is_right = head.is_success() && (!self.request.stream || head.is_event_stream());
        self.head = Some(head);
        if is_right { Step::Take } else { Step::Read }
    }

    fn failed(&mut self, error: TransportError, head: Option<Head>) -> Step {
        match head.filter(|head| !head.is_success()) {
            // The status says enough where the body of a failure cannot be read.
            Some(head) => {
                let error = self.read(&head, b"");
                self.judged(error, true)
            }
            None => {
                let arrived = !error.is_without_effect();
                let is_hopeless = error.kind == TransportErrorKind::Invalid;
                let error = Error::from(error).with_provider(self.vendor.id);
                if is_hopeless { Step::Fail(error) } else { self.judged(error, arrived) }
            }
        }
    }

    fn again(&mut self) -> Step {
        self.asked = self.asked.saturating_add(1);
        Step::Send { request: self.request.clone(), limit: self.patience.limit }
    }
}

/// The request that an order means.
fn written(vendor: &Vendor, order: Order, access: &Access) -> Result<Request, Error> {
    let mut target = order.path;
    for (index, (name, value)) in order.query.iter().enumerate() {
        let sign = if index == 0 { "?" } else { "&" };
        target.extend([sign, &encode(name), "=", &encode(value)]);
    }
    let (_, sent) =
        gateway::find(vendor, order.method.as_str(), &target).map_err(|_| no_such_path(vendor))?;
    let url = access.url(&sent);
    let mut request = match order.body {
        Some(body) => Request::post(url, body),
        None => Request::get(url),
    };
    request.method = order.method;
    request.stream = order.stream;
    if order.stream {
        request.headers.insert("accept", "text/event-stream")?;
    }
    for (name, value) in &order.headers {
        request.headers.insert(name, value)?;
    }
    Ok(access.sign(request, vendor.key))
}

fn no_such_path(vendor: &Vendor) -> Error {
    let message = [vendor.name, " has nothing at this path. Is the id whole?"].concat();
    Error::new(ErrorKind::InvalidTask, message).with_provider(vendor.id)
}

fn misused() -> Error {
    Error::new(ErrorKind::Internal, "The call was driven out of its order.")
}
