//! Links in a text, by which some providers name their sources.

use crate::{
    index::Index,
    markers::{code, fence_of},
    report::{Citation, Span},
    source::Source,
};

/// The longest words of a link that are read, in bytes.
const WORDS_MAX: usize = 400;
/// The longest address that is read, in bytes.
const ADDRESS_MAX: usize = 2_048;
/// The most sources that are taken from one text.
const SOURCES_MAX: usize = 2_000;

/// The pages that a markdown text links to outside code, numbered in the order in which they come,
/// and a citation for each link: `[words](https://...)` and addresses that stand by themselves.
pub fn cite(markdown: &str) -> (Vec<Source>, Vec<Citation>) {
    let mut scan = Scan::default();
    let (mut start, mut fence) = (0, None);
    for line in markdown.split_inclusive('\n') {
        match (fence, fence_of(line)) {
            (None, Some(opened)) => fence = Some(opened),
            (Some((mark, length)), Some((same, enough))) if mark == same && enough >= length => {
                fence = None;
            }
            (None, None) => scan.line(line, start),
            (Some(_), _) => {}
        }
        start += line.len();
    }
    (scan.sources, scan.citations)
}

#[derive(Default)]
struct Scan {
    sources: Vec<Source>,
    ids: Index,
    citations: Vec<Citation>,
}

/// A link at the front of a text.
struct Link<'a> {
    /// All of it.
    length: usize,
    words: &'a str,
    url: &'a str,
}

impl Scan {
    fn line(&mut self, line: &str, start: usize) {
        let mut at = 0;
        while let Some(rest) = line.get(at..) {
            let Some(next) = rest.find(['[', '`', '\\', 'h', '!']) else { return };
            let Some(here) = rest.get(next..) else { return };
            let inside = line.get(..at + next).and_then(|text| text.chars().next_back());
            let begins = !inside.is_some_and(|c| c.is_ascii_alphanumeric());
            at += next + self.step(here, start + at + next, begins);
        }
    }

    /// Reads what stands at the front of `here`; returns how many bytes that is.
    fn step(&mut self, here: &str, start: usize, begins: bool) -> usize {
        match here.as_bytes().first() {
            Some(b'\\') => 1 + here.chars().nth(1).map_or(0, char::len_utf8),
            Some(b'`') => code(here),
            // A picture is no source.
            Some(b'!') => {
                here.strip_prefix('!').and_then(bracketed).map_or(1, |link| 1 + link.length)
            }
            Some(b'[') => bracketed(here).map_or(1, |link| self.take(here, &link, start)),
            _ if begins => bare(here).map_or(1, |link| self.take(here, &link, start)),
            _ => 1,
        }
    }

    fn take(&mut self, here: &str, link: &Link<'_>, start: usize) -> usize {
        let Some(id) = self.id(link) else { return link.length };
        self.citations.push(Citation {
            marker: here.get(..link.length).map(str::to_owned),
            span: Some(Span { start, end: start + link.length }),
            sources: vec![id],
            ..Citation::default()
        });
        link.length
    }

    fn id(&mut self, link: &Link<'_>) -> Option<u32> {
        if let Some(id) = self.ids.get(link.url) {
            return Some(id);
        }
        if self.sources.len() >= SOURCES_MAX {
            return None;
        }
        let id = u32::try_from(self.sources.len()).ok()? + 1;
        let words = link.words.trim();
        // `[1](https://...)` says nothing about the page.
        let named = words.contains(|c: char| c.is_alphabetic());
        let title = if named { words } else { without_scheme(link.url) };
        let (title, url) = (title.to_owned(), Some(link.url.to_owned()));
        self.sources.push(Source { id, title, url, ..Source::default() });
        self.ids.insert(link.url, id);
        Some(id)
    }
}

/// An address as it can stand for a title.
pub(crate) fn without_scheme(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/')
}

/// `[words](https://...)`, also with a title behind the address.
fn bracketed(here: &str) -> Option<Link<'_>> {
    let end = closing(here, b'[', b']', WORDS_MAX)?;
    let after = here.get(end + 1..)?;
    let close = closing(after, b'(', b')', ADDRESS_MAX)?;
    let target = after.get(1..close)?.trim();
    let url = target.split_whitespace().next()?.trim_start_matches('<').trim_end_matches('>');
    is_address(url).then_some(Link { length: end + 1 + close + 1, words: here.get(1..end)?, url })
}

/// An address by itself.
fn bare(here: &str) -> Option<Link<'_>> {
    if !is_address(here) {
        return None;
    }
    let ends = |c: char| c.is_whitespace() || c.is_control() || "<>\"`|{}\\^".contains(c);
    let mut near = here.char_indices().take_while(|(at, _)| *at <= ADDRESS_MAX);
    let end = near.find(|(_, c)| ends(*c)).map_or(here.len(), |(at, _)| at);
    let mut url = here.get(..end).filter(|url| url.len() <= ADDRESS_MAX)?;
    loop {
        let shorter = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', ']']);
        // A bracket that closes nothing belongs to the sentence.
        let extra =
            shorter.ends_with(')') && shorter.matches(')').count() > shorter.matches('(').count();
        let next = if extra { shorter.strip_suffix(')')? } else { shorter };
        if next.len() == url.len() {
            break;
        }
        url = next;
    }
    is_address(url).then_some(Link { length: url.len(), words: "", url })
}

fn is_address(text: &str) -> bool {
    ["https://", "http://"].into_iter().any(|scheme| {
        text.strip_prefix(scheme)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '['))
    })
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
