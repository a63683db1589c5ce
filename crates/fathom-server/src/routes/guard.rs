//! What stands in front of every route: who may ask, and what every answer carries.

use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::body::Body;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use fathom_core::ErrorKind;
use serde::Deserialize;

use super::{App, Shared};
use crate::compat;
use crate::error::{ApiError, Refusal};
use crate::log::{self, Level};
use crate::token::Token;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const OWN_ID: HeaderName = HeaderName::from_static("x-fathom-request-id");

/// The name of a request in the log.
#[derive(Clone, Debug)]
pub(crate) struct RequestId(pub String);

/// Lets a request in or not, gives it an id, writes that into refusals, adds the headers of every answer, counts and logs.
///
/// One layer for all of this, because each one boxes a future and clones what is below it, for every request.
pub(super) async fn stand(State(app): App, request: Request, next: Next) -> Response {
    static NUMBER: AtomicU64 = AtomicU64::new(1);
    let id = format!("req-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let begun = Instant::now();
    let mut request = request;
    request.extensions_mut().insert(RequestId(id.clone()));
    let response = match admit(&app, request).await {
        Ok(request) => compat::cross_origin(request, next).await,
        Err(refusal) => *refusal,
    };
    let mut response = match response.extensions().get::<Refusal>().cloned() {
        Some(refusal) => told(response, &refusal, &path, &id),
        None => response,
    };
    add_headers(response.headers_mut(), &path, &id);
    let status = response.status().as_u16();
    app.metrics.answered(status);
    if !matches!(method, Method::GET | Method::HEAD) || status >= 500 {
        let ms = begun.elapsed().as_millis();
        log::line(
            Level::Info,
            "request",
            &[("id", &id), ("method", &method), ("path", &path), ("status", &status), ("ms", &ms)],
        );
    }
    response
}

/// The refusal with the request's id; headers such as `Allow` stay.
fn told(response: Response, refusal: &Refusal, path: &str, id: &str) -> Response {
    let (mut parts, _) = response.into_parts();
    let body = compat::refusal(path, refusal.error(), id)
        .unwrap_or_else(|| refusal.with_request_id(id).into_body());
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, body)
}

fn add_headers(headers: &mut HeaderMap, path: &str, id: &str) {
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if super::is_api(path) {
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    if let Ok(id) = HeaderValue::from_str(id) {
        // An id that is there already is that of a vendor, whose support will ask for it.
        let name = if headers.contains_key(REQUEST_ID) { OWN_ID } else { REQUEST_ID };
        headers.insert(name, id);
    }
}

/// Lets a request through only from where it may come.
async fn admit(app: &Shared, request: Request) -> Result<Request, Box<Response>> {
    let request = match &app.token {
        Some(_) => compat::key_out_of_body(request).await,
        None => request,
    };
    check(app, &request).map(|()| request)
}

fn check(app: &Shared, request: &Request) -> Result<(), Box<Response>> {
    let refuse =
        |message: &str| Box::new(ApiError::new(ErrorKind::Refused, message).into_response());
    let headers = request.headers();
    let host = text(headers, header::HOST)
        .or_else(|| request.uri().authority().map(|authority| authority.as_str()));
    let host = host.ok_or_else(|| refuse("the request names no host"))?;
    // A page whose name was re-pointed at this machine still sends its own name. With a token it has no
    // way in anyway, and the program may be known by many names.
    if app.token.is_none() && !is_this_machine(host) {
        return Err(refuse(
            "this program answers only as localhost; start it with --token to use other names",
        ));
    }
    if let Some(origin) = text(headers, header::ORIGIN)
        && !is_same_origin(origin, host)
    {
        return Err(refuse("pages of other origins may not use this program"));
    }
    match &app.token {
        // What a browser may send is asked before anything is sent, and never with a key.
        Some(_) if compat::is_preflight(request.method(), request.uri().path()) => Ok(()),
        Some(token) => show_token(token, request.uri(), headers),
        None => Ok(()),
    }
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn is_this_machine(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn is_same_origin(origin: &str, host: &str) -> bool {
    let of_origin = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
    of_origin.is_some_and(|of_origin| of_origin.eq_ignore_ascii_case(host))
}

#[derive(Deserialize)]
struct Login {
    token: String,
}

/// Admits clients that show the token, and gives browsers that bring it in the address a cookie.
fn show_token(token: &Token, uri: &Uri, headers: &HeaderMap) -> Result<(), Box<Response>> {
    let by_header = text(headers, header::AUTHORIZATION)
        .is_some_and(|header| token.authorizes(header))
        || compat::key_of_header(uri.path(), headers).is_some_and(|key| token.is(key));
    let mut cookies =
        headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    if uri.path() == "/healthz"
        || by_header
        || cookies.any(|cookie| token.in_cookies(cookie))
            && uri.query().is_none_or(|query| !query.starts_with("token="))
    {
        return Ok(());
    }
    let login = Query::<Login>::try_from_uri(uri).ok().filter(|_| uri.path() == "/");
    if login.is_some_and(|Query(login)| token.is(&login.token)) {
        // A redirect takes the token out of the address bar and of the history.
        let headers =
            [(header::SET_COOKIE, token.set_cookie()), (header::LOCATION, "/".to_owned())];
        return Err(Box::new((StatusCode::SEE_OTHER, headers).into_response()));
    }
    Err(Box::new(ask_for_token(uri)))
}

fn ask_for_token(uri: &Uri) -> Response {
    if super::is_api(uri.path()) || uri.path() == "/metrics" {
        let refusal =
            ApiError::new(ErrorKind::Unauthorized, "send the token as Authorization: Bearer TOKEN");
        let mut response = refusal.into_response();
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        return response;
    }
    let page = "This Fathom asks for a token.\nOpen it once as /?token=TOKEN; the browser remembers it from then on.\n";
    (
        StatusCode::UNAUTHORIZED,
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
        Body::from(page),
    )
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::{is_same_origin, is_this_machine};

    #[test]
    fn only_names_of_this_machine_are_answered() {
        for host in
            ["localhost:8787", "LOCALHOST", "127.0.0.1:1", "127.8.8.8", "[::1]:8787", "[::1]"]
        {
            assert!(is_this_machine(host), "{host}");
        }
        for host in [
            "",
            "evil.example:8787",
            "localhost.evil.example",
            "10.0.0.1:8787",
            "[2001:db8::1]:1",
            "127.0.0.1.evil.example",
        ] {
            assert!(!is_this_machine(host), "{host}");
        }
    }

    #[test]
    fn an_origin_must_be_the_host_itself() {
        assert!(is_same_origin("http://127.0.0.1:8787", "127.0.0.1:8787"));
        for origin in ["null", "http://evil.example", "http://127.0.0.1:9999", "file://"] {
            assert!(!is_same_origin(origin, "127.0.0.1:8787"), "{origin}");
        }
    }
}
