//! `/gateway/{vendor}/...`: the real vendors, with a key added here.
//!
//! What is passed, where to and in which words is decided by [`fathom_core::gateway`], the same rules that a handler
//! at the edge keeps; here is only the traffic. A body is read whole within its route's limit, because a vendor should
//! see one request or none. The reply goes through as it comes: each piece is read from the vendor when the client has
//! room for it, and a client that goes away ends the exchange with the vendor.
//!
//! A key is added to the request and to nothing else. A reply's headers that hold it are dropped by the rules. A vendor
//! that writes the key into the *body* of a reply would be passed on unchanged, like every body; only whoever runs
//! the program chooses the address that could do so.

mod settings;

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use fathom_core::gateway::{Asked, Forward, Refusal, answer, forward, lost, route};
use fathom_core::http::{Head, Headers};
use fathom_core::provider::Vendor;
use fathom_core::run::{TransportError, TransportErrorKind};
use fathom_core::{Error, ErrorKind};
use http_body_util::{BodyExt as _, Limited};
use hyper::body::{Body as _, Incoming};

use crate::client::{Client, Reach, Unanswered};
use crate::error::ApiError;
use crate::routes::Shared;

pub use settings::Settings;

/// Where the gateway is.
const PLACE: &str = "/gateway";
/// How long a vendor may take to begin its answer: some search for minutes before they say a word.
const PATIENCE: Duration = Duration::from_secs(300);

/// Sends what the rules let through.
#[derive(Debug)]
pub(crate) struct Gateway {
    client: Client,
    settings: Settings,
}

impl Gateway {
    pub(crate) fn new(settings: Settings) -> Self {
        // The addresses come from whoever runs the program, so a machine of the house may be one.
        Self { client: Client::new(Reach::Anywhere), settings }
    }

    /// Whether there is a key for this vendor here.
    pub(crate) fn has_key(&self, vendor: &str) -> bool {
        self.settings.key(vendor).is_some()
    }
}

/// Everything below `/gateway`.
pub(crate) async fn pass(
    State(app): State<Arc<Shared>>,
    request: Request,
) -> Result<Response, ApiError> {
    let (parts, body) = request.into_parts();
    check_page(&parts.headers)?;
    let target = parts.uri.path_and_query().map_or("", |target| target.as_str());
    let target = target.strip_prefix(PLACE).unwrap_or_default();
    let (vendor, target) = route(target).map_err(|refusal| ApiError::from(refusal.error(None)))?;
    let passed = exchange(&app.gateway, vendor, target, &parts, body).await;
    passed.map_err(|error| ApiError::from(error.with_provider(vendor.id)))
}

/// Pages of other sites can ask for pictures without saying who they are. Browsers say it for them.
fn check_page(headers: &HeaderMap) -> Result<(), ApiError> {
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    if site.is_none_or(|site| matches!(site, b"same-origin" | b"none")) {
        return Ok(());
    }
    Err(ApiError::new(ErrorKind::Refused, "pages of other sites may not use the gateway"))
}

async fn exchange(
    gateway: &Gateway,
    vendor: &Vendor,
    target: &str,
    parts: &Parts,
    body: Body,
) -> Result<Response, Error> {
    let refuse = |refusal: Refusal| refusal.error(Some(vendor));
    let headers = headers(&parts.headers);
    let length = body.size_hint().exact();
    let asked = Asked { method: parts.method.as_str(), target, headers: &headers, length };
    let (base, key) = (gateway.settings.base(vendor), gateway.settings.key(vendor.id));
    let forward = forward(vendor, base, &asked, key).map_err(refuse)?;
    let request = request(&forward, body).await.map_err(refuse)?;
    let reply = tokio::time::timeout(PATIENCE, gateway.client.send(request)).await;
    let reply = reply.map_err(|_| late()).and_then(|reply| reply.map_err(unanswered));
    respond(reply.map_err(|cause| lost(vendor, &cause))?, &forward).map_err(refuse)
}

fn late() -> TransportError {
    let message = format!("no answer came within {} s", PATIENCE.as_secs());
    TransportError::new(TransportErrorKind::Timeout, message)
}

fn unanswered(cause: Unanswered) -> TransportError {
    let kind = match cause.was_sent {
        true => TransportErrorKind::Unreachable,
        false => TransportErrorKind::NotSent,
    };
    TransportError::new(kind, cause.error.message())
}

/// The request for the vendor, with the whole body.
async fn request(forward: &Forward, body: Body) -> Result<axum::http::Request<Body>, Refusal> {
    let most = usize::try_from(forward.body_max).unwrap_or(usize::MAX);
    let body = Limited::new(body, most).collect().await.map_err(|_| Refusal::Body)?.to_bytes();
    let mut request =
        axum::http::Request::builder().method(forward.method.as_str()).uri(&forward.url);
    for (name, value) in forward.headers.iter() {
        request = request.header(name, value);
    }
    request.body(Body::from(body)).map_err(|_| Refusal::Path)
}

/// The vendor's reply with only those headers that are passed on, and without trailers.
fn respond(reply: axum::http::Response<Incoming>, forward: &Forward) -> Result<Response, Refusal> {
    let (parts, body) = reply.into_parts();
    let head = Head { status: parts.status.as_u16(), headers: headers(&parts.headers) };
    let head = answer(&head, false, &forward.key)?;
    let mut response = Response::new(Body::from_stream(body.into_data_stream()));
    *response.status_mut() = StatusCode::from_u16(head.status).map_err(|_| Refusal::Redirect)?;
    for (name, value) in head.headers.iter() {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_str(value)) {
            response.headers_mut().append(name, value);
        }
    }
    Ok(response)
}

/// The headers as the rules read them. A value that is not text becomes one that no rule accepts.
fn headers(map: &HeaderMap) -> Headers {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    Headers::from_reply(map.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))))
}
