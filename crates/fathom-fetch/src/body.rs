//! Reading a body as it comes.

use fathom_core::{
    Body,
    run::{TransportError, TransportErrorKind},
};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::{
    abort::AbortGuard,
    fetch::aborted,
    value::{bytes, future, message, method, property},
};

/// The body of a response. Dropping it before its end aborts the request.
#[derive(Debug)]
pub struct FetchBody {
    source: Source,
    /// The read under way. It outlives the future that waits for it, so that no piece is lost when
    /// that future is dropped.
    pending: Option<JsFuture>,
    guard: AbortGuard,
}

#[derive(Debug)]
enum Source {
    /// A reader of a stream.
    Reader(JsValue),
    /// A response without a stream, whose body is read whole by this method.
    Whole(JsValue, &'static str),
    /// Nothing, or nothing more.
    Empty,
}

impl FetchBody {
    pub(crate) fn new(response: JsValue, guard: AbortGuard) -> Self {
        Self { source: Source::of(response), pending: None, guard }
    }

    fn read(&self) -> Option<JsFuture> {
        let (target, name) = match &self.source {
            Source::Reader(reader) => (reader, "read"),
            Source::Whole(response, name) => (response, *name),
            Source::Empty => return None,
        };
        Some(future(method(target, name)?.call0(target)))
    }

    /// Takes what a read brought.
    fn took(&mut self, value: &JsValue) -> Result<Option<Vec<u8>>, TransportError> {
        let content = match self.source {
            Source::Reader(_) if property(value, "done").is_truthy() => {
                self.source = Source::Empty;
                return Ok(None);
            }
            Source::Reader(_) => property(value, "value"),
            _ => {
                self.source = Source::Empty;
                value.clone()
            }
        };
        bytes(&content).map(Some).ok_or_else(|| interrupted("a piece of it is not bytes"))
    }
}

impl Body for FetchBody {
    async fn chunk(&mut self) -> Result<Option<Vec<u8>>, TransportError> {
        if self.guard.is_aborted() {
            return Err(aborted());
        }
        if self.pending.is_none() {
            self.pending = self.read();
        }
        let Some(pending) = &mut self.pending else { return Ok(None) };
        let result = pending.await;
        self.pending = None;
        match result {
            Ok(value) => self.took(&value),
            Err(_) if self.guard.is_aborted() => Err(aborted()),
            Err(thrown) => {
                self.source = Source::Empty;
                Err(interrupted(&message(&thrown)))
            }
        }
    }
}

impl Drop for FetchBody {
    fn drop(&mut self) {
        // The guard's abort ends a fetch that knows signals; a stand-in may only know its stream.
        if let Source::Reader(reader) = &self.source
            && let Some(cancel) = method(reader, "cancel")
        {
            let cancelled = future(cancel.call0(reader));
            spawn_local(async move {
                // Nobody is left to be told, and an unobserved rejection would be reported.
                let _ = cancelled.await;
            });
        }
    }
}

impl Source {
    fn of(response: JsValue) -> Self {
        let body = property(&response, "body");
        if let Some(reader) = method(&body, "getReader").and_then(|get| get.call0(&body).ok()) {
            return Self::Reader(reader);
        }
        let name =
            ["arrayBuffer", "text"].into_iter().find(|name| method(&response, name).is_some());
        name.map_or(Self::Empty, |name| Self::Whole(response, name))
    }
}

fn interrupted(reason: &str) -> TransportError {
    let message = ["The reply broke off: ", reason, "."].concat();
    TransportError::new(TransportErrorKind::Interrupted, message)
}
