//! A transport that leaves connections for others.
//!
//! A browser opens six connections to a host, for all tabs together. Streams hold theirs as long as
//! their runs last, so only a few runs are followed by stream at a time; the others are told that
//! there is none, and ask instead.

use std::{cell::Cell, rc::Rc, time::Duration};

use fathom_core::{
    Body, Transport,
    http::{Head, Request},
    run::TransportError,
};
use fathom_fetch::{Fetch, FetchBody};

use crate::hooks::vendor_keys::VendorKeys;

/// How many streams may be open at once.
const STREAMS: usize = 3;
/// What a server answers that has no streams.
const NO_STREAM: u16 = 405;

/// Sends over `fetch`, a few streams at a time.
#[derive(Clone, Debug, Default)]
pub(super) struct Paced {
    fetch: Fetch,
    open: Rc<Cell<usize>>,
    keys: VendorKeys,
}

impl Paced {
    /// Adds these keys to what goes to a gateway.
    pub(super) fn with(keys: VendorKeys) -> Self {
        Self { keys, ..Self::default() }
    }
}

/// The body of a reply, and the place that it takes.
#[derive(Debug)]
pub(super) struct PacedBody {
    body: Option<FetchBody>,
    _place: Option<Place>,
}

/// A place among the open streams; free again when dropped.
#[derive(Debug)]
struct Place(Rc<Cell<usize>>);

impl Place {
    fn take(open: &Rc<Cell<usize>>) -> Option<Self> {
        let taken = open.get();
        (taken < STREAMS).then(|| {
            open.set(taken + 1);
            Self(Rc::clone(open))
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.set(self.0.get().saturating_sub(1));
    }
}

impl Transport for Paced {
    type Body = PacedBody;

    async fn send(&self, request: &Request) -> Result<(Head, PacedBody), TransportError> {
        let place = if request.stream { Place::take(&self.open) } else { None };
        if request.stream && place.is_none() {
            return Ok((Head::new(NO_STREAM), PacedBody { body: None, _place: None }));
        }
        let mut request = request.clone();
        self.keys.add_to(&mut request);
        let (head, body) = self.fetch.send(&request).await?;
        Ok((head, PacedBody { body: Some(body), _place: place }))
    }

    async fn sleep(&self, wait: Duration) {
        self.fetch.sleep(wait).await;
    }
}

impl Body for PacedBody {
    async fn chunk(&mut self) -> Result<Option<Vec<u8>>, TransportError> {
        match &mut self.body {
            Some(body) => body.chunk().await,
            None => Ok(None),
        }
    }
}
