//! Which schemas are accepted.

use std::{error::Error, fmt};

use serde_json::Value;

const DEEPEST: usize = 24;
const LARGEST: usize = 64 * 1024;

/// Why a schema is refused, in words for the person who wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaError(String);

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for SchemaError {}

fn refuse(message: impl Into<String>) -> SchemaError {
    SchemaError(message.into())
}

/// Accepts a schema that can be filled: valid, of bounded size and depth, with references into itself only and none
/// that leads back to where it stands. Nothing is ever fetched.
///
/// # Errors
/// When the schema cannot be accepted; the message says what to change.
pub fn check_schema(schema: &Value) -> Result<(), SchemaError> {
    if !schema.is_object() {
        return Err(refuse("the output schema must be a JSON object"));
    }
    if depth(schema) > DEEPEST {
        return Err(refuse(format!("the output schema is nested more than {DEEPEST} levels deep")));
    }
    if schema.to_string().len() > LARGEST {
        return Err(refuse(format!("the output schema is larger than {} KiB", LARGEST / 1024)));
    }
    references(schema, schema, &mut Vec::new(), &mut 0)?;
    jsonschema::validator_for(schema)
        .map(|_| ())
        .map_err(|error| refuse(format!("the output schema is not valid: {error}")))
}

/// Whether `value` is what `schema` asks for.
///
/// # Errors
/// Where it is not, in words; also when the schema is not valid.
pub fn fits(schema: &Value, value: &Value) -> Result<(), SchemaError> {
    let validator = jsonschema::validator_for(schema)
        .map_err(|error| refuse(format!("the output schema is not valid: {error}")))?;
    validator
        .validate(value)
        .map_err(|error| refuse(format!("{error} at {:?}", error.instance_path().to_string())))
}

/// The depth of a value, without recursion on the machine's stack.
fn depth(value: &Value) -> usize {
    let mut deepest = 0;
    let mut open = vec![(value, 1_usize)];
    while let Some((value, level)) = open.pop() {
        deepest = deepest.max(level);
        match value {
            Value::Array(items) => open.extend(items.iter().map(|item| (item, level + 1))),
            Value::Object(fields) => open.extend(fields.values().map(|field| (field, level + 1))),
            _ => {}
        }
    }
    deepest
}

/// References may be followed this often in all before a schema counts as too entangled.
const MOST_STEPS: usize = 20_000;

fn references<'a>(
    root: &'a Value,
    value: &'a Value,
    path: &mut Vec<&'a str>,
    steps: &mut usize,
) -> Result<(), SchemaError> {
    *steps += 1;
    if *steps > MOST_STEPS {
        return Err(refuse("the output schema refers to itself too often to be unfolded"));
    }
    match value {
        Value::Array(items) => {
            items.iter().try_for_each(|item| references(root, item, path, steps))
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                if matches!(name.as_str(), "enum" | "const" | "default" | "examples") {
                    continue;
                }
                match field {
                    Value::String(target)
                        if name == "$ref" || name == "$dynamicRef" || name == "$recursiveRef" =>
                    {
                        follow(root, target, path, steps)?;
                    }
                    field => references(root, field, path, steps)?,
                }
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn follow<'a>(
    root: &'a Value,
    target: &'a str,
    path: &mut Vec<&'a str>,
    steps: &mut usize,
) -> Result<(), SchemaError> {
    let Some(pointer) = target.strip_prefix('#') else {
        return Err(refuse(format!(
            "`$ref` to {target:?} is not allowed: only references inside the schema are followed, nothing is fetched"
        )));
    };
    if path.contains(&target) || pointer.is_empty() {
        return Err(refuse(format!(
            "the output schema is recursive: `$ref` {target:?} leads back to itself"
        )));
    }
    let Some(found) = resolve(root, pointer) else {
        return Err(refuse(format!("`$ref` {target:?} points at nothing in the schema")));
    };
    path.push(target);
    references(root, found, path, steps)?;
    path.pop();
    Ok(())
}

/// What a local reference such as `/$defs/country` points at.
pub(super) fn resolve<'a>(root: &'a Value, pointer: &str) -> Option<&'a Value> {
    root.pointer(&pointer.replace("%24", "$").replace("%20", " "))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{check_schema, fits};

    fn refused(schema: &serde_json::Value, part: &str) {
        let message = check_schema(schema).unwrap_err().to_string();
        assert!(message.contains(part), "{message}");
    }

    #[test]
    fn accepts_plain_and_local_references() {
        check_schema(&json!({"type": "object", "properties": {"a": {"type": "string"}}})).unwrap();
        check_schema(&json!({"$defs": {"c": {"type": "number"}}, "properties": {"a": {"$ref": "#/$defs/c"}, "b": {"$ref": "#/$defs/c"}}})).unwrap();
    }

    #[test]
    fn says_where_a_value_does_not_fit() {
        let schema =
            json!({"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}});
        fits(&schema, &json!({"a": "x"})).unwrap();
        let message = fits(&schema, &json!({"a": null})).unwrap_err().to_string();
        assert!(message.contains("/a"), "{message}");
    }

    #[test]
    fn refuses_what_it_cannot_fill() {
        refused(&json!("x"), "object");
        refused(&json!({"type": "nonsense"}), "not valid");
        refused(&json!({"properties": {"a": {"$ref": "http://example.org/x.json"}}}), "fetched");
        refused(&json!({"properties": {"a": {"$ref": "other.json"}}}), "fetched");
        refused(&json!({"properties": {"a": {"$ref": "#"}}}), "recursive");
        refused(
            &json!({"$defs": {"n": {"properties": {"n": {"$ref": "#/$defs/n"}}}}, "$ref": "#/$defs/n"}),
            "recursive",
        );
        refused(&json!({"properties": {"a": {"$ref": "#/$defs/none"}}}), "nothing");
    }

    #[test]
    fn refuses_deep_large_and_entangled_schemas() {
        let mut deep = json!({"type": "string"});
        for _ in 0..200 {
            deep = json!({"items": deep});
        }
        refused(&deep, "deep");
        refused(&json!({"description": "x".repeat(100_000)}), "larger");
        let mut definitions = serde_json::Map::new();
        for level in 0..20 {
            let next = json!({"$ref": format!("#/$defs/d{}", level + 1)});
            definitions.insert(format!("d{level}"), json!({"properties": {"a": next, "b": next}}));
        }
        definitions.insert("d20".to_owned(), json!({"type": "string"}));
        refused(&json!({"$defs": definitions, "$ref": "#/$defs/d0"}), "too often");
    }
}
