//! The loop between a run and the world.

use std::{
    future::{Future, pending, poll_fn},
    pin::{Pin, pin},
    task::{Context, Poll},
    time::Duration,
};

use crate::{
    error::Error,
    http::{Head, Request, check_size},
    run::{Input, Notice, Outcome, Run, Step, TransportError, TransportErrorKind},
};

/// What sends a request and sleeps: `fetch` in browsers and edge runtimes, a client in a program.
///
/// Dropping a future of [`Transport::send`], or the body it gave, ends the request.
#[expect(
    async_fn_in_trait,
    reason = "callers are generic, so the concrete type says whether it is Send"
)]
pub trait Transport {
    /// The body of a reply.
    type Body: Body;

    /// Sends a request and waits for the head of its reply. A status of 400 or more is a reply,
    /// not a failure.
    async fn send(&self, request: &Request) -> Result<(Head, Self::Body), TransportError>;

    /// Waits.
    async fn sleep(&self, wait: Duration);
}

/// The body of a reply, in pieces as they come.
#[expect(
    async_fn_in_trait,
    reason = "callers are generic, so the concrete type says whether it is Send"
)]
pub trait Body {
    /// The next piece, or `None` at the end.
    async fn chunk(&mut self) -> Result<Option<Vec<u8>>, TransportError>;
}

/// Carries `run` to its end.
///
/// `tell` gets what happens; the run goes on only when it has returned, so that a checkpoint is
/// safe before the request that it announces leaves. `cancel` may complete at any time and ends the
/// run at the provider; [`pending`] never does. After `limit` the waiting ends with
/// [`Outcome::Paused`]; so does, without a word, dropping the returned future.
pub async fn drive<T: Transport>(
    mut run: Run,
    transport: &T,
    cancel: impl Future<Output = ()>,
    limit: Option<Duration>,
    mut tell: impl AsyncFnMut(Notice),
) -> Outcome {
    let limit = pin!(after(transport, limit));
    let mut outside = Outside { cancel: Some(pin!(cancel)), limit: Some(limit) };
    let mut body = None;
    loop {
        match run.step() {
            Step::Tell(notice) => tell(notice).await,
            Step::Send { request, limit } => {
                drop(body.take());
                let sending = within(transport, limit, transport.send(&request));
                let answer = outside.wait_for(sending, &mut run, &mut tell).await;
                body = answer.and_then(|answer| took_head(&mut run, answer));
            }
            Step::Read { limit } => {
                let reading = within(transport, limit, chunk(body.as_mut()));
                let answer = outside.wait_for(reading, &mut run, &mut tell).await;
                if let Some(answer) = answer {
                    took_chunk(&mut run, answer);
                }
            }
            Step::Wait(wait) => {
                drop(body.take());
                let woke = outside.wait_for(transport.sleep(wait), &mut run, &mut tell).await;
                if woke.is_some() {
                    run.handle(Input::Woke);
                }
            }
            Step::Done => return run.finish(),
        }
    }
}

/// Sends one request and reads its whole reply, whatever its status; for everything that is not a
/// run. The reply must begin, and each of its pieces come, within `limit`.
///
/// # Errors
/// When the request or its reply does not get through, or the body is larger than 64 MB.
pub async fn ask<T: Transport>(
    transport: &T,
    request: &Request,
    limit: Duration,
) -> Result<(Head, Vec<u8>), Error> {
    let late =
        || TransportError::new(TransportErrorKind::Timeout, "The server did not answer in time.");
    let sent = within(transport, limit, transport.send(request)).await;
    let (head, mut body) = sent.unwrap_or_else(|| Err(late()))?;
    let mut bytes = Vec::new();
    while let Some(chunk) =
        within(transport, limit, body.chunk()).await.unwrap_or_else(|| Err(late()))?
    {
        check_size(bytes.len(), chunk.len())?;
        bytes.extend(chunk);
    }
    Ok((head, bytes))
}

/// What comes in time: `None` when it did not.
type Timely<T> = Option<Result<T, TransportError>>;

fn took_head<B>(run: &mut Run, answer: Timely<(Head, B)>) -> Option<B> {
    let (input, body) = match answer {
        Some(Ok((head, body))) => (Input::Head(head), Some(body)),
        Some(Err(error)) => (Input::Failed(error), None),
        None => (Input::Woke, None),
    };
    run.handle(input);
    body
}

fn took_chunk(run: &mut Run, answer: Timely<Option<Vec<u8>>>) {
    match answer {
        Some(Ok(Some(bytes))) => run.handle(Input::Chunk(&bytes)),
        Some(Ok(None)) => run.handle(Input::End),
        Some(Err(error)) => run.handle(Input::Failed(error)),
        None => run.handle(Input::Woke),
    }
}

async fn chunk(body: Option<&mut impl Body>) -> Result<Option<Vec<u8>>, TransportError> {
    match body {
        Some(body) => body.chunk().await,
        None => Ok(None),
    }
}

/// Wishes from outside, which may come while the run waits for something else. Each comes once.
struct Outside<'a, C, L> {
    cancel: Option<Pin<&'a mut C>>,
    limit: Option<Pin<&'a mut L>>,
}

impl<C: Future<Output = ()>, L: Future<Output = ()>> Outside<'_, C, L> {
    /// Waits for `work`, or gives it up when a wish makes the run want something else.
    async fn wait_for<W: Future>(
        &mut self,
        work: W,
        run: &mut Run,
        tell: &mut impl AsyncFnMut(Notice),
    ) -> Option<W::Output> {
        let mut work = pin!(work);
        loop {
            match self.race(work.as_mut()).await {
                Ok(output) => return Some(output),
                Err(wish) => run.handle(wish),
            }
            while let Some(notice) = run.notice() {
                tell(notice).await;
            }
            if !run.is_reading() {
                return None;
            }
        }
    }

    async fn race<W: Future>(
        &mut self,
        mut work: Pin<&mut W>,
    ) -> Result<W::Output, Input<'static>> {
        poll_fn(|context| {
            if is_due(&mut self.cancel, context) {
                return Poll::Ready(Err(Input::Cancel));
            }
            if is_due(&mut self.limit, context) {
                return Poll::Ready(Err(Input::Pause));
            }
            work.as_mut().poll(context).map(Ok)
        })
        .await
    }
}

/// Whether a wish has come; it is then not asked again.
fn is_due<F: Future>(wish: &mut Option<Pin<&mut F>>, context: &mut Context<'_>) -> bool {
    let due = wish.as_mut().is_some_and(|wish| wish.as_mut().poll(context).is_ready());
    if due {
        *wish = None;
    }
    due
}

async fn after<T: Transport>(transport: &T, limit: Option<Duration>) {
    match limit {
        Some(limit) => transport.sleep(limit).await,
        None => pending().await,
    }
}

async fn within<T: Transport, W: Future>(
    transport: &T,
    limit: Duration,
    work: W,
) -> Option<W::Output> {
    let mut work = pin!(work);
    let mut timer = pin!(transport.sleep(limit));
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => timer.as_mut().poll(context).map(|()| None),
    })
    .await
}
