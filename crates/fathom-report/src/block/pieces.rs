//! A list that grows at its end and is cheap to copy.

use std::sync::Arc;

use serde::{Serialize, Serializer};

/// How many entries share one pointer.
const SHELF: usize = 64;

type Shelf<T> = Arc<[Arc<T>]>;

/// A list whose copies share what they have in common.
///
/// A copy costs at most 64 pointers however long the list is, so a view can hold the list as it was
/// a moment ago while the reader appends to it. Entries never change once they are in.
#[derive(Debug, PartialEq, Eq)]
pub struct Pieces<T> {
    full: Arc<Vec<Shelf<T>>>,
    rest: Vec<Arc<T>>,
}

impl<T> Pieces<T> {
    /// An empty list.
    pub fn new() -> Self {
        Self { full: Arc::default(), rest: Vec::new() }
    }

    /// Appends an entry.
    pub fn push(&mut self, entry: impl Into<Arc<T>>) {
        self.rest.push(entry.into());
        if self.rest.len() == SHELF {
            Arc::make_mut(&mut self.full).push(std::mem::take(&mut self.rest).into());
        }
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.full.len() * SHELF + self.rest.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.full.is_empty() && self.rest.is_empty()
    }

    /// The entry at a place.
    pub fn get(&self, index: usize) -> Option<&Arc<T>> {
        match self.full.get(index / SHELF) {
            Some(shelf) => shelf.get(index % SHELF),
            None => self.rest.get(index - self.full.len() * SHELF),
        }
    }

    /// The last entry.
    pub fn last(&self) -> Option<&Arc<T>> {
        self.rest.last().or_else(|| self.full.last().and_then(|shelf| shelf.last()))
    }

    /// The entries from a place on; cheap to start anywhere.
    pub fn iter_from(&self, index: usize) -> impl Iterator<Item = &Arc<T>> {
        let shelves = self.full.get(index / SHELF..).unwrap_or_default();
        let passed =
            if shelves.is_empty() { self.full.len() * SHELF } else { index - index % SHELF };
        shelves.iter().flat_map(|shelf| shelf.iter()).chain(&self.rest).skip(index - passed)
    }

    /// The entries in order.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<T>> {
        self.iter_from(0)
    }
}

impl<T> Clone for Pieces<T> {
    fn clone(&self) -> Self {
        Self { full: Arc::clone(&self.full), rest: self.rest.clone() }
    }
}

impl<T> Default for Pieces<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> FromIterator<T> for Pieces<T> {
    fn from_iter<I: IntoIterator<Item = T>>(entries: I) -> Self {
        let mut pieces = Self::new();
        entries.into_iter().for_each(|entry| pieces.push(entry));
        pieces
    }
}

impl<T: Serialize> Serialize for Pieces<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(|entry| &**entry))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_order_and_starts_anywhere() {
        let pieces: Pieces<usize> = (0..200).collect();
        assert_eq!(pieces.len(), 200);
        for start in [0, 1, 63, 64, 65, 128, 191, 192, 199, 200, 300] {
            let rest: Vec<usize> = pieces.iter_from(start).map(|entry| **entry).collect();
            assert_eq!(rest, (start..200).collect::<Vec<_>>(), "from {start}");
            assert_eq!(pieces.get(start).map(|entry| **entry), (start < 200).then_some(start));
        }
        assert_eq!(pieces.last().map(|entry| **entry), Some(199));
    }

    #[test]
    fn a_copy_shares_its_entries() {
        let mut pieces: Pieces<String> = ["a", "b"].map(String::from).into_iter().collect();
        let copy = pieces.clone();
        pieces.push("c".to_owned());
        assert_eq!(copy.len(), 2);
        assert!(Arc::ptr_eq(pieces.get(1).unwrap(), copy.get(1).unwrap()));
    }
}
