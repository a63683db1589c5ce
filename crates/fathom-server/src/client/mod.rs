//! The one HTTP client of the program: for pages of the web and for the APIs behind the gateway.
//!
//! HTTP/1.1, with TLS by rustls against Mozilla's list of authorities. It never follows a redirect, keeps no
//! cookie and decodes nothing: what came is what the caller gets, as it comes. Dropping a response or the future of
//! one ends the exchange.

mod address;
mod connector;

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, Response};
use fathom_core::{Error, ErrorKind};
use hyper::body::Incoming;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client as Pool;
use hyper_util::rt::{TokioExecutor, TokioTimer};

pub(crate) use address::is_public;
pub(crate) use connector::Reach;
use connector::{Connector, Failure};

/// How long a connection is kept for the next request.
const IDLE: Duration = Duration::from_secs(30);
const IDLE_PER_HOST: usize = 4;

/// Sends requests to where its [`Reach`] allows.
#[derive(Clone)]
pub(crate) struct Client {
    pool: Pool<HttpsConnector<Connector>, Body>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").finish_non_exhaustive()
    }
}

impl Client {
    /// A client for these places.
    pub(crate) fn new(reach: Reach) -> Self {
        let connector = HttpsConnectorBuilder::new()
            .with_webpki_roots()
            .https_or_http()
            .enable_http1()
            .wrap_connector(Connector::new(reach));
        let mut builder = Pool::builder(TokioExecutor::new());
        builder.pool_timer(TokioTimer::new());
        builder.pool_idle_timeout(IDLE).pool_max_idle_per_host(IDLE_PER_HOST);
        Self { pool: builder.build(connector) }
    }

    /// Sends a request, whose address must be absolute, and returns the head of the answer.
    ///
    /// A request is written once. The pool takes another connection only when one from before turns out to be
    /// closed before a byte was written.
    ///
    /// # Errors
    /// `refused` when the address is not to be reached, `unreachable` when no answer came.
    pub(crate) async fn send(
        &self,
        request: Request<Body>,
    ) -> Result<Response<Incoming>, Unanswered> {
        let answered = self.pool.request(request).await;
        // Names, addresses and certificates are looked at before a byte of the request is written.
        answered
            .map_err(|error| Unanswered { was_sent: !error.is_connect(), error: explain(&error) })
    }
}

/// Why no answer came.
#[derive(Debug)]
pub(crate) struct Unanswered {
    pub error: Error,
    /// Whether the other side may have seen something of the request.
    pub was_sent: bool,
}

impl From<Unanswered> for Error {
    fn from(unanswered: Unanswered) -> Self {
        unanswered.error
    }
}

/// The failure of the connector behind an error, or that there was no answer.
fn explain(error: &(dyn StdError + 'static)) -> Error {
    let mut cause: Option<&(dyn StdError + 'static)> = Some(error);
    let mut last = error;
    while let Some(found) = cause {
        if let Some(Failure(error)) = found.downcast_ref::<Failure>() {
            return error.clone();
        }
        last = found;
        cause = found.source();
    }
    // The innermost cause speaks of a socket or a certificate; the outer ones only repeat the word "error".
    Error::new(ErrorKind::Unreachable, format!("no answer came ({last})"))
}
