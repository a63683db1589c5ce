//! Keys where clients of the vendors put them.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use http_body_util::{BodyExt as _, Limited};
use serde::Deserialize;

use super::Vendor;

/// The most that is read of a body before it is known who sends it.
const MOST: usize = 1 << 20;

/// The key that a client of one of the vendors shows in a header of its own.
pub(crate) fn of_header<'h>(path: &str, headers: &'h HeaderMap) -> Option<&'h str> {
    let (vendor, _) = Vendor::of(path)?;
    let header = match vendor {
        Vendor::Exa => headers.get("x-api-key"),
        Vendor::Tavily | Vendor::Extruct => None,
    };
    header.and_then(|value| value.to_str().ok())
}

#[derive(Deserialize)]
struct Keyed {
    api_key: String,
}

/// Moves the key that older clients of one vendor write into the body to where the newer ones show it. Only a request
/// that shows none elsewhere is looked into.
pub(crate) async fn out_of_body(request: Request) -> Request {
    let is_tavily = matches!(Vendor::of(request.uri().path()), Some((Vendor::Tavily, _)));
    let shows_one = [header::AUTHORIZATION, header::COOKIE];
    if !is_tavily
        || request.method() != Method::POST
        || shows_one.iter().any(|name| request.headers().contains_key(name))
    {
        return request;
    }
    let (mut parts, body) = request.into_parts();
    // What cannot be read has shown no key, and comes no further.
    let body = Limited::new(body, MOST).collect().await.map(|body| body.to_bytes());
    let body = body.unwrap_or_default();
    let key = serde_json::from_slice::<Keyed>(&body).ok().map(|keyed| keyed.api_key);
    if let Some(value) = key.and_then(|key| HeaderValue::try_from(format!("Bearer {key}")).ok()) {
        parts.headers.insert(header::AUTHORIZATION, value);
    }
    Request::from_parts(parts, Body::from(body))
}
