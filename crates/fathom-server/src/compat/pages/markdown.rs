//! A document as Markdown: its text with the signs for what is known of its structure.

use std::fmt::Write as _;

use fathom_core::StoredDocument;
use fathom_core::document::{Block, BlockKind};

/// The whole document. Words stand as they are stored; nothing is escaped, as vendors do not.
pub(in crate::compat) fn markdown(document: &StoredDocument) -> String {
    let mut out = String::with_capacity(document.text.len() + 16 * document.blocks.len());
    let mut before = None;
    let mut blocks = document.blocks.iter().peekable();
    let text = |block: &Block| document.text.get(block.start..block.end);
    while let Some(block) = blocks.next() {
        let Some(words) = text(block) else { continue };
        if let Some(before) = before {
            out.push_str(if belong_together(before, block.kind) { "\n" } else { "\n\n" });
        }
        if begins_table(before, block.kind) {
            let rest = blocks.clone().take_while(|next| next.kind == BlockKind::Row);
            let width = rest.filter_map(text).chain([words]).map(cells).max().unwrap_or(1);
            write_head(&mut out, if block.kind == BlockKind::Header { words } else { "" }, width);
        }
        write(&mut out, block, words);
        before = Some(block.kind);
    }
    if before.is_none() { document.text.clone() } else { out }
}

/// Whether a table begins with this block; rows that follow something else have no names above them.
const fn begins_table(before: Option<BlockKind>, next: BlockKind) -> bool {
    match next {
        BlockKind::Header => true,
        BlockKind::Row => !matches!(before, Some(BlockKind::Header | BlockKind::Row)),
        _ => false,
    }
}

/// The names of columns, or nothing in their places, and the line below them. Without it, or with too few of them,
/// readers of Markdown see no table or lose its cells.
fn write_head(out: &mut String, names: &str, width: usize) {
    let missing = width.saturating_sub(if names.is_empty() { 0 } else { cells(names) });
    let end = if names.is_empty() { "" } else { " |" };
    let start = if names.is_empty() { "|" } else { "| " };
    // Writing to a string cannot fail.
    let _ =
        write!(out, "{start}{names}{end}{}\n|{}", "  |".repeat(missing), " --- |".repeat(width));
    if names.is_empty() {
        out.push('\n');
    }
}

const fn belong_together(before: BlockKind, next: BlockKind) -> bool {
    matches!(
        (before, next),
        (BlockKind::Item, BlockKind::Item) | (BlockKind::Header | BlockKind::Row, BlockKind::Row)
    )
}

fn write(out: &mut String, block: &Block, text: &str) {
    // Writing to a string cannot fail.
    let _ = match block.kind {
        BlockKind::Heading => {
            let level = usize::from(block.level.clamp(1, 6));
            write!(out, "{} {text}", "#".repeat(level))
        }
        BlockKind::Item => {
            let depth = usize::from(block.level.max(1)) - 1;
            write!(out, "{}- {}", "  ".repeat(depth), text.replace('\n', " "))
        }
        // Already written, with the line below it.
        BlockKind::Header => Ok(()),
        BlockKind::Row => write!(out, "| {text} |"),
        BlockKind::Code => {
            let fence = fence(text);
            write!(out, "{fence}\n{}\n{fence}", text.trim_end_matches('\n'))
        }
        BlockKind::Paragraph => write!(out, "{text}"),
    };
}

/// Cells are stored with this between them.
fn cells(row: &str) -> usize {
    row.split(" | ").count()
}

/// A fence that no line of the code ends.
fn fence(code: &str) -> String {
    let runs =
        code.lines().map(|line| line.trim_start().bytes().take_while(|b| *b == b'`').count());
    "`".repeat(runs.max().unwrap_or(0).max(2) + 1)
}

#[cfg(test)]
mod tests {
    use super::markdown;
    use crate::library::{Format, import_page, import_text};

    /// What is read in and written out again reads the same.
    #[test]
    fn the_structure_of_a_document_survives() {
        let written = "# Norway\n\nA country in the north.\n\n## Exports\n\n- fish\n- oil\n  - crude\n\n| year | share |\n| --- | --- |\n| 2024 | 5 |\n| 2025 | 6 |\n\n```\nlet a = 1;\n\nlet b = 2;\n```\n\nThe end.";
        let document = import_text("norway.md", Format::Markdown, written).unwrap();
        assert_eq!(markdown(&document), written);
        let again = import_text("norway.md", Format::Markdown, &markdown(&document)).unwrap();
        assert_eq!((again.text, again.blocks), (document.text, document.blocks));
    }

    #[test]
    fn a_table_without_names_is_still_a_table() {
        let page = "<p>Fees.</p><table><tr><td>Rowing</td><td>410</td></tr><tr><td>Canoe</td><td>95</td><td>youths</td></tr></table><p>End.</p>";
        let (document, _) = import_page("https://example.org/", page).unwrap();
        let written = "Fees.\n\n|  |  |  |\n| --- | --- | --- |\n| Rowing | 410 |\n| Canoe | 95 | youths |\n\nEnd.";
        assert_eq!(markdown(&document), written);
        let again = import_text("a.md", Format::Markdown, written).unwrap();
        assert_eq!((again.text, again.blocks), (document.text, document.blocks));
    }

    #[test]
    fn names_that_are_missing_cost_no_cells() {
        let page = "<table><tr><th></th><th>Week</th><th></th></tr><tr><td>Sauna</td><td>17</td><td>late</td></tr></table>";
        let (document, _) = import_page("https://example.org/", page).unwrap();
        assert_eq!(
            markdown(&document),
            "|  | Week |  |\n| --- | --- | --- |\n| Sauna | 17 | late |"
        );
    }

    #[test]
    fn code_does_not_end_its_own_fence() {
        let document = import_text("a.md", Format::Markdown, "````\n```\nx\n```\n````").unwrap();
        assert_eq!(markdown(&document), "````\n```\nx\n```\n````");
    }

    #[test]
    fn a_text_without_structure_is_itself() {
        let document =
            fathom_core::StoredDocument { text: "a\nb".to_owned(), ..Default::default() };
        assert_eq!(markdown(&document), "a\nb");
    }
}
