//! What is sent in place of a request.

use crate::{
    http::{Headers, check_value},
    provider::{KEY_HEADER, KeyPlace, Route, Vendor},
    providers,
    secret::Secret,
};

use super::{Asked, Forward, Refusal, path};

/// Headers that every vendor gets.
const COMMON: [&str; 3] = ["accept", "content-type", "last-event-id"];
/// The longest value of a header that is passed on, in bytes.
const VALUE_MAX: usize = 1_024;
/// The longest key.
const KEY_MAX: usize = 512;

/// The names of the headers that a gateway reads of a request: what a page of another origin has to
/// be allowed to send.
pub fn read_headers() -> impl Iterator<Item = &'static str> {
    let vendors = providers::VENDORS.iter().flat_map(|vendor| vendor.headers).copied();
    COMMON.into_iter().chain([KEY_HEADER]).chain(vendors)
}

/// Says what to send to `vendor`, which is reached at `base`, or why nothing is sent. `key` is the
/// gateway's own; one that comes with the request goes before it.
///
/// # Errors
/// With the reason; nothing may then be sent.
pub fn forward(
    vendor: &Vendor,
    base: &str,
    asked: &Asked<'_>,
    key: Option<&Secret>,
) -> Result<Forward, Refusal> {
    let (route, sent) = path::find(vendor, asked.method, asked.target)?;
    check_framing(asked.headers)?;
    check_body(route, asked)?;
    let mut headers = passed(vendor, asked.headers)?;
    let key = own_key(asked.headers)?.or_else(|| key.cloned()).ok_or(Refusal::NoKey)?;
    let (name, value) = match vendor.key {
        KeyPlace::Bearer => ("authorization", ["Bearer ", key.reveal()].concat()),
        KeyPlace::Header(name) => (name, key.reveal().to_owned()),
    };
    headers.insert(name, &value).map_err(|_| Refusal::Key)?;
    // The bytes are passed on as they come, so they should come as they are.
    headers
        .insert("accept-encoding", "identity")
        .map_err(|_| Refusal::Header("accept-encoding"))?;
    let url = [base, &sent].concat();
    Ok(Forward { method: route.method, url, headers, body_max: route.body_max, key })
}

/// Refuses what two servers in a row could understand differently.
fn check_framing(headers: &Headers) -> Result<(), Refusal> {
    let values = |name| all(headers, name).collect::<Vec<_>>();
    let (lengths, codings) = (values("content-length"), values("transfer-encoding"));
    if lengths.len() > 1 || !lengths.iter().all(|length| is_length(length)) {
        return Err(Refusal::Header("content-length"));
    }
    let is_chunked = codings.iter().all(|coding| coding.eq_ignore_ascii_case("chunked"));
    if codings.len() > 1 || !is_chunked || (!codings.is_empty() && !lengths.is_empty()) {
        return Err(Refusal::Header("transfer-encoding"));
    }
    if headers.get("upgrade").is_some() {
        return Err(Refusal::Header("upgrade"));
    }
    let encoded =
        all(headers, "content-encoding").any(|coding| !coding.eq_ignore_ascii_case("identity"));
    if encoded { Err(Refusal::Type) } else { Ok(()) }
}

/// Digits and nothing else: `+2` is a number to some readers and none to others.
fn is_length(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u64>().is_ok()
}

fn check_body(route: Route, asked: &Asked<'_>) -> Result<(), Refusal> {
    let said = asked.headers.get("content-length").and_then(|length| length.parse().ok());
    let length = asked.length.max(said);
    let is_open = length.is_none() && asked.headers.get("transfer-encoding").is_some();
    let most = if path::has_body(route.method) { route.body_max } else { 0 };
    if length.unwrap_or_default() > most || (is_open && most == 0) {
        return Err(Refusal::Body);
    }
    // A page of another origin can send everything but JSON without being asked.
    let is_json = |kind: &str| {
        kind.split(';')
            .next()
            .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
    };
    let has_body = length.unwrap_or_default() > 0 || is_open;
    match asked.headers.get("content-type") {
        Some(kind) if !is_json(kind) => Err(Refusal::Type),
        None if has_body => Err(Refusal::Type),
        _ => Ok(()),
    }
}

/// The headers that are passed on: those of the lists, unless the connection claims them for itself.
fn passed(vendor: &Vendor, headers: &Headers) -> Result<Headers, Refusal> {
    let mut passed = Headers::default();
    for name in COMMON.iter().chain(vendor.headers).copied() {
        let mut values = all(headers, name);
        let Some(value) = values.next() else { continue };
        if values.next().is_some() || value.len() > VALUE_MAX || check_value(name, value).is_err() {
            return Err(Refusal::Header(name));
        }
        if !is_of_the_connection(headers, name) {
            passed.insert(name, value).map_err(|_| Refusal::Header(name))?;
        }
    }
    Ok(passed)
}

fn is_of_the_connection(headers: &Headers, name: &str) -> bool {
    all(headers, "connection")
        .flat_map(|list| list.split(','))
        .any(|one| one.trim().eq_ignore_ascii_case(name))
}

/// The key that came with the request.
fn own_key(headers: &Headers) -> Result<Option<Secret>, Refusal> {
    let mut values = all(headers, KEY_HEADER);
    let Some(key) = values.next().map(str::trim).filter(|key| !key.is_empty()) else {
        return Ok(None);
    };
    let is_key = key.len() <= KEY_MAX && key.bytes().all(|byte| byte.is_ascii_graphic());
    if values.next().is_some() || !is_key || is_of_the_connection(headers, KEY_HEADER) {
        return Err(Refusal::Key);
    }
    Ok(Some(Secret::new(key)))
}

fn all<'a>(headers: &'a Headers, name: &'a str) -> impl Iterator<Item = &'a str> {
    headers
        .iter()
        .filter(move |(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim())
}
