//! A profile as the package wrote it, in its own order.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

/// A section, a field or a part of one: an optional text and named parts, in the order of the file
/// (a plain JSON map would sort them by name and tear every profile apart).
#[derive(Debug, Default)]
pub(super) struct Profile {
    text: Option<String>,
    parts: Vec<(String, Self)>,
}

impl Profile {
    /// Its own text.
    pub(super) fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// Its parts by name.
    pub(super) fn parts(&self) -> impl Iterator<Item = (&str, &Self)> {
        self.parts.iter().map(|(name, part)| (name.as_str(), part))
    }

    /// The part called `name`.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        self.parts().find_map(|(found, part)| (found == name).then_some(part))
    }
}

impl<'de> Deserialize<'de> for Profile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Profile;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object of named parts")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Profile, A::Error> {
        let mut profile = Profile::default();
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "text" => profile.text = map.next_value()?,
                _ => profile.parts.push((name, map.next_value()?)),
            }
        }
        Ok(profile)
    }
}
