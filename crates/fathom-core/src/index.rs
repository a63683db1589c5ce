//! Numbers by name.

/// A small map from names to numbers, in the order of the names. A tree of nodes would be ten times the
/// code, for a few thousand names at most.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index(Vec<(String, u32)>);

impl Index {
    /// How many names there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The number of a name.
    pub(crate) fn get(&self, name: &str) -> Option<u32> {
        let place = self.find(name).ok()?;
        self.0.get(place).map(|(_, number)| *number)
    }

    /// Gives a name a number, in place of the one it has.
    pub(crate) fn insert(&mut self, name: &str, number: u32) {
        match self.find(name) {
            Ok(place) => {
                if let Some((_, held)) = self.0.get_mut(place) {
                    *held = number;
                }
            }
            Err(place) => self.0.insert(place, (name.to_owned(), number)),
        }
    }

    fn find(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.as_str().cmp(name))
    }
}

#[cfg(test)]
mod tests {
    use super::Index;

    #[test]
    fn a_name_has_the_number_it_was_given_last() {
        let mut index = Index::default();
        for (name, number) in [("b", 1), ("a", 2), ("c", 3), ("b", 4)] {
            index.insert(name, number);
        }
        assert_eq!(
            ["a", "b", "c", "d"].map(|name| index.get(name)),
            [Some(2), Some(4), Some(3), None]
        );
        assert_eq!(index.len(), 3);
    }
}
