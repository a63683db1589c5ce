//! Link definitions: `[label]: address "title"`.

use super::names::Definition;
use crate::block::Address;

/// Reads a line that defines a link. Address and title stand on the line of the label, and an
/// address that is not safe to follow defines nothing.
pub(super) fn read(line: &str) -> Option<(&str, Definition)> {
    let (label, rest) = line.trim().strip_prefix('[')?.split_once("]:")?;
    let fits = !label.trim().is_empty() && label.len() <= 200 && !label.starts_with('^');
    let (href, title) = split_address(rest.trim_start())?;
    let title = read_title(title.trim())?;
    (fits && !label.contains(['[', ']', '\\']))
        .then_some((label, Definition { href: Address::parse(href)?, title: title.to_owned() }))
}

fn split_address(text: &str) -> Option<(&str, &str)> {
    match text.strip_prefix('<') {
        Some(inner) => inner.split_once('>'),
        None => Some(text.split_once([' ', '\t']).unwrap_or((text, ""))),
    }
}

fn read_title(text: &str) -> Option<&str> {
    if text.is_empty() {
        return Some("");
    }
    [('"', '"'), ('\'', '\''), ('(', ')')]
        .iter()
        .find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_address_and_title() {
        let (label, definition) = read("[ Norway ]: <https://a.example/x> \"The page\"\n").unwrap();
        assert_eq!((label, definition.href.as_str()), (" Norway ", "https://a.example/x"));
        assert_eq!(definition.title, "The page");
    }

    #[test]
    fn anything_else_is_text() {
        for line in [
            "[1] https://a.example",
            "[1]: words here",
            "[^1]: https://a.example",
            "[1]: javascript:alert(1)",
            "[]: https://a.example",
            "[1]: https://a.example and more",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
