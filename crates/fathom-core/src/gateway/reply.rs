//! What is said in place of a vendor's reply.

use crate::{
    http::{Head, Headers, check_value},
    secret::Secret,
};

use super::Refusal;

/// Headers that are passed on: what the reply is, when to come back, and under which name the vendor
/// knows the request.
const PASSED: [&str; 5] =
    ["retry-after", "retry-after-ms", "x-request-id", "request-id", "content-encoding"];
/// The beginnings of headers that say how much more may be asked.
const LIMITS: [&str; 2] = ["x-ratelimit", "ratelimit"];
/// The longest value that is passed on, in bytes, and the most headers.
const VALUE_MAX: usize = 1_024;
const HEADERS_MAX: usize = 40;

/// The head to answer with: the vendor's status, and those of its headers that are passed on.
///
/// `is_decoded` says that the one who sends undoes a compression of the body, as `fetch` does; its
/// header is then left out. A header that holds the key is never passed on.
///
/// # Errors
/// [`Refusal::Redirect`] for every status from 300 to 399, and for what is no final status at all.
pub fn answer(head: &Head, is_decoded: bool, key: &Secret) -> Result<Head, Refusal> {
    if !matches!(head.status, 200..=299 | 400..=599) {
        return Err(Refusal::Redirect);
    }
    let mut headers = Headers::default();
    let held = head.headers.iter().filter(|(name, value)| {
        is_passed(name, is_decoded)
            && value.len() <= VALUE_MAX
            && check_value(name, value).is_ok()
            && !value.contains(key.reveal())
    });
    for (name, value) in held.take(HEADERS_MAX) {
        // Only names of the list above get here, and values have been checked.
        let _ = headers.insert(&name.to_ascii_lowercase(), value);
    }
    for (name, value) in [
        ("content-type", kind(head)),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
    ] {
        let _ = headers.insert(name, value);
    }
    Ok(Head { status: head.status, headers })
}

fn is_passed(name: &str, is_decoded: bool) -> bool {
    let is = |known: &&str| name.eq_ignore_ascii_case(known);
    let begins = |known: &&str| {
        name.get(..known.len()).is_some_and(|start| start.eq_ignore_ascii_case(known))
    };
    let is_encoding = is_decoded && name.eq_ignore_ascii_case("content-encoding");
    !is_encoding && (PASSED.iter().any(is) || LIMITS.iter().any(begins))
}

/// The type of the reply. A page of a proxy in between must not run as a page of this origin.
fn kind(head: &Head) -> &'static str {
    if head.is_event_stream() {
        "text/event-stream"
    } else if head.is_json() {
        "application/json"
    } else {
        "text/plain; charset=utf-8"
    }
}
