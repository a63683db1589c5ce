//! The gateway: what it passes on goes to the vendor, on a path of the roster, with nothing smuggled.
//!
//! The first line is a method and a target below `/gateway`, each further line a header.

use fathom_core::{
    Secret,
    gateway::{Asked, answer, base, forward, route},
    http::{Head, Headers},
    provider::Route,
};

const KEY: &str = "hunter2-hunter2";

/// Asks for a request and takes the same headers for a reply.
pub fn read(bytes: &[u8]) {
    let (first, rest) = super::lines(bytes);
    let (method, target) = first.split_once(' ').unwrap_or(("GET", &first));
    let pairs = rest.split('\n').filter_map(|line| line.split_once(": "));
    let headers =
        Headers::from_reply(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));
    // Whoever knows the key may send it anywhere; the law is about those who do not.
    let is_known = String::from_utf8_lossy(bytes).contains(KEY);
    let own = headers.get("x-fathom-key").is_some() || is_known;
    let key = Secret::new(KEY);
    reply(bytes, &headers, &key);
    let _ = base(&first);
    let Ok((vendor, target)) = route(target) else { return };
    let asked = Asked { method, target, headers: &headers, length: None };
    let Ok(sent) = forward(vendor, vendor.base, &asked, Some(&key)) else { return };
    let path = sent.url.strip_prefix(vendor.base).unwrap_or_else(|| panic!("{}", sent.url));
    assert!(
        path.bytes().all(|byte| byte.is_ascii_graphic() && !b"\\#\"<>".contains(&byte)),
        "{path}"
    );
    let path = path.split('?').next().unwrap_or_default();
    let fits = |route: &&Route| route.method == sent.method && is_like(route.path, path);
    assert!(vendor.routes.iter().any(|route| fits(&route)), "{path}");
    for (name, value) in sent.headers.iter() {
        assert!(
            !["host", "cookie", "connection", "transfer-encoding", "x-fathom-key"].contains(&name)
        );
        assert!(value.bytes().all(|byte| matches!(byte, b'\t' | b' '..=b'~')), "{name}");
    }
    let keys = sent.headers.iter().filter(|(_, value)| value.contains(KEY)).count();
    assert!(keys == 1 || own, "{keys} headers hold the key");
    assert!(is_known || !format!("{sent:?}").contains(KEY));
}

fn is_like(pattern: &str, path: &str) -> bool {
    let (wanted, steps): (Vec<_>, Vec<_>) =
        (pattern.split('/').collect(), path.split('/').collect());
    wanted.len() == steps.len()
        && wanted.iter().zip(steps).all(|(wanted, step)| {
            let is_id =
                *wanted == "{id}" && !step.is_empty() && !step.bytes().all(|byte| byte == b'.');
            *wanted == step || is_id
        })
}

fn reply(bytes: &[u8], headers: &Headers, key: &Secret) {
    let status = bytes.first().map_or(200, |byte| 100 + u16::from(*byte) * 2);
    let head = Head { status, headers: headers.clone() };
    let Ok(said) = answer(&head, false, key) else {
        assert!(!(200..300).contains(&status));
        return;
    };
    for (name, value) in said.headers.iter() {
        assert!(!["set-cookie", "location", "refresh"].contains(&name), "{name}");
        assert!(
            !value.contains(KEY) && value.bytes().all(|byte| matches!(byte, b'\t' | b' '..=b'~'))
        );
    }
}
