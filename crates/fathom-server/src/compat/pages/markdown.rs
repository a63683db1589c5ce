//! A document as Markdown: its text with the signs for what is known of its structure.

use std::fmt::Write as _;

use fathom_core::StoredDocument;
use fathom_core::document::{Block, BlockKind};

/// The whole document. Words stand as they are stored; nothing is escaped, as vendors do not.
pub(in crate::compat) fn markdown(document: &StoredDocument) -> String {
    let mut out = String::with_capacity(document.text.len() + 16 * document.blocks.len());
    let mut before = None;
    for block in &document.blocks {
        let Some(text) = document.text.get(block.start..block.end) else { continue };
        if let Some(before) = before {
            out.push_str(if belong_together(before, block.kind) { "\n" } else { "\n\n" });
        }
        write(&mut out, block, text);
        before = Some(block.kind);
    }
    if before.is_none() { document.text.clone() } else { out }
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
        BlockKind::Header => write!(out, "| {text} |\n|{}", " --- |".repeat(cells(text))),
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
    use crate::library::{Format, import_text};

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
