//! Which sources are behind which field.
//!
//! The reference only says that `basis` maps every field to source ids. How nested fields and lists
//! are written is not documented, so all of these are understood: paths as keys (`company.name`,
//! `founders[0].name`, `/founders/0/name`), a mirror of the value with ids in place of its leaves, and
//! ids wrapped in an object beside other things.

use serde_json::Value;

use crate::{
    json,
    number::{self, digits},
    report::Citation,
    source::Source,
};

/// The most fields that are cited, the most sources of each, and the longest path of one, in bytes:
/// paths repeat what is above them, so without an end a small basis could fill the memory.
const FIELDS_MAX: usize = 10_000;
const SOURCES_MAX: usize = 500;
const PATH_MAX: usize = 1_000;

/// Adds the citations of the fields, in the order of the basis. `sources` are ordered by id.
pub(super) fn cite(basis: &Value, fields: &Value, sources: &[Source], found: &mut Vec<Citation>) {
    let most = found.len() + FIELDS_MAX;
    Reader { sources, found, most }.read(basis, Some(fields), "");
}

struct Reader<'a> {
    sources: &'a [Source],
    found: &'a mut Vec<Citation>,
    /// How many citations there may be.
    most: usize,
}

impl Reader<'_> {
    /// Reads a part of the basis that belongs to the field at `path`, which holds `value`. Recursion
    /// ends: JSON as it is read is never deeper than 128 levels.
    fn read(&mut self, basis: &Value, value: Option<&Value>, path: &str) {
        if path.len() > PATH_MAX || self.found.len() >= self.most {
            return;
        }
        match basis {
            Value::Array(entries) => {
                for (index, entry) in entries.iter().enumerate() {
                    if entry.is_array() || entry.is_object() {
                        let inner = value.and_then(|value| value.get(index));
                        let step = if inner.is_some() { place(index) } else { String::new() };
                        self.read(entry, inner.or(value), &[path, &step].concat());
                    } else {
                        self.cite(entry, path);
                    }
                }
            }
            Value::Object(entries) => {
                for (key, entry) in entries {
                    self.entry(key, entry, value, path);
                }
            }
            id => self.cite(id, path),
        }
    }

    fn entry(&mut self, key: &str, entry: &Value, value: Option<&Value>, path: &str) {
        if let Some((inner, steps)) = value.and_then(|value| locate(value, key)) {
            let dot = if path.is_empty() || steps.starts_with('[') { "" } else { "." };
            return self.read(entry, Some(inner), &[path, dot, &steps].concat());
        }
        if path.is_empty() {
            return self.read(entry, None, key);
        }
        // Not a field but something said about one. A plain number in it is an id only by its name.
        let names_sources = key == "id" || holds(key, b"source") || holds(key, b"ids");
        if names_sources || entry.is_array() || entry.is_object() {
            self.read(entry, value, path);
        }
    }

    fn cite(&mut self, id: &Value, path: &str) {
        let id = json::number(id).or_else(|| digits(id.as_str()?, 19));
        let Some(id) = id.and_then(|id| u32::try_from(id).ok()) else { return };
        let is_known = self.sources.binary_search_by_key(&id, |source| source.id).is_ok();
        if path.is_empty() || !is_known {
            return;
        }
        match self.found.last_mut().filter(|last| last.field.as_deref() == Some(path)) {
            Some(last) if last.sources.len() >= SOURCES_MAX || last.sources.contains(&id) => {}
            Some(last) => last.sources.push(id),
            None => self.found.push(Citation {
                field: Some(path.to_owned()),
                sources: vec![id],
                ..Citation::default()
            }),
        }
    }
}

fn holds(text: &str, word: &[u8]) -> bool {
    text.as_bytes().windows(word.len()).any(|part| part == word)
}

/// The step of a path to an entry of a list.
fn place(index: usize) -> String {
    ["[", &number::text(index as u64), "]"].concat()
}

