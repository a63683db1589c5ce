//! Our division into blocks beside the parser's own, on texts without the stated differences.

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use wasm_bindgen_test::wasm_bindgen_test as test;

use fathom_report::{Block, BlockKind, Document, Inline, Pieces, walk};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::random::Random;

/// Lines of ordinary reports; what they mean depends on what stands around them.
const LINES: [&str; 34] = [
    "",
    "",
    "",
    "",
    "Plain words.",
    "More words with *emphasis* and **weight**.",
    "A `code` span",
    "## Heading",
    "### Other ###",
    "===",
    "---",
    "- item",
    "- other item",
    "* star",
    "+ plus",
    "  - deeper",
    "    - deepest",
    "  continued",
    "    four in",
    "1. first",
    "2. second",
    "3) third",
    "   under it",
    "> quoted",
    "> > twice",
    "> - listed",
    ">",
    "```",
    "```rust",
    "~~~",
    "***",
    "\ttabbed",
    "      six in",
    "-",
];

fn peer(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut words = String::new();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(tag) => {
                flush(&mut words, &mut out);
                out.extend(name(&tag).map(|name| format!("<{name}")));
            }
            Event::End(end) => {
                flush(&mut words, &mut out);
                let block = matches!(
                    end,
                    TagEnd::Heading(_)
                        | TagEnd::BlockQuote(_)
                        | TagEnd::CodeBlock
                        | TagEnd::List(_)
                        | TagEnd::Item
                );
                out.extend(block.then(|| ">".to_owned()));
            }
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::Rule => {
                flush(&mut words, &mut out);
                out.push("hr".to_owned());
            }
            other => panic!("{other:?}"),
        }
    }
    flush(&mut words, &mut out);
    out
}

/// The name of a block. Paragraphs have none, because tight lists have no paragraphs; emphasis is
/// not looked at.
fn name(tag: &Tag<'_>) -> Option<String> {
    match tag {
        Tag::Heading { level, .. } => Some(level.to_string()),
        Tag::BlockQuote(_) => Some("quote".to_owned()),
        Tag::CodeBlock(_) => Some("code".to_owned()),
        Tag::List(start) => {
            Some(format!("list{}", start.map_or(String::new(), |start| start.to_string())))
        }
        Tag::Item => Some("item".to_owned()),
        _ => None,
    }
}

fn flush(words: &mut String, out: &mut Vec<String>) {
    let text = std::mem::take(words);
    if !text.trim().is_empty() {
        out.push(text.trim_end().to_owned());
    }
}

fn ours(pieces: &Pieces<Block>, out: &mut Vec<String>) {
    for block in pieces.iter() {
        match &block.kind {
            BlockKind::Heading { level, content, .. } => {
                element(format!("<h{level}"), out, |out| text(content, out))
            }
            BlockKind::Paragraph { content } => text(content, out),
            BlockKind::Rule => out.push("hr".to_owned()),
            BlockKind::Quote { blocks } => {
                element("<quote".to_owned(), out, |out| ours(blocks, out))
            }
            BlockKind::Code { text, .. } => element("<code".to_owned(), out, |out| {
                let mut words = text.iter().map(|part| part.text.as_str()).collect();
                flush(&mut words, out);
            }),
            BlockKind::List { start, items } => {
                let start = start.map_or(String::new(), |start| start.to_string());
                element(format!("<list{start}"), out, |out| {
                    for item in items.iter() {
                        element("<item".to_owned(), out, |out| ours(&item.blocks, out));
                    }
                });
            }
            other => panic!("{other:?}"),
        }
    }
}

fn element(start: String, out: &mut Vec<String>, inside: impl FnOnce(&mut Vec<String>)) {
    out.push(start);
    inside(out);
    out.push(">".to_owned());
}

/// The words of a text, divided where emphasis begins and ends as the parser's events are.
fn text(content: &[Inline], out: &mut Vec<String>) {
    let mut words = String::new();
    for inline in content {
        if matches!(inline, Inline::Emphasis { .. } | Inline::Strong { .. }) {
            flush(&mut words, out);
            text(inline.content(), out);
        } else {
            walk::inlines(std::slice::from_ref(inline), &mut |inline| match inline {
                Inline::Text { text } | Inline::Code { text } => words.push_str(text),
                Inline::SoftBreak | Inline::LineBreak => words.push(' '),
                other => panic!("{other:?}"),
            });
        }
    }
    flush(&mut words, out);
}

fn joined(parts: Vec<String>) -> String {
    parts.iter().map(|part| part.trim()).collect::<Vec<_>>().join("\u{b6}")
}

#[test]
fn blocks_are_divided_as_the_parser_divides_them() {
    let mut differ = Vec::new();
    for seed in 0..3000 {
        let mut random = Random::new(20_000 + seed);
        let lines: Vec<&str> = (0..8).map(|_| random.pick(&LINES)).collect();
        let text = lines.join("\n");
        let mut found = Vec::new();
        ours(Document::read(&text).frozen(), &mut found);
        let (found, expected) = (joined(found), joined(peer(&text)));
        if found != expected {
            differ.push(format!("{text:?}\n  ours {found}\n  peer {expected}"));
        }
    }
    assert!(
        differ.is_empty(),
        "{} differ, among them\n{}",
        differ.len(),
        differ.iter().take(12).cloned().collect::<Vec<_>>().join("\n")
    );
}
