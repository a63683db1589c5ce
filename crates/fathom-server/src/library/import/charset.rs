//! Text in the encoding that it says it has, or that its bytes tell.

use std::borrow::Cow;

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How far into a page its own word on the encoding is looked for, as browsers do.
const PRESCAN: usize = 1024;
/// Bytes that are looked at to guess an encoding.
const SAMPLE: usize = 1 << 20;

/// Decodes a text: by its byte order mark, else by what names its encoding, else by its bytes. Single bytes that make
/// no sense become U+FFFD.
///
/// # Errors
/// What the bytes are, where they are no text.
pub(crate) fn decode<'b>(
    bytes: &'b [u8],
    named: Option<&'static Encoding>,
) -> Result<Cow<'b, str>, String> {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = match marked.or(named) {
        Some(encoding) => encoding,
        None => guess(bytes)?,
    };
    // Encoding::decode takes the byte order mark off.
    let (text, _, _) = encoding.decode(bytes);
    if looks_binary(&text) {
        return Err("is not text, for it is full of control signs".to_owned());
    }
    Ok(text)
}

/// The encoding that bytes tell, without anybody's word on it.
fn guess(bytes: &[u8]) -> Result<&'static Encoding, String> {
    if bytes.contains(&0) {
        return utf16(bytes).ok_or_else(|| "is not text, for it holds zero bytes".to_owned());
    }
    if is_utf8(bytes) {
        return Ok(UTF_8);
    }
    let mut detector = EncodingDetector::new();
    detector.feed(bytes.get(..SAMPLE).unwrap_or(bytes), true);
    Ok(detector.guess(None, false))
}

/// Whether nearly all signs beyond ASCII are those of UTF-8: one broken place does not make another encoding.
fn is_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad == 0 || bad * 10 < good
}

/// Which half of each pair of bytes is zero again and again. Line ends and spaces have such halves in every script.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let zeros = |parity: usize| bytes.iter().skip(parity).step_by(2).filter(|b| **b == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    let encoding = match (first, second) {
        (first, second) if first * 20 < second => UTF_16LE,
        (first, second) if second * 20 < first => UTF_16BE,
        _ => return None,
    };
    let (text, _, is_broken) = encoding.decode(bytes);
    let is_text = bytes.len().is_multiple_of(2) && !is_broken && !text.chars().any(is_unwritten);
    is_text.then_some(encoding)
}

fn looks_binary(text: &str) -> bool {
    let unwritten = text.chars().filter(|c| is_unwritten(*c)).count();
    unwritten * 50 > text.len()
}

/// Whether a sign is written in no text.
fn is_unwritten(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{1b}' | '\u{85}'))
        || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// The encoding after `charset=`, as in a `Content-Type`.
pub(crate) fn label(text: &str) -> Option<&'static Encoding> {
    after(text, "charset")
}

fn after(text: &str, word: &str) -> Option<&'static Encoding> {
    let lower = text.to_ascii_lowercase();
    let (_, after) = lower.split_once(word)?;
    let after = after.trim_start().strip_prefix('=')?.trim_start();
    let value = after.trim_start_matches(['"', '\'']);
    let end = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '/' | '>' | '?');
    Encoding::for_label(value.split(end).next()?.as_bytes())
}

