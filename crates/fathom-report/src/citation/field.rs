//! Paths into a structured value.

use std::fmt;

use serde_json::Value;

/// The names that providers put in front of a path to say "the structured value".
const ROOTS: [&str; 4] = ["structured", "output", "content", "data"];

/// The place of a field in a structured value.
///
/// Providers write the same place in different ways; all of these are read as the same field:
/// `companies[0].name`, `$.companies[0].name`, `companies.0.name`, `/companies/0/name`,
/// `companies[0]["name"]`. It is displayed as the first.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Field(Vec<Step>);

/// One step on the way to a field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Into an object.
    Key(String),
    /// Into an array.
    Index(usize),
}

impl Field {
    /// The whole value.
    pub const fn root() -> Self {
        Self(Vec::new())
    }

    /// Reads a path in any of the ways above.
    pub fn parse(path: &str) -> Self {
        let path = path.trim();
        if let Some(pointer) = path.strip_prefix('/') {
            return Self(
                pointer
                    .split('/')
                    .map(|part| step(&part.replace("~1", "/").replace("~0", "~")))
                    .collect(),
            );
        }
        let path = path
            .strip_prefix('$')
            .filter(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
            .unwrap_or(path);
        Self(dotted(path.strip_prefix('.').unwrap_or(path)))
    }

    /// Reads the path of a field in `value`. A first step that names the value as a whole, as in
    /// `structured.companies`, is dropped unless the value has a field of that name.
    pub fn locate(path: &str, value: &Value) -> Self {
        let field = Self::parse(path);
        match field.0.split_first() {
            Some((Step::Key(first), rest))
                if ROOTS.contains(&first.as_str()) && value.get(first).is_none() =>
            {
                Self(rest.to_vec())
            }
            _ => field,
        }
    }

    /// The field within this one.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.join(Step::Key(key.to_owned()))
    }

    /// The entry of this array.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.join(Step::Index(index))
    }

    fn join(&self, step: Step) -> Self {
        Self(self.0.iter().cloned().chain([step]).collect())
    }

    /// The steps from the root.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// The value at this place.
    pub fn find<'a>(&self, value: &'a Value) -> Option<&'a Value> {
        self.0.iter().try_fold(value, |value, step| match step {
            Step::Key(key) => value.get(key),
            Step::Index(index) => value.get(index).or_else(|| value.get(index.to_string())),
        })
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, step) in self.0.iter().enumerate() {
            match step {
                Step::Index(index) => write!(f, "[{index}]")?,
                Step::Key(key) if key.is_empty() || key.contains(['.', '[', ']']) => {
                    write!(f, "[{key:?}]")?
                }
                Step::Key(key) if place == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
            }
        }
        Ok(())
    }
}

fn step(part: &str) -> Step {
    part.parse().map_or_else(|_| Step::Key(part.to_owned()), Step::Index)
}

fn dotted(path: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        if let Some(inner) = rest.strip_prefix('[') {
            let (index, after) = bracketed(inner);
            steps.push(index);
            rest = after;
        } else {
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            let (key, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
            steps.extend((!key.is_empty()).then(|| step(key)));
            rest = after.strip_prefix('.').unwrap_or(after);
        }
    }
    steps
}

/// The step in square brackets and what comes after it.
fn bracketed(inner: &str) -> (Step, &str) {
    for quote in ['"', '\''] {
        if let Some((key, after)) =
            inner.strip_prefix(quote).and_then(|inner| inner.split_once(quote))
        {
            return (Step::Key(key.to_owned()), after.strip_prefix(']').unwrap_or(after));
        }
    }
    let (index, after) = inner.split_once(']').unwrap_or((inner, ""));
    (step(index.trim()), after)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_same_field_is_the_same_whichever_way_it_is_written() {
        for path in [
            "companies[0].name",
            "$.companies[0].name",
            "companies.0.name",
            "/companies/0/name",
            "companies[0]['name']",
        ] {
            assert_eq!(Field::parse(path).to_string(), "companies[0].name", "{path}");
        }
        assert_eq!(Field::parse("$"), Field::root());
        assert_eq!(Field::parse("[1].a").to_string(), "[1].a");
        assert_eq!(Field::parse(r#"a["b.c"]"#).to_string(), r#"a["b.c"]"#);
    }

    #[test]
    fn the_name_of_the_value_is_not_a_step() {
        let value = json!({"companies": [], "data": 1});
        assert_eq!(Field::locate("structured.companies[0]", &value).to_string(), "companies[0]");
        assert_eq!(Field::locate("output", &value), Field::root());
        assert_eq!(Field::locate("data", &value).to_string(), "data");
    }

    #[test]
    fn finds_the_value() {
        let value = json!({"companies": [{"name": "A"}, {"name": "B"}], "by_year": {"2020": 1}});
        assert_eq!(Field::parse("companies[1].name").find(&value), Some(&json!("B")));
        assert_eq!(Field::parse("by_year.2020").find(&value), Some(&json!(1)));
        assert_eq!(Field::parse("companies[2]").find(&value), None);
    }

    #[test]
    fn broken_paths_are_read_somehow() {
        for path in ["", "[", "]", "..", "a[", "a[\"", "[[", "/", "a.]"] {
            Field::parse(path);
        }
    }
}
