//! What browsers may send and read, for pages of an origin that has been let in.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::Vendor;

/// Clients of the vendors set these themselves, one of them even the name of the program.
const ALLOWED: &str = "authorization, x-api-key, content-type, accept, exa-beta, last-event-id, x-exa-integration, \
    user-agent, x-client-source, x-client-name, x-project-id, x-session-id, x-human-id, x-tavily-orgid, \
    x-tavily-access-mode";
const EXPOSED: &str =
    "x-request-id, retry-after, x-ratelimit-limit, x-ratelimit-remaining, x-ratelimit-reset";

/// Answers what a browser asks before it sends anything, and says in every answer who may read it. Other origins do not
/// come as far as this.
pub(crate) async fn answer(request: Request, next: Next) -> Response {
    if Vendor::of(request.uri().path()).is_none() {
        return next.run(request).await;
    }
    let origin = request.headers().get(header::ORIGIN).cloned();
    let mut response = match (&origin, request.method()) {
        (Some(_), &Method::OPTIONS) => preflight(),
        _ => next.run(request).await,
    };
    if let Some(origin) = origin {
        admit(response.headers_mut(), origin);
    }
    response
}

fn admit(headers: &mut HeaderMap, origin: HeaderValue) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED));
}

fn preflight() -> Response {
    let headers: [(HeaderName, &str); 3] = [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, DELETE, OPTIONS"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, ALLOWED),
        (header::ACCESS_CONTROL_MAX_AGE, "600"),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}
