//! Text in the encoding that a page says it has.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// How far into a page its own word on the encoding is looked for, as browsers do.
const PRESCAN: usize = 1024;

/// Decodes a page: by its byte order mark, else by the header, else by its `meta` element, else as UTF-8, and what
/// is none as Windows-1252. Bytes that make no sense become U+FFFD.
pub(super) fn decode(bytes: &[u8], content_type: &str) -> String {
    let named = label(content_type).or_else(|| meta(bytes));
    let guess = || if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1252 };
    // Encoding::decode looks at the byte order mark first.
    let (text, _, _) = named.unwrap_or_else(guess).decode(bytes);
    text.into_owned()
}

/// The encoding after `charset=`.
fn label(text: &str) -> Option<&'static Encoding> {
    let lower = text.to_ascii_lowercase();
    let (_, after) = lower.split_once("charset")?;
    let after = after.trim_start().strip_prefix('=')?.trim_start();
    let value = after.trim_start_matches(['"', '\'']);
    let end = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '/' | '>');
    Encoding::for_label(value.split(end).next()?.as_bytes())
}

fn meta(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..PRESCAN).unwrap_or(bytes)).into_owned();
    let found = head
        .split('<')
        .filter(|tag| tag.get(..4).is_some_and(|name| name.eq_ignore_ascii_case("meta")));
    // A page that was found by its ASCII letters cannot be in UTF-16, whatever it says.
    found.filter_map(label).next().map(|named| named.output_encoding())
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn the_header_then_the_page_then_the_bytes_say_the_encoding() {
        assert_eq!(decode(b"caf\xe9", "text/html; charset=ISO-8859-1"), "caf\u{e9}");
        assert_eq!(decode("caf\u{e9}".as_bytes(), "text/html"), "caf\u{e9}");
        assert_eq!(decode(b"caf\xe9", "text/html"), "caf\u{e9}");
        assert_eq!(
            decode(b"<meta charset=\"windows-1251\">\xcf", ""),
            "<meta charset=\"windows-1251\">\u{41f}"
        );
        assert_eq!(decode(b"\xff\xfea\0", "text/html; charset=utf-8"), "a");
        assert_eq!(decode(b"\xef\xbb\xbfa", "text/plain; charset=windows-1251"), "a");
        assert_eq!(decode(b"\x93\xfa", "text/html; charset=Shift_JIS"), "\u{65e5}");
        assert_eq!(decode(b"a\xff", "text/html; charset=utf-8"), "a\u{fffd}");
        assert_eq!(decode(b"a", "text/html; charset=klingon"), "a");
    }
}
