//! What runs and calls both ask of the host.

use std::time::Duration;

use fathom_core::{http::Request, json::Object};

/// A request: its method, address, headers as pairs, and body if it has one.
pub(crate) fn request(request: &Request) -> String {
    let headers: Vec<(&str, &str)> = request.headers.iter().collect();
    let mut object = Object::new();
    object.text("method", request.method.as_str());
    object.text("url", &request.url).value("headers", &headers);
    if let Some(body) = &request.body {
        object.text("body", body);
    }
    object.end()
}

/// A time as JavaScript counts it.
pub(crate) fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
