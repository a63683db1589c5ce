//! What can be said about a JSON Schema without knowing who reads it: how large it is, and which of
//! its required fields a value leaves empty.
//!
//! Schemas and values come from outside. Nothing here recurses, and the work is bounded.

use serde_json::{Map, Value};

use crate::number;

mod missing;
#[cfg(test)]
mod tests;

pub use missing::missing;

/// How many places of a schema are looked at; references may multiply them without end.
const VISITS: u32 = 50_000;
/// The deepest level that is counted; a schema that refers to itself has no depth.
const DEPTH_MAX: u32 = 128;

/// The fields of a schema whose fields are schemas.
const BY_NAME: [&str; 4] = ["properties", "patternProperties", "$defs", "definitions"];

/// How large a schema is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Levels of objects inside each other; the root counts one, lists and plain values count none.
    /// No vendor says how it counts, so this is the reading that refuses least.
    pub depth: u32,
    /// Properties of the root object.
    pub roots: u32,
    /// Properties of all objects, each counted where it is written.
    pub properties: u32,
    /// Whether the schema was too large to be measured; the figures are then what had been counted.
    pub cut: bool,
}

/// Measures a schema. Local references (`#/...`) count where they are used for the depth, and where
/// they are written for the properties.
pub fn measure(schema: &Value) -> Size {
    let roots = properties(schema).map_or(0, |properties| count(properties.len()));
    let mut size = Size { roots, ..Size::default() };
    let mut open = vec![Place { schema, level: 0, counts: true, deepens: true }];
    let mut visits = 0;
    while let Some(place) = open.pop() {
        visits += 1;
        if visits > VISITS || place.level > DEPTH_MAX {
            size.cut = true;
            break;
        }
        place.visit(schema, &mut size, &mut open);
    }
    size
}

/// A schema inside a schema.
#[derive(Clone, Copy)]
struct Place<'a> {
    schema: &'a Value,
    /// Objects around it.
    level: u32,
    /// Whether its properties are counted: it is seen where it is written.
    counts: bool,
    /// Whether its depth is counted: it is part of the value's shape, not a definition.
    deepens: bool,
}

impl<'a> Place<'a> {
    fn visit(self, root: &'a Value, size: &mut Size, open: &mut Vec<Self>) {
        let Value::Object(fields) = self.schema else { return };
        let inner = self.level + u32::from(is_object(fields));
        if self.deepens {
            size.depth = size.depth.max(inner);
        }
        for (name, value) in fields {
            let at = |level| Self { level, ..self };
            let inside = match (name.as_str(), value) {
                ("properties", Value::Object(properties)) => {
                    if self.counts {
                        size.properties = size.properties.saturating_add(count(properties.len()));
                    }
                    at(inner)
                }
                ("patternProperties", Value::Object(_))
                | ("additionalProperties", Value::Object(_)) => at(inner),
                ("$defs" | "definitions", Value::Object(_)) if self.counts => {
                    Self { level: 0, deepens: false, ..self }
                }
                ("items" | "contains" | "not" | "if" | "then" | "else", Value::Object(_))
                | ("items" | "prefixItems" | "anyOf" | "oneOf" | "allOf", Value::Array(_)) => {
                    at(self.level)
                }
                ("$ref", Value::String(reference)) if self.deepens => {
                    if let Some(schema) = resolve(root, reference) {
                        open.push(Self { schema, counts: false, ..self });
                    }
                    continue;
                }
                _ => continue,
            };
            inside.enter(name, value, open);
        }
    }

    /// Adds the schemas in a field: those of an object by name or of a list, else the field itself.
    fn enter(self, name: &str, value: &'a Value, open: &mut Vec<Self>) {
        match value {
            Value::Object(schemas) if BY_NAME.contains(&name) => {
                for schema in schemas.values() {
                    open.push(Self { schema, ..self });
                }
            }
            Value::Array(schemas) => {
                for schema in schemas {
                    open.push(Self { schema, ..self });
                }
            }
            schema => open.push(Self { schema, ..self }),
        }
    }
}

fn is_object(schema: &Map<String, Value>) -> bool {
    schema.contains_key("properties")
        || schema.get("type").is_some_and(|kind| is_type(kind, "object"))
}

/// Whether a schema's `type` is this word, or a list with this word in it.
fn is_type(kind: &Value, word: &str) -> bool {
    match kind {
        Value::Array(words) => words.iter().any(|kind| kind == word),
        kind => kind == word,
    }
}

fn properties(schema: &Value) -> Option<&Map<String, Value>> {
    schema.get("properties").and_then(Value::as_object)
}

/// The schema that a reference inside `root` names: `#` and a JSON pointer (RFC 6901).
fn resolve<'a>(root: &'a Value, reference: &str) -> Option<&'a Value> {
    let mut steps = reference.strip_prefix('#')?.split('/');
    steps.next().filter(|before| before.is_empty())?;
    steps.try_fold(root, |at, step| match at {
        Value::Object(fields) => fields.get(&unescaped(step)),
        Value::Array(items) => {
            let index = number::digits(step, 19)?;
            // No sign and no zeros in front.
            let index = (number::text(index) == step).then_some(index)?;
            items.get(usize::try_from(index).ok()?)
        }
        _ => None,
    })
}

/// The name that a step of a pointer means: `~1` is a slash, `~0` a tilde.
fn unescaped(step: &str) -> String {
    let mut parts = step.split('~');
    let mut name = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (meant, rest) = match part.as_bytes().first() {
            Some(b'1') => ("/", part.get(1..)),
            Some(b'0') => ("~", part.get(1..)),
            _ => ("~", Some(part)),
        };
        name.extend([meant, rest.unwrap_or_default()]);
    }
    name
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
