use fathom_core::{BlockKind, StoredDocument};

use super::{Format, import, import_pages};

fn blocks(document: &StoredDocument) -> Vec<(BlockKind, u8, &str)> {
    let text = |block: &fathom_core::Block| document.text.get(block.start..block.end).unwrap();
    document.blocks.iter().map(|block| (block.kind, block.level, text(block))).collect()
}

#[test]
fn markdown_becomes_text_with_its_structure() {
    let source = "---\ntitle: Norway\nurl: https://example.org/no\n---\n# Norway\n\nA *long*\ncountry, see [the map](map.png).\n\n- fish\n  - cod\n- oil\n\n| Year | Value |\n|---|---|\n| 2020 | a\\|b |\n| 2021 | |\n\n```\nlet x;\n\nlet y;\n```\n";
    let document = import("europe/no.md", source.as_bytes()).unwrap();
    assert_eq!(
        blocks(&document),
        [
            (BlockKind::Heading, 1, "Norway"),
            (BlockKind::Paragraph, 0, "A long country, see the map."),
            (BlockKind::Item, 1, "fish"),
            (BlockKind::Item, 2, "cod"),
            (BlockKind::Item, 1, "oil"),
            (BlockKind::Header, 0, "Year | Value"),
            (BlockKind::Row, 0, "2020 | a/b"),
            (BlockKind::Row, 0, "2021"),
            (BlockKind::Code, 0, "let x;\n\nlet y;"),
        ]
    );
    assert_eq!(document.title, "Norway");
    assert_eq!(document.url.as_deref(), Some("https://example.org/no"));
    assert!(document.document.starts_with("europe/no.md@"));
    assert_eq!(document.document.len(), "europe/no.md@".len() + 12);
}

#[test]
fn wrapped_lines_of_plain_text_are_joined_and_lists_are_not() {
    let source = "REPORT\n\nThis is a line that somebody has wrapped by\nhand, because it is long, with one divi-\nded word.\n\na: 1\nsecond: 2000 and some\nb: 3\n";
    let document = import("a_report.txt", source.as_bytes()).unwrap();
    assert_eq!(
        blocks(&document),
        [
            (BlockKind::Heading, 2, "REPORT"),
            (
                BlockKind::Paragraph,
                0,
                "This is a line that somebody has wrapped by hand, because it is long, with one divided word."
            ),
            (BlockKind::Paragraph, 0, "a: 1"),
            (BlockKind::Paragraph, 0, "second: 2000 and some"),
            (BlockKind::Paragraph, 0, "b: 3"),
        ]
    );
    assert_eq!(document.title, "REPORT");
}

#[test]
fn lines_of_a_speech_without_blank_lines_are_paragraphs() {
    let line = "Fellow citizens of the Senate and of the House, it is my duty to report on the state of our union as it stands today. ".repeat(3);
    let document = import("speech-1790.txt", format!("{line}\n{line}\n").as_bytes()).unwrap();
    assert_eq!(document.blocks.len(), 2);
    assert_eq!(document.title, "speech 1790");
}

#[test]
fn a_web_page_is_reduced_to_its_article() {
    let sentence = "The harbour was built in 1902, and since then it has been enlarged twice, in 1930 and in 1985. ";
    let html = format!(
        "<html><head><title>The harbour</title></head><body><nav><a href=/>Home</a></nav><article><h2>History</h2><p>{0}</p><p>{0}{0}</p><p>{0}{0}</p></article><script>alert(1)</script></body></html>",
        sentence.repeat(4)
    );
    let document = import("harbour.html", html.as_bytes()).unwrap();
    assert_eq!(document.title, "The harbour");
    assert!(document.text.contains("enlarged twice"));
    assert!(!document.text.contains("alert") && !document.text.contains("Home"));
}

#[test]
fn a_page_too_short_for_an_article_is_taken_whole() {
    let document = import("a.html", b"<p>Short note.</p>").unwrap();
    assert!(document.text.contains("Short note."));
}

#[test]
fn bad_files_are_skipped_with_a_reason() {
    let deep = "<div>".repeat(100_000);
    let cases: [(&str, &[u8], &str); 5] = [
        ("a.md", b"", "0 bytes"),
        ("a.txt", b"PK\0\x03\0\0\0", "zero bytes"),
        ("a.md", b"<!-- nothing -->", "no text"),
        ("a.html", deep.as_bytes(), "deeper"),
        ("a.pdf", b"%PDF", "not markdown"),
    ];
    for (path, bytes, reason) in cases {
        let skipped = import(path, bytes).unwrap_err();
        assert!(skipped.reason.contains(reason), "{}", skipped.reason);
        assert_eq!(skipped.path, path);
    }
}

#[test]
fn hostile_markdown_ends() {
    for piece in ["> ", "- ", "[", "*a_", "`", "<!--", "|-", "1. ", "![]("] {
        let _ = import("a.md", piece.repeat(20_000).as_bytes());
    }
}

#[test]
fn scanned_pages_say_what_to_do() {
    assert!(import_pages("a.pdf", &[" \n".to_owned()]).unwrap_err().reason.contains("OCR"));
}

#[test]
fn formats_are_told_by_the_name() {
    assert_eq!(Format::of("a/b.MD"), Some(Format::Markdown));
    assert_eq!(Format::of("a.b/c"), None);
    assert_eq!(Format::of("c.rs"), None);
}
