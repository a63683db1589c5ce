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
    let amount = json::decimal(value, "total")?;
    let part = |name: &str| {
        let kinds = value.get(name).and_then(Value::as_object)?;
        let paid: f64 = kinds.values().filter_map(Value::as_f64).sum();
        let amount = Some(paid).filter(|paid| paid.is_finite() && *paid > 0.0);
        amount.map(|_| CostPart { name: name.to_owned(), count: None, amount })
    };
    let parts = ["search", "contents"].into_iter().filter_map(part).collect();
    Some(Cost { amount, unit: "USD".to_owned(), parts, refunded: false })
}

/// The refusal to follow a job where the answer is the report.
pub(super) fn no_jobs(info: &Info) -> Error {
    let message = [&info.name, " answers at once; it has no jobs."].concat();
    Error::new(ErrorKind::Unsupported, message).with_provider(info.id.clone())
}
