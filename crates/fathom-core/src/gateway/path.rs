//! Paths and queries: exactly those of the roster, however they are dressed up.

use crate::{
    http::{Method, encode},
    provider::{Route, Vendor},
};

use super::Refusal;

/// The longest target that is read, in bytes.
const LONGEST: usize = 4_096;
/// The longest id in a path, in characters.
const ID_MAX: usize = 200;

/// The route that a target names, and the target as it is to be sent.
pub(crate) fn find(
    vendor: &Vendor,
    method: &str,
    target: &str,
) -> Result<(Route, String), Refusal> {
    if target.len() > LONGEST {
        return Err(Refusal::Path);
    }
    let (path, query) = match target.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (target, None),
    };
    let mut other_method = false;
    for route in vendor.routes {
        let Some(mut sent) = matched(route.path, path) else { continue };
        if route.method.as_str() != method {
            other_method = true;
            continue;
        }
        if let Some(query) = query {
            check_query(query)?;
            sent.extend(["?", query]);
        }
        return Ok((*route, sent));
    }
    Err(if other_method { Refusal::Method } else { Refusal::Path })
}

/// The path to send when `path` is one of `pattern`. Nothing is decoded but ids, and an id that holds
/// more than ids do is none, so no path can be read in two ways.
fn matched(pattern: &str, path: &str) -> Option<String> {
    let (mut steps, mut sent) = (path.split('/'), String::with_capacity(path.len()));
    for (index, wanted) in pattern.split('/').enumerate() {
        let step = steps.next()?;
        if index > 0 {
            sent.push('/');
        }
        if wanted == "{id}" {
            sent.push_str(&encode(&id(step)?));
        } else if wanted == step {
            sent.push_str(step);
        } else {
            return None;
        }
    }
    steps.next().is_none().then_some(sent)
}

/// The id that a step of a path holds: letters, digits and the signs that ids have.
fn id(step: &str) -> Option<String> {
    let mut id = String::with_capacity(step.len());
    let mut rest = step.bytes();
    while let Some(byte) = rest.next() {
        let byte = if byte == b'%' { hex(rest.next()?)? << 4 | hex(rest.next()?)? } else { byte };
        if !byte.is_ascii_alphanumeric() && !b"_.:-".contains(&byte) {
            return None;
        }
        id.push(char::from(byte));
    }
    let is_name = (1..=ID_MAX).contains(&id.len()) && id.bytes().any(|byte| byte != b'.');
    is_name.then_some(id)
}

fn hex(digit: u8) -> Option<u8> {
    Some(match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        b'A'..=b'F' => digit - b'A' + 10,
        _ => return None,
    })
}

fn check_query(query: &str) -> Result<(), Refusal> {
    let is_plain =
        |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?%".contains(&byte);
    let mut escapes = query.split('%').skip(1);
    let is_escape = |rest: &str| {
        let mut digits = rest.bytes().map(hex);
        matches!((digits.next(), digits.next()), (Some(Some(_)), Some(Some(_))))
    };
    if query.bytes().all(is_plain) && escapes.all(is_escape) {
        return Ok(());
    }
    Err(Refusal::Query)
}

/// Whether requests of this method have a body.
pub(super) const fn has_body(method: Method) -> bool {
    matches!(method, Method::Post)
}
