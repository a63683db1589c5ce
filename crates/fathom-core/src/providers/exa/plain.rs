//! Reading the replies of endpoints that are asked directly, without a run.

use std::borrow::Cow;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    error::{Error, ErrorKind},
    http::Head,
    json,
    provider::{
        Capabilities, Info, Key, Limits, Pace,
        failure::{malformed, parse},
        reply::owned,
    },
    report::{Cost, CostPart},
};

use super::{VENDOR, failure};

/// The vendor by itself, for messages.
pub(super) static PLAIN: Info = Info {
    id: Cow::Borrowed(VENDOR.id),
    vendor: Cow::Borrowed(VENDOR.id),
    name: Cow::Borrowed(VENDOR.name),
    summary: Cow::Borrowed(""),
    base: Cow::Borrowed(VENDOR.base),
    key: Key::Missing,
    capabilities: Capabilities::NONE,
    limits: Limits::NONE,
    efforts: Cow::Borrowed(&[]),
    options: Cow::Borrowed(&[]),
    pace: Pace::DEFAULT,
};

/// Reads a whole reply: its body, or the error it carries. `T` is one of the types in
/// [`super::wire`], or a plain [`serde_json::Value`].
///
/// # Errors
/// What Exa answered, or [`crate::ErrorKind::Malformed`] when that makes no sense.
pub fn read<T: DeserializeOwned>(head: &Head, body: &[u8]) -> Result<T, Error> {
    if !head.is_success() {
        return Err(failure::read(&PLAIN, head, body));
    }
    let value = parse(&PLAIN, body)?;
    if !value.is_object() {
        return Err(malformed(&PLAIN, "something that is no object"));
    }
    serde_json::from_value(value)
        .map_err(|_| malformed(&PLAIN, "an object that is not what was asked for"))
}

/// Reads a reply with a status of 400 or more, from any endpoint.
pub(super) fn failure(head: &Head, body: &[u8]) -> Error {
    failure::read(&PLAIN, head, body)
}

/// The cost of a request of the search family.
pub(super) fn dollars(value: &Value) -> Option<Cost> {
    let dollars = value.get("costDollars")?;
    let amount = json::decimal(dollars, "total")?;
    let mut parts = Vec::new();
    for name in ["search", "contents"] {
        let mut paid = 0.0;
        if let Some(Value::Object(kinds)) = dollars.get(name) {
            for kind in kinds.values() {
                paid += kind.as_f64().unwrap_or_default();
            }
        }
        if paid.is_finite() && paid > 0.0 {
            parts.push(CostPart { name: name.to_owned(), count: None, amount: Some(paid) });
        }
    }
    Some(Cost { amount, unit: "USD".to_owned(), parts, refunded: false })
}

/// The entries of a page: `{data, hasMore, nextCursor}`.
pub(super) fn entries<'a>(info: &Info, page: &'a Value) -> Result<&'a [Value], Error> {
    match page.get("data") {
        Some(Value::Array(entries)) => Ok(entries),
        _ => Err(malformed(info, "something that is no list")),
    }
}

/// Where the page after this one begins.
pub(super) fn next(page: &Value) -> Option<String> {
    owned(page, "nextCursor").filter(|_| page.get("hasMore") != Some(&Value::Bool(false)))
}

/// The refusal to follow a job where the answer is the report.
pub(super) fn no_jobs(info: &Info) -> Error {
    let message = [&info.name, " answers at once; it has no jobs."].concat();
    Error::new(ErrorKind::Unsupported, message).with_provider(info.id.clone())
}
