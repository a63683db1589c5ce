//! What can be said about a JSON Schema without knowing who reads it: how large it is, and which of
//! its required fields a value leaves empty.
//!
//! Schemas and values come from outside. Nothing here recurses, and the work is bounded.

use serde_json::{Map, Value};

mod missing;
#[cfg(test)]
mod tests;

pub use missing::missing;

/// How many places of a schema are looked at; references may multiply them without end.
const VISITS: u32 = 50_000;
/// The deepest level that is counted; a schema that refers to itself has no depth.
const DEPTH_MAX: u32 = 128;

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
            match (name.as_str(), value) {
                ("properties", Value::Object(properties)) => {
                    if self.counts {
                        size.properties = size.properties.saturating_add(count(properties.len()));
                    }
                    open.extend(properties.values().map(|schema| self.at(schema, inner)));
                }
                ("patternProperties", Value::Object(schemas)) => {
                    open.extend(schemas.values().map(|schema| self.at(schema, inner)));
                }
                ("additionalProperties", schema) => open.push(self.at(schema, inner)),
                ("$defs" | "definitions", Value::Object(schemas)) if self.counts => {
                    let written = |schema| Self { schema, level: 0, counts: true, deepens: false };
                    open.extend(schemas.values().map(written));
                }
                ("items" | "contains" | "not" | "if" | "then" | "else", Value::Object(_)) => {
                    open.push(self.at(value, self.level));
                }
                ("items" | "prefixItems" | "anyOf" | "oneOf" | "allOf", Value::Array(schemas)) => {
                    open.extend(schemas.iter().map(|schema| self.at(schema, self.level)));
                }
                ("$ref", Value::String(reference)) if self.deepens => {
                    let target = resolve(root, reference);
                    open.extend(target.map(|schema| Self { schema, counts: false, ..self }));
                }
                _ => {}
            }
        }
    }

    fn at(self, schema: &'a Value, level: u32) -> Self {
        Self { schema, level, ..self }
    }
}

fn is_object(schema: &Map<String, Value>) -> bool {
    schema.contains_key("properties")
        || match schema.get("type") {
            Some(Value::String(word)) => word == "object",
            Some(Value::Array(words)) => words.iter().any(|word| word == "object"),
            _ => false,
        }
}

fn properties(schema: &Value) -> Option<&Map<String, Value>> {
    schema.get("properties").and_then(Value::as_object)
}

/// The schema that a reference inside `root` names.
fn resolve<'a>(root: &'a Value, reference: &str) -> Option<&'a Value> {
    reference.strip_prefix('#').and_then(|pointer| root.pointer(pointer))
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
