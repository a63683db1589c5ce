//! What a gateway says when no reply came, and what its users read from that.

use crate::{
    error::{Error, ErrorKind},
    http::Head,
    json,
    provider::Vendor,
    run::{TransportError, TransportErrorKind},
};

/// The code of an error that says: the vendor has seen nothing of the request.
pub const NOT_SENT: &str = "not-sent";

/// The error to answer with in place of a reply that did not come.
///
/// Only a gateway knows whether its own connection stood when it failed. To those behind it every
/// failure looks like an answer, which for a paid request would mean that it may have arrived.
pub fn lost(vendor: &Vendor, cause: &TransportError) -> Error {
    let kind = match cause.kind {
        TransportErrorKind::Timeout => ErrorKind::Timeout,
        _ => ErrorKind::Unreachable,
    };
    let error = Error::new(kind, [vendor.name, ": ", &cause.message].concat())
        .with_status(kind.status())
        .with_provider(vendor.id);
    if cause.is_without_effect() { error.with_code(NOT_SENT) } else { error }
}

/// Reads the error of a gateway that has sent nothing; `None` for every other reply.
///
/// To be asked only where a gateway is in between: a vendor's own words are the vendor's.
pub fn not_sent(head: &Head, body: &[u8]) -> Option<Error> {
    if head.status != ErrorKind::Unreachable.status() || !head.is_json() {
        return None;
    }
    let body = json::parse(body).ok()?;
    let error: Error = json::fit(body.get("error")?)?;
    let is_ours = error.kind() == ErrorKind::Unreachable && error.code() == Some(NOT_SENT);
    is_ours.then(|| error.with_status(head.status))
}