/// The field that a key names, and its path as `companies[0].name`.
fn locate<'a>(value: &'a Value, key: &str) -> Option<(&'a Value, String)> {
    if let Some(inner) = value.get(key) {
        return Some((inner, key.to_owned()));
    }
    let key = key.strip_prefix('$').unwrap_or(key);
    let mut at = value;
    let mut path = String::new();
    for step in key.split(&['.', '/', '[', ']', '"', '\''][..]).filter(|step| !step.is_empty()) {
        let index = if at.is_array() { digits(step, 9) } else { None };
        if let Some(index) = index {
            let index = index as usize;
            at = at.get(index)?;
            path.push_str(&place(index));
        } else {
            at = at.get(step)?;
            path.push_str(if path.is_empty() { "" } else { "." });
            path.push_str(step);
        }
    }
    (!path.is_empty()).then_some((at, path))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn citations(basis: &Value, fields: &Value, sources: &[Source]) -> Vec<Citation> {
        let mut found = Vec::new();
        cite(basis, fields, sources, &mut found);
        found
    }

    #[track_caller]
    fn check(basis: Value, expected: &[(&str, &[u32])]) {
        let fields = json!({
            "name": "Acme", "hq": {"city": "Oslo", "year": 1999},
            "founders": [{"name": "A", "age": 3}, {"name": "B"}], "tags": ["x", "y"], "a.b": 1
        });
        let sources: Vec<_> = (1..=9).map(|id| Source { id, ..Source::default() }).collect();
        let found = citations(&basis, &fields, &sources);
        let found: Vec<_> = found
            .iter()
            .map(|one| (one.field.as_deref().unwrap(), one.sources.as_slice()))
            .collect();
        assert_eq!(found, expected, "{basis}");
    }

    #[test]
    fn a_flat_map_of_fields() {
        check(json!({"name": [1, 2], "hq": [3]}), &[("hq", &[3]), ("name", &[1, 2])]);
        check(
            json!({"name": 4, "hq": "5", "a.b": [6]}),
            &[("a.b", &[6]), ("hq", &[5]), ("name", &[4])],
        );
    }

    #[test]
    fn paths_as_keys() {
        let expected: &[(&str, &[u32])] = &[("founders[1].name", &[2])];
        for key in [
            "founders[1].name",
            "founders.1.name",
            "/founders/1/name",
            "$.founders[1].name",
            "$['founders'][1]['name']",
        ] {
            check(json!({key: [2]}), expected);
        }
    }

    #[test]
    fn a_mirror_of_the_value() {
        let basis = json!({"hq": {"city": [1], "year": [2]}, "founders": [{"name": [3], "age": []}, {"name": [4, 4]}], "tags": [[5], [6, 7]]});
        check(
            basis,
            &[
                ("founders[0].name", &[3]),
                ("founders[1].name", &[4]),
                ("hq.city", &[1]),
                ("hq.year", &[2]),
                ("tags[0]", &[5]),
                ("tags[1]", &[6, 7]),
            ],
        );
    }

    #[test]
    fn ids_wrapped_beside_other_things() {
        let basis = json!({
            "name": {"source_ids": [1, 2], "confidence": 1, "note": "3"},
            "hq": {"city": {"sources": [{"id": 4, "page": 7}]}},
            "tags": [{"source": 5}, {"source": 6}]
        });
        check(basis, &[("hq.city", &[4]), ("name", &[1, 2]), ("tags[0]", &[5]), ("tags[1]", &[6])]);
    }

    #[test]
    fn a_list_of_pairs_without_fields_says_nothing() {
        check(json!([1, [2], {"x": 3}]), &[("x", &[3])]);
        check(json!(null), &[]);
        check(json!(7), &[]);
    }

    #[test]
    fn paths_and_lists_beyond_reason_do_not_fill_the_memory() {
        let key = "k".repeat(5_000);
        let many: Vec<_> = (0..30_000).map(|_| json!([1])).collect();
        let sources = [Source { id: 1, ..Source::default() }];
        let deep = json!({key.as_str(): many});
        assert_eq!(citations(&deep, &deep, &sources), []);
        let wide = json!({"a": many});
        assert_eq!(citations(&wide, &wide, &sources).len(), FIELDS_MAX);
    }

    #[test]
    fn numbers_that_are_no_source_are_left_out() {
        check(
            json!({"name": [0, 10, -1, 1.5, null, "x", 3, 4_294_967_297_u64]}),
            &[("name", &[3])],
        );
        check(json!({"unknown": [1]}), &[("unknown", &[1])]);
    }
}
