//! Visiting a tree in reading order.

use crate::block::{Block, BlockKind, Inline, Pieces};

/// Calls `visit` with every block, outer before inner, in reading order.
pub fn blocks<'a>(pieces: &'a Pieces<Block>, visit: &mut dyn FnMut(&'a Block)) {
    pieces.iter().for_each(|block| self::block(block, visit));
}

/// Calls `visit` with the block and every block within it.
pub fn block<'a>(block: &'a Block, visit: &mut dyn FnMut(&'a Block)) {
    visit(block);
    match &block.kind {
        BlockKind::List { items, .. } => {
            items.iter().for_each(|item| blocks(&item.blocks, visit));
        }
        BlockKind::Quote { blocks: inner } | BlockKind::Note { blocks: inner, .. } => {
            blocks(inner, visit);
        }
        _ => {}
    }
}

/// Calls `visit` with the running texts that stand in the block itself, cell by cell.
pub fn texts<'a>(block: &'a Block, visit: &mut dyn FnMut(&'a [Inline])) {
    match &block.kind {
        BlockKind::Heading { content, .. } | BlockKind::Paragraph { content } => visit(content),
        BlockKind::Table { head, rows, .. } => {
            let cells = head.iter().chain(rows.iter().flat_map(|row| &row.cells));
            cells.for_each(|cell| visit(&cell.content));
        }
        _ => {}
    }
}

/// Calls `visit` with every inline, outer before inner, in reading order.
pub fn inlines<'a>(content: &'a [Inline], visit: &mut dyn FnMut(&'a Inline)) {
    for inline in content {
        visit(inline);
        inlines(inline.content(), visit);
    }
}
