//! A stored document as parts to show. Pure: byte ranges of its text, nothing is parsed again.

use std::ops::Range;

use fathom_core::{Block, StoredDocument, document::BlockKind};

/// What parts the cells of a row.
const CELLS: &str = " | ";

/// How many bytes of text go into one group.
const GROUP: usize = 3_000;

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A heading with its level.
    Heading(u8, Range<usize>),
    /// Running text.
    Paragraph(Range<usize>),
    /// Text that keeps its line breaks.
    Code(Range<usize>),
    /// Items of a list with their depth.
    Items(Vec<(u8, Range<usize>)>),
    /// Rows of a table: whether it is the head, and its cells.
    Table(Vec<(bool, Vec<Range<usize>>)>),
}

/// The parts of a document, in groups that are laid out only when they come near the screen.
pub(super) fn groups(document: &StoredDocument) -> Vec<Vec<Part>> {
    let mut groups = vec![Vec::new()];
    let mut start = 0;
    for block in blocks(document) {
        if block.start.saturating_sub(start) >= GROUP && !continues(&groups, block.kind) {
            groups.push(Vec::new());
            start = block.start;
        }
        if let Some(group) = groups.last_mut() {
            append(group, &block, &document.text);
        }
    }
    groups
}

/// The blocks of a document; its lines when it names none.
fn blocks(document: &StoredDocument) -> Vec<Block> {
    if !document.blocks.is_empty() {
        return document.blocks.clone();
    }
    let mut start = 0;
    let line = |line: &str| {
        let words = line.trim_end();
        let block = Block { kind: BlockKind::Paragraph, level: 0, start, end: start + words.len() };
        start += line.len();
        (!words.trim().is_empty()).then_some(block)
    };
    document.text.split_inclusive('\n').filter_map(line).collect()
}

/// Whether a block goes on with a list or table that is open.
fn continues(groups: &[Vec<Part>], kind: BlockKind) -> bool {
    let last = groups.last().and_then(|group| group.last());
    matches!(
        (last, kind),
        (Some(Part::Items(_)), BlockKind::Item) | (Some(Part::Table(_)), BlockKind::Row)
    )
}

fn append(group: &mut Vec<Part>, block: &Block, text: &str) {
    let range = block.start..block.end;
    match (block.kind, group.last_mut()) {
        (BlockKind::Heading, _) => group.push(Part::Heading(block.level, range)),
        (BlockKind::Paragraph, _) => group.push(Part::Paragraph(range)),
        (BlockKind::Code, _) => group.push(Part::Code(range)),
        (BlockKind::Item, Some(Part::Items(items))) => items.push((block.level, range)),
        (BlockKind::Item, _) => group.push(Part::Items(vec![(block.level, range)])),
        (BlockKind::Row, Some(Part::Table(rows))) => rows.push((false, cells(text, range))),
        (kind @ (BlockKind::Row | BlockKind::Header), _) => {
            group.push(Part::Table(vec![(kind == BlockKind::Header, cells(text, range))]));
        }
    }
}

fn cells(text: &str, row: Range<usize>) -> Vec<Range<usize>> {
    let mut start = row.start;
    let words = text.get(row).unwrap_or_default();
    words
        .split(CELLS)
        .map(|cell| {
            let range = start..start + cell.len();
            start = range.end + CELLS.len();
            range
        })
        .collect()
}

/// The text of a range, cut where a passage begins and ends; with whether it is in the passage.
pub(super) fn stretches<'a>(
    text: &'a str,
    range: &Range<usize>,
    passage: &Range<usize>,
) -> Vec<(bool, &'a str)> {
    let from = passage.start.clamp(range.start, range.end);
    let to = passage.end.clamp(from, range.end);
    [(false, range.start..from), (true, from..to), (false, to..range.end)]
        .into_iter()
        .filter_map(|(inside, part)| Some((inside, text.get(part)?)))
        .filter(|(_, words)| !words.is_empty())
        .collect()
}

/// The group that holds a byte of the text.
pub(super) fn group_of(groups: &[Vec<Part>], place: usize) -> usize {
    groups
        .partition_point(|group| group.first().is_some_and(|part| start(part) <= place))
        .saturating_sub(1)
}

fn start(part: &Part) -> usize {
    match part {
        Part::Heading(_, range) | Part::Paragraph(range) | Part::Code(range) => range.start,
        Part::Items(items) => items.first().map_or(0, |(_, range)| range.start),
        Part::Table(rows) => {
            rows.first().and_then(|(_, cells)| cells.first()).map_or(0, |cell| cell.start)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(lines: &[(BlockKind, &str)]) -> StoredDocument {
        let mut document = StoredDocument::default();
        for (kind, line) in lines {
            let start = document.text.len();
            document.text.push_str(line);
            document.blocks.push(Block { kind: *kind, level: 1, start, end: document.text.len() });
            document.text.push('\n');
        }
        document
    }

    #[test]
    fn items_and_rows_are_gathered_and_cells_keep_their_bytes() {
        let document = document(&[
            (BlockKind::Heading, "Norway"),
            (BlockKind::Item, "oil"),
            (BlockKind::Item, "fish"),
            (BlockKind::Header, "Year | kWh"),
            (BlockKind::Row, "2013 | 134"),
        ]);
        let parts = groups(&document).concat();
        assert!(
            matches!(parts.as_slice(), [Part::Heading(..), Part::Items(items), Part::Table(rows)]
            if items.len() == 2 && rows.len() == 2)
        );
        let Some(Part::Table(rows)) = parts.last() else { panic!("no table") };
        let words: Vec<_> =
            rows[1].1.iter().filter_map(|cell| document.text.get(cell.clone())).collect();
        assert_eq!(words, ["2013", "134"]);
    }

    #[test]
    fn a_passage_cuts_the_text_and_nothing_is_lost() {
        let text = "Oslo is the capital.";
        assert_eq!(
            stretches(text, &(0..20), &(5..7)),
            [(false, "Oslo "), (true, "is"), (false, " the capital.")]
        );
        assert_eq!(stretches(text, &(0..20), &(30..40)), [(false, text)]);
        assert_eq!(stretches(text, &(0..20), &(0..20)), [(true, text)]);
    }

    #[test]
    fn long_documents_make_many_groups_and_a_byte_finds_its_own() {
        let line = "word ".repeat(100);
        let lines: Vec<_> = (0..50).map(|_| (BlockKind::Paragraph, line.as_str())).collect();
        let document = document(&lines);
        let groups = groups(&document);
        assert!(groups.len() > 5);
        let place = document.blocks[30].start + 3;
        let found = group_of(&groups, place);
        assert!(
            groups[found]
                .iter()
                .any(|part| matches!(part, Part::Paragraph(range) if range.contains(&place)))
        );
    }

    #[test]
    fn a_document_without_blocks_is_shown_by_lines() {
        let document =
            StoredDocument { text: "One.\n\nTwo.".to_owned(), ..StoredDocument::default() };
        assert_eq!(groups(&document).concat(), [Part::Paragraph(0..4), Part::Paragraph(6..10)]);
    }
}
