//! The rules of the option `files`.

use serde_json::Value;

use crate::{error::Error, json, provider::check::refused};

const FILES_MAX: usize = 5;
/// Of each file, and of all together.
const WORDS_MAX: u32 = 80_000;
const ENDINGS: [&str; 3] = [".txt", ".md", ".json"];

pub(super) fn check(files: &Value) -> Result<(), Error> {
    let wrong = |message: &'static str| Err(refused("options.files", message));
    let Some(files) = files.as_array() else {
        return wrong("Files are a list of {\"name\", \"data\", \"type\": \"base64\"}.");
    };
    if files.len() > FILES_MAX {
        return wrong("Tavily takes 5 files at most. Take some out.");
    }
    let mut words = 0_u32;
    for file in files {
        let name = json::text(file, "name").unwrap_or_default();
        if !ENDINGS.iter().any(|ending| name.len() > ending.len() && name.ends_with(ending)) {
            return wrong("Each file needs a name that ends with .txt, .md or .json.");
        }
        let data = json::text(file, "data").unwrap_or_default();
        let is_base64 = json::text(file, "type") == Some("base64");
        let Some(counted) = words_in(data).filter(|_| is_base64) else {
            return wrong(
                "Each file needs its contents as base64 in \"data\", and \"type\": \"base64\".",
            );
        };
        words = words.saturating_add(counted);
    }
    if words > WORDS_MAX {
        return wrong(
            "The files hold more than 80,000 words, the most that Tavily takes. Shorten them.",
        );
    }
    Ok(())
}

/// The words of a text in base64; none when it is not base64.
fn words_in(data: &str) -> Option<u32> {
    let digits = data.trim_end_matches('=');
    if data.len() - digits.len() > 2 || !data.len().is_multiple_of(4) {
        return None;
    }
    let (mut words, mut inside, mut bits, mut held) = (0_u32, false, 0_u32, 0_u32);
    for digit in digits.bytes() {
        held = (held << 6 | sextet(digit)?) & 0xFFFF;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            let was_inside = inside;
            inside = !u8::try_from(held >> bits & 0xFF).ok()?.is_ascii_whitespace();
            words += u32::from(inside && !was_inside);
        }
    }
    Some(words)
}

fn sextet(digit: u8) -> Option<u32> {
    Some(u32::from(match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::words_in;

    #[test]
    fn words_are_counted_in_base64() {
        // "one", "one two", " one\ttwo\n", "", and text beyond ASCII.
        assert_eq!(words_in("b25l"), Some(1));
        assert_eq!(words_in("b25lIHR3bw=="), Some(2));
        assert_eq!(words_in("IG9uZQl0d28K"), Some(2));
        assert_eq!(words_in(""), Some(0));
        assert_eq!(words_in("w6QgIPCfmIA="), Some(2));
    }

    #[test]
    fn what_is_not_base64_is_noticed() {
        for text in ["b25", "b25l====", "b2=l", "b25l\n", "b-_l", "====", "\u{e4}\u{e4}"] {
            assert_eq!(words_in(text), None, "{text}");
        }
    }
}
