//! Work with the index and the engine that a client waits for: searches, contents, answers.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use fathom_core::{ErrorKind, Event};
use fathom_engine::{EngineError, IndexError, Observer};
use tokio::sync::{Semaphore, mpsc, oneshot};

use crate::error::ApiError;
use crate::index::FtsIndex;
use crate::library::Readiness;
use crate::routes::Shared;

/// Requests that may wait for each one that is worked on.
const WAITING: usize = 32;
/// The engine works on whole documents; this is ample.
const STACK: usize = 16 << 20;
/// How long a request waits for the first complete index.
const INDEX_WAIT: Duration = Duration::from_secs(30);
const GLANCE: Duration = Duration::from_millis(100);
/// When a client may try again that came too early or when there was too much to do.
const COME_BACK: Duration = Duration::from_secs(5);
/// Events that may wait to be sent; the engine waits when there are more.
const EVENTS: usize = 64;

/// Lets a few requests work at a time, and a bounded number wait.
#[derive(Debug)]
pub(crate) struct Engine {
    permits: Arc<Semaphore>,
    waiting: AtomicUsize,
    most: usize,
}

impl Engine {
    /// Works on so many requests at a time.
    pub(crate) fn new(workers: usize) -> Self {
        let workers = workers.max(1);
        Self {
            permits: Arc::new(Semaphore::new(workers)),
            waiting: AtomicUsize::new(0),
            most: workers * WAITING,
        }
    }

    async fn permit(&self) -> Result<tokio::sync::OwnedSemaphorePermit, ApiError> {
        let _place = Place::take(&self.waiting, self.most)?;
        let permit = Arc::clone(&self.permits).acquire_owned().await;
        permit.map_err(|error| ApiError::internal(&error))
    }
}

/// A place among those who wait.
struct Place<'a>(&'a AtomicUsize);

impl<'a> Place<'a> {
    fn take(waiting: &'a AtomicUsize, most: usize) -> Result<Self, ApiError> {
        let place = Self(waiting);
        if waiting.fetch_add(1, Ordering::Relaxed) >= most {
            let message = "too many requests are waiting; try again later";
            return Err(ApiError::new(ErrorKind::RateLimited, message).with_retry_after(COME_BACK));
        }
        Ok(place)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Does work for one request on a thread of its own; when the client goes away, [`Watch::is_cancelled`] turns true.
pub(super) async fn work<T: Send + 'static>(
    app: &Arc<Shared>,
    work: impl FnOnce(&Shared, &mut Watch) -> Result<T, ApiError> + Send + 'static,
) -> Result<T, ApiError> {
    begin(app, None, work).await?.done().await
}

/// As [`work`], with what happens as it happens.
pub(super) async fn watched<T: Send + 'static>(
    app: &Arc<Shared>,
    work: impl FnOnce(&Shared, &mut Watch) -> Result<T, ApiError> + Send + 'static,
) -> Result<(mpsc::Receiver<Event>, Working<T>), ApiError> {
    let (sender, receiver) = mpsc::channel(EVENTS);
    Ok((receiver, begin(app, Some(sender), work).await?))
}

/// Work under way; dropping it cancels.
#[derive(Debug)]
pub(super) struct Working<T> {
    result: oneshot::Receiver<Result<T, ApiError>>,
    cancel: CancelOnDrop,
}

impl<T> Working<T> {
    /// What came of it.
    pub(super) async fn done(self) -> Result<T, ApiError> {
        let Self { result, cancel } = self;
        // A thread that panicked has said so already and sends nothing.
        let result = result.await.unwrap_or_else(|error| Err(ApiError::internal(&error)));
        drop(cancel);
        result
    }
}

#[derive(Debug)]
struct CancelOnDrop(Arc<AtomicBool>);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

async fn begin<T: Send + 'static>(
    app: &Arc<Shared>,
    events: Option<mpsc::Sender<Event>>,
    work: impl FnOnce(&Shared, &mut Watch) -> Result<T, ApiError> + Send + 'static,
) -> Result<Working<T>, ApiError> {
    let permit = app.engine.permit().await?;
    let cancel = CancelOnDrop(Arc::default());
    let mut watch = Watch { cancel: Arc::clone(&cancel.0), events };
    let (sender, result) = oneshot::channel();
    let shared = Arc::clone(app);
    thread::Builder::new()
        .name("request".to_owned())
        .stack_size(STACK)
        .spawn(move || {
            let done = await_index(&shared, &watch).and_then(|()| work(&shared, &mut watch));
            drop(permit);
            // Nobody waits when the client has gone away.
            let _ = sender.send(done);
        })
        .map_err(|error| ApiError::internal(&error))?;
    Ok(Working { result, cancel })
}

fn await_index(shared: &Shared, watch: &Watch) -> Result<(), ApiError> {
    let begun = Instant::now();
    loop {
        match shared.library.readiness(GLANCE) {
            Readiness::Ready => return Ok(()),
            Readiness::Broken(problem) => {
                return Err(ApiError::new(ErrorKind::Unavailable, problem));
            }
            Readiness::Indexing { indexed, total }
                if begun.elapsed() >= INDEX_WAIT || watch.is_cancelled() =>
            {
                let message =
                    format!("the library is being indexed ({indexed} of {total}); try again soon");
                return Err(ApiError::new(ErrorKind::Unavailable, message)
                    .with_status(StatusCode::SERVICE_UNAVAILABLE)
                    .with_retry_after(COME_BACK));
            }
            Readiness::Indexing { .. } => {}
        }
    }
}

/// Hears what the engine does, and whether anybody still waits.
#[derive(Debug)]
pub(super) struct Watch {
    cancel: Arc<AtomicBool>,
    events: Option<mpsc::Sender<Event>>,
}

impl Observer for Watch {
    fn event(&mut self, event: Event) {
        if let Some(events) = &self.events {
            // Nobody listens any more when the client has gone away.
            let _ = events.blocking_send(event);
        }
    }

    fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }
}

/// Lends the index of the library.
pub(super) fn with_index<T>(
    shared: &Shared,
    work: impl FnOnce(&FtsIndex<'_>) -> Result<T, ApiError>,
) -> Result<T, ApiError> {
    let done = shared.library.read(|conn| work(&FtsIndex::new(conn)));
    done.map_err(|error| ApiError::internal(&error))?
}

/// The index could not be read: a fault of ours.
pub(super) fn index_failed(error: &IndexError) -> ApiError {
    ApiError::internal(error)
}

/// What the engine could not do.
pub(super) fn engine_failed(error: &EngineError) -> ApiError {
    match error {
        EngineError::EmptyQuestion => ApiError::invalid("query", error.to_string()),
        EngineError::Schema(_) => ApiError::invalid("outputSchema", error.to_string()),
        _ => ApiError::internal(error),
    }
}
