//! A list while it grows: the items before the last are finished.

use super::{
    line::Line,
    names::Scope,
    open::is_lazy,
    reader::{Reader, block},
    start::{self, ItemMark, Start},
};
use crate::block::{Block, BlockKind, Item, Pieces};

/// A list that may still grow.
#[derive(Clone, Debug)]
pub(super) struct OpenList {
    key: usize,
    mark: ItemMark,
    items: Pieces<Item>,
    item: OpenItem,
    /// Whether the item before the open one was loose; the last item follows it.
    loose: bool,
    depth: u8,
}

#[derive(Clone, Debug)]
struct OpenItem {
    key: usize,
    /// The column where the item's content stands.
    offset: usize,
    ticked: Option<bool>,
    reader: Reader,
    /// Whether the line before was blank.
    blank: bool,
}

impl OpenList {
    pub(super) fn begin(line: Line<'_>, mark: ItemMark, depth: u8, scope: &mut Scope<'_>) -> Self {
        let item = OpenItem::begin(line, mark, depth, scope);
        Self { key: item.key, mark, items: Pieces::new(), item, loose: false, depth }
    }

    pub(super) const fn reader(&self) -> &Reader {
        &self.item.reader
    }

    pub(super) const fn reader_mut(&mut self) -> &mut Reader {
        &mut self.item.reader
    }

    pub(super) fn goes_on(&mut self, line: Line<'_>, scope: &mut Scope<'_>) -> bool {
        if line.is_blank() || self.item.holds(&line) {
            self.item.line(line, scope);
            return true;
        }
        if let Start::Item(mark) = start::start(&line)
            && mark.mark == self.mark.mark
        {
            self.next(line, mark, scope);
            return true;
        }
        let lazy = is_lazy(&line, &self.item.reader);
        if lazy {
            self.item.reader.lazy(line, scope);
            self.item.blank = false;
        }
        lazy
    }

    /// Finishes the item and begins the next.
    fn next(&mut self, line: Line<'_>, mark: ItemMark, scope: &mut Scope<'_>) {
        let next = OpenItem::begin(line, mark, self.depth, scope);
        let item = std::mem::replace(&mut self.item, next);
        self.loose = item.blank || item.reader.loose;
        self.items.push(item.close(self.loose, scope));
    }

    pub(super) fn close(self, scope: &mut Scope<'_>) -> Block {
        let Self { key, mark, mut items, item, loose, .. } = self;
        items.push(item.close(loose, scope));
        block(key, BlockKind::List { start: mark.number, items })
    }
}

impl OpenItem {
    fn begin(line: Line<'_>, mark: ItemMark, depth: u8, scope: &mut Scope<'_>) -> Self {
        let key = line.trimmed_start();
        let indent = line.indent();
        let rest = line.without_indent(indent).without_bytes(mark.length);
        // More than four spaces make the content indented code that begins after one of them.
        let gap = match rest.indent() {
            _ if mark.is_empty => 1,
            gap @ 1..=4 => gap,
            _ => 1,
        };
        let (ticked, rest) = tick(rest.without_indent(gap));
        let reader = Reader::nested(depth);
        let offset = indent + mark.length + gap;
        let mut item = Self { key, offset, ticked, reader, blank: false };
        if !rest.is_blank() {
            item.reader.line(rest, scope);
        }
        item
    }

    /// Whether the line stands far enough to the right. An item whose mark is followed by a blank
    /// line is over.
    fn holds(&self, line: &Line<'_>) -> bool {
        line.indent() >= self.offset && !(self.blank && self.reader.is_empty())
    }

    fn line(&mut self, line: Line<'_>, scope: &mut Scope<'_>) {
        self.blank = line.is_blank();
        self.reader.line(line.without_indent(self.offset), scope);
    }

    fn close(mut self, loose: bool, scope: &mut Scope<'_>) -> Item {
        self.reader.close(scope);
        Item {
            key: self.key as u64,
            ticked: self.ticked,
            loose: loose || self.reader.loose,
            blocks: self.reader.done,
        }
    }
}

/// Takes the box off an item of a task list.
fn tick(line: Line<'_>) -> (Option<bool>, Line<'_>) {
    let ticked = match line.text.get(..4) {
        Some("[ ] ") => false,
        Some("[x] " | "[X] ") => true,
        _ => return (None, line),
    };
    (Some(ticked), line.without_bytes(4))
}