/// The encoding that a page names in its `meta` element or its XML declaration.
pub(crate) fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..PRESCAN).unwrap_or(bytes)).into_owned();
    let begins = |tag: &str, name: &str| {
        tag.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
    };
    let mut found = head.split('<').filter_map(|tag| match tag {
        tag if begins(tag, "meta") => label(tag),
        tag if begins(tag, "?xml") => after(tag, "encoding"),
        _ => None,
    });
    // A page that was found by its ASCII letters cannot be in UTF-16, whatever it says.
    found.next().map(Encoding::output_encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(bytes: &[u8], content_type: &str) -> String {
        let named = label(content_type).or_else(|| declared(bytes));
        decode(bytes, named).unwrap().into_owned()
    }

    #[test]
    fn the_header_then_the_page_then_the_bytes_say_the_encoding() {
        assert_eq!(page(b"caf\xe9", "text/html; charset=ISO-8859-1"), "caf\u{e9}");
        assert_eq!(page("caf\u{e9}".as_bytes(), "text/html"), "caf\u{e9}");
        assert_eq!(page(b"caf\xe9", "text/html"), "caf\u{e9}");
        assert_eq!(
            page(b"<meta charset=\"windows-1251\">\xcf", ""),
            "<meta charset=\"windows-1251\">\u{41f}"
        );
        let xml = b"<?xml version='1.0' encoding='koi8-r'?>\xf0";
        assert_eq!(page(xml, ""), "<?xml version='1.0' encoding='koi8-r'?>\u{41f}");
        assert_eq!(page(b"\xff\xfea\0", "text/html; charset=utf-8"), "a");
        assert_eq!(page(b"\xef\xbb\xbfa", "text/plain; charset=windows-1251"), "a");
        assert_eq!(page(b"\x93\xfa", "text/html; charset=Shift_JIS"), "\u{65e5}");
        assert_eq!(page(b"a\xff", "text/html; charset=utf-8"), "a\u{fffd}");
        assert_eq!(page(b"a", "text/html; charset=klingon"), "a");
    }

    /// A text that stands for itself in each encoding.
    #[test]
    fn texts_are_read_without_anybodys_word_on_their_encoding() {
        use encoding_rs::{BIG5, EUC_KR, GBK, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252};

        let texts = [
            (
                GBK,
                "\u{5173}\u{4e8e}\u{53d1}\u{653e}\u{5dee}\u{65c5}\u{8d39}\u{7684}\u{901a}\u{77e5}\n\u{7b2c}\u{4e09}\u{6761} \u{51fa}\u{5dee}\u{7684}\u{4f4f}\u{5bbf}\u{8d39}\u{4e3a}\u{6bcf}\u{5929}\u{56db}\u{767e}\u{5143}\u{3002}",
            ),
            (
                BIG5,
                "\u{5dee}\u{65c5}\u{8cbb}\u{5831}\u{652f}\u{8fa6}\u{6cd5}\n\u{7b2c}\u{4e09}\u{689d} \u{51fa}\u{5dee}\u{4eba}\u{54e1}\u{7684}\u{4f4f}\u{5bbf}\u{8cbb}\u{6a19}\u{6e96}\u{70ba}\u{6bcf}\u{5929}\u{4e8c}\u{5343}\u{5143}\u{3002}",
            ),
            (
                SHIFT_JIS,
                "\u{51fa}\u{5f35}\u{65c5}\u{8cbb}\u{898f}\u{7a0b}\n\u{7b2c}\u{4e09}\u{6761} \u{5bbf}\u{6cca}\u{6599}\u{306f}\u{4e00}\u{4e07}\u{5186}\u{3068}\u{3059}\u{308b}\u{3002}",
            ),
            (
                EUC_KR,
                "\u{cd9c}\u{c7a5} \u{c219}\u{bc15}\u{be44}\u{b294} \u{d558}\u{b8e8}\u{c5d0} \u{c2ed}\u{b9cc} \u{c6d0}\u{c785}\u{b2c8}\u{b2e4}.",
            ),
            (
                WINDOWS_1251,
                "\u{421}\u{442}\u{43e}\u{438}\u{43c}\u{43e}\u{441}\u{442}\u{44c} \u{433}\u{43e}\u{441}\u{442}\u{438}\u{43d}\u{438}\u{446}\u{44b} \u{43d}\u{435} \u{434}\u{43e}\u{43b}\u{436}\u{43d}\u{430} \u{43f}\u{440}\u{435}\u{432}\u{44b}\u{448}\u{430}\u{442}\u{44c} \u{441}\u{442}\u{430} \u{440}\u{443}\u{431}\u{43b}\u{435}\u{439}.",
            ),
            (WINDOWS_1252, "Die \u{dc}bernachtung darf h\u{f6}chstens 90 Euro kosten."),
        ];
        for (encoding, text) in texts {
            let (bytes, _, _) = encoding.encode(text);
            assert_eq!(decode(&bytes, None).unwrap(), text, "{}", encoding.name());
        }
        let text = "A hotel in Ghent may cost 90.\n\u{5173}\u{4e8e}\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (mark, bytes) in [
            (&b""[..], &little),
            (b"\xff\xfe", &little),
            (b"", &big),
            (b"\xfe\xff", &big),
            (b"\xef\xbb\xbf", &text.as_bytes().to_vec()),
        ] {
            assert_eq!(decode(&[mark, bytes].concat(), None).unwrap(), text, "{mark:?}");
        }
    }

    #[test]
    fn one_broken_byte_does_not_change_the_encoding() {
        let text = ["\u{e9}t\u{e9} ".repeat(20).as_bytes(), b"\xe9t"].concat();
        let read = decode(&text, None).unwrap();
        assert!(read.starts_with("\u{e9}t\u{e9}") && read.ends_with("\u{fffd}t"), "{read}");
    }

    #[test]
    fn bytes_that_are_no_text_are_told() {
        assert!(decode(b"text\0with\0zeros\0\0\0", None).unwrap_err().contains("zero bytes"));
        let noise: Vec<u8> = (1..=31).cycle().take(400).collect();
        assert!(decode(&noise, None).unwrap_err().contains("control signs"));
    }
}
