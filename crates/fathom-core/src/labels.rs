//! Texts by name, in the order in which they were given.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::json::{self, Fit};

/// Labels of a task: texts by name, each name once. A task has a few of them, for which a tree would
/// be five kilobytes of every browser module.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels(Vec<(String, String)>);

impl Labels {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text of this name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(known, _)| *known == name).map(|(_, text)| text)
    }

    /// Gives a name a text, in place of the one it has.
    pub fn insert(&mut self, name: String, text: String) {
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, held)) => *held = text,
            None => self.0.push((name, text)),
        }
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }
}

impl FromIterator<(String, String)> for Labels {
    /// The last of a name stays. Whoever asks a server may send very many, so no name is looked for
    /// among all others.
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect::<BTreeMap<_, _>>().into_iter().collect())
    }
}

impl<const N: usize> From<[(String, String); N]> for Labels {
    fn from(pairs: [(String, String); N]) -> Self {
        pairs.into_iter().collect()
    }
}

impl Serialize for Labels {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl Fit for Labels {
    fn fit(&mut self, value: &Value) -> bool {
        let Value::Object(labels) = value else { return false };
        for (name, value) in labels {
            let Value::String(text) = value else { return false };
            self.0.push((name.clone(), text.clone()));
        }
        true
    }
}

json::deserialized!(Labels);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_an_object_of_texts() {
        let text = r#"{"a":"1","b":""}"#;
        let mut labels: Labels = serde_json::from_str(text).unwrap();
        assert_eq!((labels.get("b"), labels.get("c")), (Some(""), None));
        assert_eq!(serde_json::to_string(&labels).unwrap(), text);
        labels.insert("b".to_owned(), "2".to_owned());
        assert_eq!(labels.iter().collect::<Vec<_>>(), [("a", "1"), ("b", "2")]);
        assert!(serde_json::from_str::<Labels>(r#"{"a":1}"#).is_err());
        assert!(serde_json::from_str::<Labels>("[]").is_err());
    }
}
