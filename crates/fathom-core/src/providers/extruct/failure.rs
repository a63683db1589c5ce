//! What Extruct's errors mean.

use crate::{
    error::{Error, ErrorKind},
    http::Head,
    json,
    provider::failure::{failure, said},
};

use super::INFO;

/// Reads a reply with a status of 400 or more.
///
/// A 503 of Extruct itself means that nothing was created and that trying again is safe (reference of
/// `POST /v1/deep_research_tasks`), which is what a limit met means. One without its words may be from
/// something in between, after the task was created.
pub(super) fn read(head: &Head, body: &[u8]) -> Error {
    let body = json::parse(body).unwrap_or_default();
    let error = failure(&INFO, head, said(&body).as_deref());
    let is_from_extruct = body.get("detail").is_some();
    if head.status == 503 && is_from_extruct {
        error.with_kind(ErrorKind::RateLimited)
    } else {
        error
    }
}
