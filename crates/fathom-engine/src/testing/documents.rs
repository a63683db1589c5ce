use fathom_core::{Block, BlockKind, StoredDocument};

/// A stored document from a few lines: `# ` to `###### ` are headings, `- ` items, `| a | b |` table rows (the first of
/// a run is its header), everything else paragraphs.
pub fn document(path: &str, title: &str, lines: &str) -> StoredDocument {
    let mut made = StoredDocument {
        document: format!(
            "{path}@{:012x}",
            lines.bytes().fold(7_u64, |hash, byte| hash.wrapping_mul(31) ^ u64::from(byte)) >> 16
        ),
        path: path.to_owned(),
        title: title.to_owned(),
        ..StoredDocument::default()
    };
    let mut in_table = false;
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let (kind, level, text) = read(line, in_table);
        in_table = matches!(kind, BlockKind::Header | BlockKind::Row);
        let start = made.text.len();
        made.text.push_str(&text);
        made.blocks.push(Block { kind, level, start, end: made.text.len() });
        made.text.push('\n');
    }
    made
}

fn read(line: &str, in_table: bool) -> (BlockKind, u8, String) {
    let hashes = line.bytes().take_while(|byte| *byte == b'#').count();
    if (1..=6).contains(&hashes) {
        return (
            BlockKind::Heading,
            u8::try_from(hashes).unwrap_or(6),
            line.trim_start_matches('#').trim().to_owned(),
        );
    }
    if let Some(item) = line.strip_prefix("- ") {
        return (BlockKind::Item, 1, item.to_owned());
    }
    if let Some(row) = line.strip_prefix('|').and_then(|row| row.strip_suffix('|')) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        return (if in_table { BlockKind::Row } else { BlockKind::Header }, 0, cells.join(" | "));
    }
    (BlockKind::Paragraph, 0, line.to_owned())
}
