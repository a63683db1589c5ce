//! What Tavily's errors mean.

use std::time::Duration;

use serde_json::Value;

use crate::{
    error::{Error, ErrorKind},
    http::{Head, lasting},
    json,
    provider::failure::{failure, said},
};

use super::INFO;

/// Reads a reply with a status of 400 or more. 432 and 433 are Tavily's own: the limit of the key or
/// plan, and the limit of what may be paid beyond it (reference of `POST /research`).
pub(super) fn read(head: &Head, body: &[u8]) -> Error {
    let body = json::parse(body).unwrap_or_default();
    let error = failure(&INFO, head, said(&body).as_deref());
    let wait = error.retry_after().max(asked(&body));
    let error = error.with_retry_after(wait);
    if matches!(head.status, 432 | 433) { error.with_kind(ErrorKind::Quota) } else { error }
}

/// How long the body asks to wait, as it does where a limit for requests without a key is met.
fn asked(body: &Value) -> Option<Duration> {
    lasting(body.get("error")?.get("retry_after_seconds")?.as_f64()?)
}
