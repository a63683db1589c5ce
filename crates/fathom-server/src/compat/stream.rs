//! Answers that go on while a run or the engine works.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;

use super::teller::{Frame, Teller, found, is_end, tell};
use crate::routes::{Shared, Tail, blocking};
use crate::store::Run;

/// What keeps a silent connection open, for clients that skip comments.
const COMMENT: &str = ": keep-alive\n\n";
pub(super) const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// An answer whose frames come from `next`, which returns none after the last.
pub(super) fn answer<S, F>(state: S, keep_alive: Option<Duration>, next: fn(S) -> F) -> Response
where
    S: Send + 'static,
    F: Future<Output = Option<(Vec<Frame>, S)>> + Send + 'static,
{
    let frames = stream::unfold(
        (Some(Box::pin(next(state))), VecDeque::new()),
        move |(mut pending, mut ready)| async move {
            loop {
                if let Some(frame) = ready.pop_front() {
                    return Some((Ok::<Bytes, Infallible>(frame), (pending, ready)));
                }
                let future = pending.as_mut()?;
                let told = match keep_alive {
                    None => future.await,
                    Some(wait) => match tokio::time::timeout(wait, future).await {
                        Ok(told) => told,
                        Err(_) => {
                            ready.push_back(Bytes::from_static(COMMENT.as_bytes()));
                            continue;
                        }
                    },
                };
                pending = told.map(|(frames, state)| {
                    ready.extend(frames.iter().map(|frame| Bytes::from(frame.text())));
                    Box::pin(next(state))
                });
            }
        },
    );
    whole(Body::from_stream(frames))
}

/// An answer whose frames are all there.
pub(super) fn replay(frames: &[Frame]) -> Response {
    whole(Body::from(frames.iter().map(Frame::text).collect::<String>()))
}

fn whole(body: Body) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// Tells a run from its beginning to its end, as it happens.
pub(super) fn follow<T: Teller<Told = Frame>>(
    app: &Arc<Shared>,
    run: &Run,
    mut teller: T,
    keep_alive: Option<Duration>,
) -> Response {
    let begin = teller.begin(run);
    let following = Following {
        tail: Tail::new(app, &run.id, 0),
        app: Arc::clone(app),
        run: run.id.clone(),
        created_ms: run.created_ms,
        teller,
        begin: Some(begin),
    };
    answer(following, keep_alive, Following::next)
}

struct Following<T> {
    app: Arc<Shared>,
    tail: Tail,
    run: String,
    created_ms: i64,
    teller: T,
    begin: Option<Vec<Frame>>,
}

impl<T: Teller<Told = Frame>> Following<T> {
    async fn next(mut self) -> Option<(Vec<Frame>, Self)> {
        if let Some(frames) = self.begin.take() {
            return Some((frames, self));
        }
        let stored = self.tail.next().await?;
        let run = if is_end(&stored) { ended(&self.app, &self.run).await } else { None };
        let app = Arc::clone(&self.app);
        let (stored, pages) = blocking(move || {
            let pages = found(&app, &stored);
            Ok((stored, pages))
        })
        .await
        .ok()?;
        let frames = tell(&mut self.teller, self.created_ms, (&stored, pages), run.as_ref());
        Some((frames, self))
    }
}

fn ended(app: &Arc<Shared>, run: &str) -> impl Future<Output = Option<Run>> + Send + 'static {
    let (app, run) = (Arc::clone(app), run.to_owned());
    async move { blocking(move || Ok(app.store.get(&run)?)).await.ok().flatten() }
}
