//! Addresses that are safe to follow.

use serde::{Serialize, Serializer};

/// The longest address that is read; longer ones are shown as text.
const LONGEST: usize = 4096;

/// An address with the scheme `http`, `https` or `mailto`, or a place in the document (`#place`).
///
/// There is no other way to make one than [`Address::parse`], so whoever holds an address may put
/// it into a link.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(String);

impl Address {
    /// Reads an address; none when it is not one of the kinds above.
    ///
    /// Control characters are refused rather than dropped, because browsers drop some of them and
    /// so read another scheme than the eye does. White space and invisible characters are
    /// percent-encoded. An address that carries a name before its host (`https://bank@host`) is
    /// refused, because it pretends to lead elsewhere.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim_matches([' ', '\u{a0}']);
        let fits = text.len() <= LONGEST && !text.chars().any(char::is_control);
        (fits && is_known(text)).then(|| Self(encoded(text)))
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The place within the document, for an address that begins with `#`.
    pub fn fragment(&self) -> Option<&str> {
        self.0.strip_prefix('#')
    }

    /// The host in lower case, for web addresses.
    pub fn host(&self) -> Option<String> {
        authority(&self.0).map(|authority| {
            let host = authority.rsplit_once(':').filter(|(_, port)| is_port(port));
            host.map_or(authority, |(host, _)| host).to_ascii_lowercase()
        })
    }
}

impl Serialize for Address {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_known(text: &str) -> bool {
    if let Some(place) = text.strip_prefix('#') {
        return !place.is_empty();
    }
    if let Some(mailbox) = without_prefix(text, "mailto:") {
        return mailbox.contains('@');
    }
    authority(text).is_some_and(|authority| {
        !authority.is_empty() && !authority.contains(['@', '<', '>', '"', ' '])
    })
}

/// What stands between the scheme and the path of a web address.
fn authority(text: &str) -> Option<&str> {
    let rest = without_prefix(text, "https://").or_else(|| without_prefix(text, "http://"))?;
    rest.split(['/', '\\', '?', '#']).next()
}

fn without_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_whitespace() || is_invisible(character) || "\"<>\\`".contains(character) {
            let mut bytes = [0; 4];
            for byte in character.encode_utf8(&mut bytes).bytes() {
                out.push('%');
                out.extend([byte >> 4, byte & 15].map(hex_digit));
            }
        } else {
            out.push(character);
        }
    }
    out
}

fn hex_digit(value: u8) -> char {
    char::from_digit(value.into(), 16).unwrap_or('0').to_ascii_uppercase()
}

/// Characters without a shape of their own, among them those that turn the direction of reading.
const fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e000}'..='\u{f8ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_schemes_pass_and_others_do_not() {
        for good in ["https://a.example/b?c#d", "HTTP://A.EXAMPLE", "mailto:a@b.example", "#part"] {
            assert!(Address::parse(good).is_some(), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "//host",
            "/path",
            "path",
            "https:host",
            "https://",
            "https:///x",
            "http://good.example@bad.example",
            "#",
            "",
            "blob:https://a.example",
            "file:///etc/passwd",
            "\u{1}https://a.example",
        ] {
            assert_eq!(Address::parse(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn what_could_mislead_is_encoded() {
        let address = Address::parse("https://a.example/x y\u{202e}\"").unwrap();
        assert_eq!(address.as_str(), "https://a.example/x%20y%E2%80%AE%22");
    }

    #[test]
    fn host_is_without_port_and_in_lower_case() {
        assert_eq!(
            Address::parse("https://A.Example:8080/x").unwrap().host().as_deref(),
            Some("a.example")
        );
        assert_eq!(Address::parse("#x").unwrap().host(), None);
    }
}
