//! How Exa takes its key, and the plain requests that carry it.

use serde::Serialize;

use crate::{
    error::Error,
    http::{Request, encode},
    json,
    provider::{Access, KeyPlace},
};

/// The header of the key. `Authorization: Bearer` works as well (API reference, read 2026-11-21);
/// the vendor's own clients send this one.
pub(super) const HEADER: &str = "x-api-key";

/// Reads what is at a path.
pub(super) fn get(path: &[&str], access: &Access) -> Request {
    with_key(Request::get(access.url(&path.concat())), access)
}

/// Sends a body.
pub(super) fn post(path: &str, body: &impl Serialize, access: &Access) -> Result<Request, Error> {
    Ok(send(path, json::write(body), access))
}

/// Sends a body that is written already.
pub(super) fn send(path: &str, body: String, access: &Access) -> Request {
    with_key(Request::post(access.url(path), body), access)
}

/// Reads events, after the one named `last`.
pub(super) fn events(path: &[&str], last: Option<&str>, access: &Access) -> Result<Request, Error> {
    Ok(with_key(Request::events(access.url(&path.concat()), last)?, access))
}

/// Acts, or removes, without a body.
pub(super) fn act(path: &[&str], access: &Access) -> Request {
    with_key(Request::act(access.url(&path.concat())), access)
}

/// A page of a list.
pub(super) fn page(path: &str, limit: &str, cursor: Option<&str>, access: &Access) -> Request {
    match cursor {
        Some(cursor) => get(&[path, "?limit=", limit, "&cursor=", &encode(cursor)], access),
        None => get(&[path, "?limit=", limit], access),
    }
}

/// Adds the key where there is one; a gateway adds its own.
pub(super) fn with_key(request: Request, access: &Access) -> Request {
    access.sign(request, KeyPlace::Header(HEADER))
}
