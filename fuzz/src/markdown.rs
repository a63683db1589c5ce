//! Markdown: reading in pieces equals reading at once.

use fathom_report::Document;

/// Reads a text at once and in pieces as long as its first byte says.
pub fn read(bytes: &[u8]) {
    let Some((longest, rest)) = bytes.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    let whole = Document::read(&text);
    let mut growing = Document::new();
    for (count, piece) in pieces(&text, usize::from(*longest).max(1)).into_iter().enumerate() {
        growing.push(piece);
        // The tail as it would be shown, now and then: it costs as much as the tail is long.
        if count % 16 == 0 {
            let _ = growing.blocks();
        }
    }
    growing.finish();
    assert_eq!(growing.frozen(), whole.frozen());
    assert!(growing.definitions().eq(whole.definitions()));
}

fn pieces(text: &str, longest: usize) -> Vec<&str> {
    let mut rest = text;
    let mut pieces = Vec::new();
    while !rest.is_empty() {
        let at = (longest.min(rest.len())..=rest.len()).find(|at| rest.is_char_boundary(*at));
        let (piece, after) = rest.split_at(at.unwrap_or(rest.len()));
        pieces.push(piece);
        rest = after;
    }
    pieces
}
