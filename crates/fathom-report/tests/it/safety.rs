#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use wasm_bindgen_test::wasm_bindgen_test as test;

use fathom_report::{BlockKind, Document, Inline, Target, walk};

use crate::random::{self, Random};

/// Payloads of the kinds that are collected in public filter-evasion lists, one a line, written for
/// this test: what matters is the way they try to get in.
const PAYLOADS: &str = include_str!("payloads.txt");

fn payloads() -> Vec<String> {
    let lines = PAYLOADS.lines().filter(|line| !line.is_empty());
    lines
        .map(|line| {
            line.replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\0", "\0")
                .replace("\\x01", "\u{1}")
        })
        .collect()
}

fn is_safe(address: &str) -> bool {
    let clean =
        !address.chars().any(|c| c.is_control() || c.is_whitespace() || "\"<>`\\".contains(c));
    let lower = address.to_ascii_lowercase();
    clean && ["https://", "http://", "mailto:", "#"].iter().any(|start| lower.starts_with(start))
}

fn check(markdown: &str) {
    let document = Document::read(markdown);
    walk::blocks(document.frozen(), &mut |block| {
        if let BlockKind::Heading { slug, .. } = &block.kind {
            assert!(slug.chars().all(|c| c.is_alphanumeric() || c == '-'), "{slug:?}");
        }
        walk::texts(block, &mut |content| {
            walk::inlines(content, &mut |inline| match inline {
                Inline::Link { href, .. } => {
                    assert!(is_safe(href.as_str()), "{href:?} in {markdown:?}")
                }
                Inline::Image { src, .. } => {
                    assert!(is_safe(src.as_str()), "{src:?} in {markdown:?}")
                }
                Inline::Citation { marker } => {
                    for target in &marker.targets {
                        if let Target::Page { url, .. } = target {
                            assert!(is_safe(url.as_str()), "{url:?} in {markdown:?}");
                        }
                    }
                }
                _ => {}
            });
        });
    });
    for (_, definition) in document.definitions() {
        assert!(is_safe(definition.href.as_str()), "{definition:?} in {markdown:?}");
    }
}

#[test]
fn no_payload_becomes_more_than_text_and_safe_links() {
    let payloads = payloads();
    assert!(payloads.len() >= 100, "{}", payloads.len());
    for payload in &payloads {
        for around in [
            "{}",
            "- {}",
            "> {}",
            "| a | b |\n|--|--|\n| {} | x |",
            "# {}",
            "**{}**",
            "[^1]: {}",
            "[1] {} [2]",
            "<cite>{}</cite>",
        ] {
            check(&around.replace("{}", payload));
        }
    }
}

#[test]
fn no_mixture_of_payloads_does_either() {
    let payloads = payloads();
    for seed in 0..300 {
        let mut random = Random::new(7000 + seed);
        let mut text = String::new();
        for _ in 0..6 {
            text.push_str(&payloads[random.below(payloads.len())]);
            text.push_str(&random::markdown(&mut random, 4));
        }
        check(&text);
    }
}
