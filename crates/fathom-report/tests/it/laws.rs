use std::sync::Arc;

use fathom_report::{Block, Document, Inline, Pieces, block::BlockKind, walk};

use crate::{
    dump,
    random::{self, Random},
};

fn in_pieces(pieces: &[&str]) -> Document {
    let mut document = Document::new();
    pieces.iter().for_each(|piece| document.push(piece));
    document
}

#[test]
fn reading_in_pieces_equals_reading_at_once() {
    for seed in 0..400 {
        let mut random = Random::new(seed);
        let text = random::markdown(&mut random, 60);
        let whole = Document::read(&text);
        for longest in [1, 3, 17, 200] {
            let mut document = in_pieces(&random::pieces(&mut random, &text, longest));
            document.finish();
            assert_eq!(document.frozen(), whole.frozen(), "seed {seed}, {text:?}");
            assert!(document.definitions().eq(whole.definitions()), "seed {seed}");
        }
    }
}

#[test]
fn every_prefix_shows_the_same_however_it_came() {
    for seed in 0..40 {
        let mut random = Random::new(1000 + seed);
        let text = random::markdown(&mut random, 40);
        let mut growing = Document::new();
        for (at, c) in text.char_indices() {
            growing.push(c.encode_utf8(&mut [0; 4]));
            let prefix = &text[..at + c.len_utf8()];
            assert_eq!(growing.blocks(), in_pieces(&[prefix]).blocks(), "seed {seed}, {prefix:?}");
        }
    }
}

#[test]
fn frozen_blocks_stay_the_very_same() {
    for seed in 0..200 {
        let mut random = Random::new(2000 + seed);
        let text = random::markdown(&mut random, 80);
        let mut document = Document::new();
        let mut frozen: Pieces<Block> = Pieces::new();
        for piece in random::pieces(&mut random, &text, 12) {
            document.push(piece);
            let blocks = document.blocks();
            for (index, block) in frozen.iter().enumerate() {
                assert!(
                    blocks.get(index).is_some_and(|now| Arc::ptr_eq(now, block)),
                    "seed {seed}"
                );
            }
            frozen = document.frozen().clone();
        }
    }
}

#[test]
fn keys_are_unique_among_siblings_and_count_up() {
    fn check(pieces: &Pieces<Block>) {
        let keys: Vec<u64> = pieces.iter().map(|block| block.key).collect();
        assert!(keys.is_sorted_by(|a, b| a < b), "{keys:?} {}", dump::blocks(pieces));
        for block in pieces.iter() {
            match &block.kind {
                BlockKind::Quote { blocks } | BlockKind::Note { blocks, .. } => check(blocks),
                BlockKind::List { items, .. } => {
                    assert!(items.iter().map(|item| item.key).is_sorted_by(|a, b| a < b));
                    items.iter().for_each(|item| check(&item.blocks));
                }
                BlockKind::Table { rows, .. } => {
                    assert!(rows.iter().map(|row| row.key).is_sorted_by(|a, b| a < b));
                }
                BlockKind::Code { text, .. } => {
                    assert!(text.iter().map(|part| part.key).is_sorted_by(|a, b| a < b));
                }
                _ => {}
            }
        }
    }
    for seed in 0..400 {
        let mut random = Random::new(3000 + seed);
        check(Document::read(&random::markdown(&mut random, 80)).frozen());
    }
}

#[test]
fn a_marker_knows_where_it_stands() {
    let mut seen = 0;
    for seed in 0..400 {
        let mut random = Random::new(4000 + seed);
        let text = random::markdown(&mut random, 60);
        let mut last = 0;
        walk::blocks(Document::read(&text).frozen(), &mut |block| {
            walk::texts(block, &mut |content| {
                walk::inlines(content, &mut |inline| {
                    let Inline::Citation { marker } = inline else { return };
                    let written = text.get(marker.span.start..marker.span.end);
                    assert!(written.is_some(), "{marker:?} in {text:?}");
                    assert!(marker.span.start >= last, "{marker:?} in {text:?}");
                    last = marker.span.end;
                    // An escape or an entity within the marker is the only difference there may be.
                    let plain = written.is_some_and(|written| {
                        !written.contains(['\\', '&', '\n', '\0', '\r', '*', '_', '`', '~', '$'])
                    });
                    if plain {
                        assert_eq!(written, Some(marker.raw.as_str()), "{text:?}");
                        seen += 1;
                    }
                });
            });
        });
    }
    assert!(seen > 1000, "{seen}");
}

#[test]
fn overlong_lines_and_paragraphs_obey_the_law_too() {
    let lines = [
        "word [1] ".repeat(4000),
        "a".repeat(20_000),
        format!("```\n{}\n```\n", "x".repeat(20_000)),
        format!("- {}\n- b\n", "日本語".repeat(4000)),
        format!("| a | b |\n|---|---|\n| {} | c |\n| d | e |\n", "y ".repeat(9000)),
        "> line of a long paragraph\n".repeat(1000),
        format!("# {}\ntext", "heading ".repeat(3000)),
    ];
    let text = lines.join("\n\n");
    let whole = Document::read(&text);
    for seed in 0..4 {
        let mut random = Random::new(5000 + seed);
        let mut document = in_pieces(&random::pieces(&mut random, &text, 3000));
        document.finish();
        assert_eq!(document.frozen(), whole.frozen());
    }
    let words = dump::blocks(whole.frozen());
    assert_eq!(words.matches("{1}").count(), 4000);
    assert_eq!(words.matches('日').count(), 4000);
    assert_eq!(words.matches('x').count() - "text".matches('x').count(), 20_000);
}
