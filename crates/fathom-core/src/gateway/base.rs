//! The address of a vendor, where a host sets another one.

use crate::error::{Error, ErrorKind};

/// Checks the address of something that stands in for a vendor, and removes `/` at its end.
///
/// # Errors
/// [`ErrorKind::InvalidTask`] unless it is `https://host`, or `http://` on this machine, with a port
/// and a path if need be: over plain HTTP everybody on the way could read the key.
pub fn base(text: &str) -> Result<String, Error> {
    let text = text.trim().trim_end_matches('/');
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/[]".contains(&byte);
    let (scheme, rest) = text.split_once("://").unwrap_or_default();
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let fits = match scheme {
        "https" => true,
        "http" => is_loopback(host),
        _ => false,
    };
    let is_clean =
        rest.bytes().all(is_plain) && !path.split('/').any(|step| step.is_empty() || is_dots(step));
    if fits && is_host(host) && (path.is_empty() || is_clean) && rest.bytes().all(is_plain) {
        return Ok(text.to_owned());
    }
    let message = "This is not an address that a key can be sent to. Write https://host, or http://127.0.0.1:port for a service on this machine.";
    Err(Error::new(ErrorKind::InvalidTask, message))
}

fn is_dots(step: &str) -> bool {
    step.bytes().all(|byte| byte == b'.')
}

/// A name or an address, and perhaps a port.
fn is_host(host: &str) -> bool {
    let (name, port) = split_port(host);
    let port_fits = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
    let is_bracketed = name.starts_with('[') && name.ends_with(']');
    let inner = name.trim_start_matches('[').trim_end_matches(']');
    let brackets_fit = is_bracketed || !inner.contains(':');
    port_fits && brackets_fit && !inner.is_empty() && !inner.contains(['[', ']']) && !is_dots(inner)
}

fn split_port(host: &str) -> (&str, Option<&str>) {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => (name, Some(port)),
        _ => (host, None),
    }
}

fn is_loopback(host: &str) -> bool {
    let (name, _) = split_port(host);
    let is_v4 = name.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_loopback());
    is_v4 || name == "localhost" || name == "[::1]"
}

#[cfg(test)]
mod tests {
    use super::base;

    #[test]
    fn https_and_this_machine_are_accepted() {
        for text in [
            "https://api.example.com",
            "https://example.com:8443/v1",
            "http://127.0.0.1:8787/local/exa",
            "http://localhost:1",
            "http://[::1]:80",
            "https://[2001:db8::1]",
        ] {
            assert_eq!(base(text).unwrap(), text);
        }
        assert_eq!(base(" https://example.com/a/ ").unwrap(), "https://example.com/a");
    }

    #[test]
    fn everything_else_is_refused() {
        for text in [
            "",
            "example.com",
            "//example.com",
            "http://example.com",
            "http://127.0.0.1.example.com",
            "https://",
            "http://10.0.0.1",
            "ftp://127.0.0.1",
            "https://user@example.com",
            "https://user:pass@example.com",
            "https://example.com?x",
            "https://example.com#x",
            "https://example.com/a/../b",
            "https://example.com//a",
            "https://exa mple.com",
            "https://example.com\\@evil.example",
            "https://example.com:0",
            "https://example.com:99999",
            "https://example.com:",
            "https://a:b:c",
            "https://[::1",
            "https://ex\u{e4}mple.com",
            "https://example.com/%2e%2e",
            "https://..",
            "http://localhost@evil.example",
            "http://127.0.0.1@evil.example",
            "HTTPS://example.com",
            "https:///path",
        ] {
            assert!(base(text).is_err(), "{text}");
        }
    }
}
