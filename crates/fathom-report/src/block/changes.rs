//! What changed from one reading of a document to the next, as data.

use std::sync::Arc;

use serde::Serialize;

use super::{Block, BlockKind, CodeText, Item, Pieces, Row};

/// How to make a later list of pieces from an earlier one: keep the first [`Changes::from`] entries,
/// let the next one grow where [`Changes::grow`] says so, drop the rest, append [`Changes::new`].
///
/// A list only changes at its end, and so does the list inside its last entry. What crosses to
/// another language for each piece of text is therefore as long as what is new, also at the end of a
/// table of a thousand rows.
#[derive(Debug, Serialize)]
pub struct Changes<'a, T> {
    /// How many entries stay.
    pub from: usize,
    /// What happens inside the entry after those; none where that one is new as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grow: Option<Box<Growth<'a>>>,
    /// The entries that follow.
    pub new: Vec<&'a T>,
}

/// The changes of the list inside an entry. Its kind says which list that is.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Growth<'a> {
    /// The blocks of a quotation, a note or an item.
    Blocks(Changes<'a, Block>),
    /// The items of a list.
    Items(Changes<'a, Item>),
    /// The rows of a table.
    Rows(Changes<'a, Row>),
    /// The lines of code.
    Text(Changes<'a, CodeText>),
}

impl<'a, T: Grow> Changes<'a, T> {
    /// The changes that make `new` from `old`, an earlier reading of the same document.
    pub fn between(old: &Pieces<T>, new: &'a Pieces<T>) -> Self {
        let same =
            |index| matches!((old.get(index), new.get(index)), (Some(a), Some(b)) if is_same(a, b));
        let mut from = old.len().min(new.len());
        // Whatever stands before an entry that stayed has stayed too.
        while from.checked_sub(1).is_some_and(|last| !same(last)) {
            from -= 1;
        }
        let grow = old.get(from).zip(new.get(from)).and_then(|(old, new)| T::grow(old, new));
        let rest = new.iter_from(from + usize::from(grow.is_some()));
        Self { from, new: rest.map(|entry| &**entry).collect(), grow: grow.map(Box::new) }
    }
}

fn is_same<T: PartialEq>(a: &Arc<T>, b: &Arc<T>) -> bool {
    Arc::ptr_eq(a, b) || a == b
}

/// An entry of [`Pieces`] that may hold a list itself.
pub trait Grow: PartialEq + Serialize {
    /// The changes of the list inside, where nothing else differs between the two readings.
    fn grow<'a>(old: &Self, new: &'a Self) -> Option<Growth<'a>>;
}

impl Grow for Block {
    fn grow<'a>(old: &Self, new: &'a Self) -> Option<Growth<'a>> {
        use BlockKind::{Code, List, Note, Quote, Table};
        if old.key != new.key {
            return None;
        }
        match (&old.kind, &new.kind) {
            (List { start: was, items: old }, List { start, items }) if was == start => {
                Some(Growth::Items(Changes::between(old, items)))
            }
            (Quote { blocks: old }, Quote { blocks }) => {
                Some(Growth::Blocks(Changes::between(old, blocks)))
            }
            (Note { label: was, blocks: old }, Note { label, blocks }) if was == label => {
                Some(Growth::Blocks(Changes::between(old, blocks)))
            }
            (Code { language: was, text: old }, Code { language, text }) if was == language => {
                Some(Growth::Text(Changes::between(old, text)))
            }
            (
                Table { columns: old_columns, head: old_head, rows: old },
                Table { columns, head, rows },
            ) if old_columns == columns && old_head == head => {
                Some(Growth::Rows(Changes::between(old, rows)))
            }
            _ => None,
        }
    }
}

impl Grow for Item {
    fn grow<'a>(old: &Self, new: &'a Self) -> Option<Growth<'a>> {
        let alike = old.key == new.key && old.ticked == new.ticked && old.loose == new.loose;
        alike.then(|| Growth::Blocks(Changes::between(&old.blocks, &new.blocks)))
    }
}

impl Grow for Row {
    fn grow<'a>(_: &Self, _: &'a Self) -> Option<Growth<'a>> {
        None
    }
}

impl Grow for CodeText {
    fn grow<'a>(_: &Self, _: &'a Self) -> Option<Growth<'a>> {
        None
    }
}
