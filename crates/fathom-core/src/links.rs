//! Links in a text, by which some providers name their sources.

use crate::{markers::scan, pages::Pages, report::Citation, source::Source};

/// The longest words of a link that are read, in bytes.
const WORDS_MAX: usize = 400;
/// The longest address that is read, in bytes.
const ADDRESS_MAX: usize = 2_048;

/// The pages that a markdown text links to outside code, numbered in the order in which they come,
/// and a citation for each link: `[words](https://...)` and addresses that stand by themselves.
pub fn cite(markdown: &str) -> (Vec<Source>, Vec<Citation>) {
    let mut pages = Pages::default();
    let citations = cite_among(markdown, &mut pages);
    (pages.into_list(), citations)
}

/// The citations of [`cite`], of a text whose pages may be known already. Those that are not are
/// added.
pub(crate) fn cite_among(markdown: &str, pages: &mut Pages) -> Vec<Citation> {
    let mut citations = Vec::new();
    scan(markdown, b"[h!", &mut |place| {
        let link = match place.here.as_bytes().first() {
            // A picture is no source.
            Some(b'!') => {
                let picture = place.here.get(1..).and_then(bracketed);
                return picture.map_or(1, |link| 1 + link.length);
            }
            Some(b'[') => bracketed(place.here),
            _ if place.begins => bare(place.here),
            _ => None,
        };
        let Some(link) = link else { return 1 };
        if let Some(page) = pages.add_named(link.url, link.name()) {
            citations.push(place.citation(link.length, vec![page.id]));
        }
        link.length
    });
    citations
}

/// A link at the front of a text.
struct Link<'a> {
    /// All of it.
    length: usize,
    words: &'a str,
    url: &'a str,
}

impl Link<'_> {
    /// What the link calls its page: `[1](https://...)` says nothing about it.
    fn name(&self) -> Option<&str> {
        let words = self.words.trim();
        words.contains(is_letter).then_some(words)
    }
}

/// `[words](https://...)`, also with a title behind the address.
fn bracketed(here: &str) -> Option<Link<'_>> {
    let end = closing(here, b'[', b']', WORDS_MAX)?;
    let after = here.get(end + 1..)?;
    let close = closing(after, b'(', b')', ADDRESS_MAX)?;
    let url = until(after.get(1..close)?.trim(), char::is_whitespace)?;
    let url = url.strip_prefix('<').unwrap_or(url);
    let url = url.strip_suffix('>').unwrap_or(url);
    is_address(url).then_some(Link { length: end + 1 + close + 1, words: here.get(1..end)?, url })
}

/// An address by itself.
fn bare(here: &str) -> Option<Link<'_>> {
    if !is_address(here) {
        return None;
    }
    let mut url = until(here, is_foreign)?;
    while belongs_to_sentence(url.as_bytes()) {
        url = url.get(..url.len() - 1)?;
    }
    is_address(url).then_some(Link { length: url.len(), words: "", url })
}

/// A character that no address holds as it is.
fn is_foreign(c: char) -> bool {
    let is_mark = matches!(c, '<' | '>' | '"' | '`' | '|' | '{' | '}' | '\\' | '^');
    is_mark || c.is_whitespace() || c.is_control()
}

/// The text before the first character that ends an address; none when that comes too late.
fn until(text: &str, ends: fn(char) -> bool) -> Option<&str> {
    let mut near = text.char_indices();
    let end = near.find(|(at, c)| *at > ADDRESS_MAX || ends(*c)).map_or(text.len(), |(at, _)| at);
    text.get(..end).filter(|text| text.len() <= ADDRESS_MAX)
}

/// Whether the last sign of an address is not its own: punctuation, or a bracket that closes nothing.
fn belongs_to_sentence(url: &[u8]) -> bool {
    let count = |bracket| url.iter().filter(|byte| **byte == bracket).count();
    match url.last() {
        Some(b')') => count(b')') > count(b'('),
        Some(last) => b".,;:!?'*_]".contains(last),
        None => false,
    }
}

fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let first = rest.and_then(|rest| rest.chars().next());
    first.is_some_and(|first| first.is_ascii_digit() || first == '[' || is_letter(first))
}

/// Whether this is a letter of any script, as far as the blocks of Unicode tell. Its tables of letters
/// would be two kilobytes of every browser module.
fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\u{bf}' => c.is_ascii_alphabetic(),
        // Punctuation, signs and symbols; private use; emoji.
        '\u{2000}'..='\u{2bff}'
        | '\u{3000}'..='\u{3004}'
        | '\u{3008}'..='\u{3020}'
        | '\u{e000}'..='\u{f8ff}'
        | '\u{fe00}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff20}'
        | '\u{1f000}'..='\u{1ffff}' => false,
        _ => true,
    }
}

/// Where the bracket closes that opens `text`, if that comes soon.
fn closing(text: &str, open: u8, close: u8, most: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate().take(most) {
        if byte == open {
            depth += 1;
        } else if byte == close {
            depth = depth.checked_sub(1)?;
        }
        if depth == 0 {
            return (at > 0).then_some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markdown: &str, expected: &[(&str, u32)], pages: &[(&str, &str)]) {
        let (sources, citations) = cite(markdown);
        let found: Vec<_> = citations
            .iter()
            .map(|citation| {
                let (marker, span) = (citation.marker.as_deref().unwrap(), citation.span.unwrap());
                assert_eq!(markdown.get(span.start..span.end), Some(marker));
                (marker, citation.sources[0])
            })
            .collect();
        assert_eq!(found, expected, "{markdown}");
        let named: Vec<_> = sources
            .iter()
            .map(|source| (source.title.as_str(), source.url.as_deref().unwrap()))
            .collect();
        assert_eq!(named, pages, "{markdown}");
    }

    #[test]
    fn links_and_addresses_are_citations_and_their_pages_are_sources() {
        check(
            "Größe ([Ants](https://a.example/x_(y))) and ([1](https://a.example/x_(y)), https://www.b.example/.",
            &[
                ("[Ants](https://a.example/x_(y))", 1),
                ("[1](https://a.example/x_(y))", 1),
                ("https://www.b.example/", 2),
            ],
            &[("Ants", "https://a.example/x_(y)"), ("b.example", "https://www.b.example/")],
        );
        check(
            "| a [[2]](http://c.example \"C\") |\n<https://d.example>",
            &[("[[2]](http://c.example \"C\")", 1), ("https://d.example", 2)],
            &[("c.example", "http://c.example"), ("d.example", "https://d.example")],
        );
    }

    #[test]
    fn code_pictures_and_other_addresses_are_not() {
        check(
            "`https://a.example` ![p](https://b.example/p.png) [x](mailto:a@b) [y](javascript:1)",
            &[],
            &[],
        );
        check("```\nhttps://a.example\n```\n\\[a](b) xhttps://a.example http:// [](", &[], &[]);
    }

    #[test]
    fn hostile_texts_take_no_longer_than_others() {
        for text in [
            "[".repeat(20_000),
            "[](".repeat(7_000),
            "https://a".repeat(3_000),
            "![".repeat(10_000),
            ".https://a".repeat(3_000),
        ] {
            cite(&text);
        }
    }
}
