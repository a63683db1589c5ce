//! Required fields that a value leaves empty.

use serde_json::Value;

use crate::{json, number};

use super::{VISITS, is_type, properties, resolve};

/// How many empty fields are named.
const NAMED: usize = 20;

/// The paths, such as `companies[0].name`, of fields that `schema` requires and `value` lacks or
/// holds as null; at most 20. A field that the schema allows to be null is not empty.
pub fn missing(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(schema, value, String::new())];
    let mut visits = 0;
    while let Some((at, value, path)) = open.pop() {
        visits += 1;
        if visits > VISITS || found.len() >= NAMED {
            break;
        }
        let at = follow(schema, at);
        match value {
            Value::Array(values) => {
                let Some(items) = at.get("items") else { continue };
                // The last is taken first from the stack, so they go in backwards.
                for (index, value) in values.iter().enumerate().rev() {
                    let index = number::text(index as u64);
                    open.push((items, value, [&path, "[", &index, "]"].concat()));
                }
            }
            Value::Object(fields) => {
                for name in json::list(at, "required") {
                    let Value::String(name) = name else { continue };
                    let empty = fields.get(name).is_none_or(Value::is_null);
                    if empty && !allows_null(schema, at, name) && found.len() < NAMED {
                        found.push(join(&path, name));
                    }
                }
                let Some(properties) = properties(at) else { continue };
                for (name, field) in properties.iter().rev() {
                    if let Some(value) = fields.get(name) {
                        open.push((field, value, join(&path, name)));
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// Goes through references; a chain of them is followed a few steps only.
fn follow<'a>(root: &'a Value, mut schema: &'a Value) -> &'a Value {
    for _ in 0..8 {
        let reference = schema.get("$ref").and_then(Value::as_str);
        let Some(target) = reference.and_then(|reference| resolve(root, reference)) else { break };
        schema = target;
    }
    schema
}

fn allows_null(root: &Value, schema: &Value, name: &str) -> bool {
    let Some(field) = properties(schema).and_then(|fields| fields.get(name)) else { return false };
    let field = follow(root, field);
    let among = |key| json::list(field, key).iter().any(is_null_type);
    is_null_type(field) || among("anyOf") || among("oneOf")
}

fn is_null_type(schema: &Value) -> bool {
    match schema.get("type") {
        Some(kind) => is_type(kind, "null"),
        None => json::list(schema, "enum").iter().any(Value::is_null),
    }
}

/// A field's path below another, in the way a program would write it.
fn join(path: &str, name: &str) -> String {
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte > 127);
    match (plain && !name.is_empty(), path.is_empty()) {
        (true, true) => name.to_owned(),
        (true, false) => [path, ".", name].concat(),
        (false, _) => [path, "[\"", name, "\"]"].concat(),
    }
}
