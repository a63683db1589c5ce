//! What Tavily refuses beyond what its limits say. Source: the reference of `POST /research`
//! (OpenAPI, read 2026-11-22).

use serde_json::Value;

use crate::{error::Error, json, provider::check::refused, task::Task, text};

use super::files;

/// The most sites to prefer, and the most to leave out.
pub(super) const SITES_MAX: u32 = 20;

/// The types that a property can have.
const TYPES: [&str; 5] = ["object", "string", "integer", "number", "array"];
/// The deepest schema that is looked into; JSON as it is read is never deeper.
const DEPTH_MAX: usize = 128;

pub(super) fn check(task: &Task) -> Result<(), Error> {
    sites("include", &task.include)?;
    sites("exclude", &task.exclude)?;
    if let Some(schema) = &task.output_schema {
        root(schema)?;
    }
    for (name, value) in &task.options {
        option(name, value)?;
    }
    Ok(())
}

fn sites(field: &'static str, sites: &[String]) -> Result<(), Error> {
    let is_host = |site: &str| {
        site.as_bytes().contains(&b'.')
            && site.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-*_".contains(&byte))
    };
    if sites.iter().all(|site| is_host(site.trim())) {
        return Ok(());
    }
    let message = "Tavily takes sites as host names, such as example.com, without https:// and without a path.";
    Err(refused(field, message))
}

fn option(name: &str, value: &Value) -> Result<(), Error> {
    let words: &[&str] = match name {
        "citation_format" => &["numbered", "mla", "apa", "chicago"],
        "output_length" => &["short", "standard", "long"],
        "files" => return files::check(value),
        _ if value.is_boolean() => return Ok(()),
        _ => return Err(refused(["options.", name].concat(), "This is either true or false.")),
    };
    if value.as_str().is_some_and(|word| words.contains(&word)) {
        return Ok(());
    }
    Err(refused(["options.", name].concat(), ["This is one of ", &listed(words), "."].concat()))
}

fn root(schema: &Value) -> Result<(), Error> {
    if !schema.get("properties").is_some_and(Value::is_object) {
        return Err(wrong("", "needs \"properties\""));
    }
    properties(schema, "", 0)
}

/// The rules of one object: those of its properties, and of its list of required ones.
fn properties(schema: &Value, path: &str, depth: usize) -> Result<(), Error> {
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
        return Err(wrong(path, "is an object, so it needs \"properties\""));
    };
    for (name, property) in properties {
        let path = if path.is_empty() { name.clone() } else { [path, ".", name].concat() };
        if json::text(property, "description").is_none() {
            return Err(wrong(&path, "needs a \"description\""));
        }
        value(property, &path, depth + 1)?;
    }
    let known = |name: &Value| name.as_str().is_some_and(|name| properties.contains_key(name));
    match schema.get("required") {
        None | Some(Value::Null) => Ok(()),
        Some(Value::Array(names))
            if names.iter().any(known) && names.iter().all(Value::is_string) =>
        {
            Ok(())
        }
        Some(_) => Err(wrong(path, "has a \"required\" that names none of its properties")),
    }
}

/// The rules of one property, or of the entries of a list.
fn value(schema: &Value, path: &str, depth: usize) -> Result<(), Error> {
    let word = schema.get("type").and_then(Value::as_str).unwrap_or_default();
    if !TYPES.contains(&word) {
        return Err(wrong(path, &["needs a \"type\", one of ", &listed(&TYPES)].concat()));
    }
    if depth > DEPTH_MAX {
        return Err(wrong(path, "is nested too deeply"));
    }
    match word {
        "object" => properties(schema, path, depth),
        "array" => match schema.get("items") {
            Some(items) if items.is_object() => value(items, &[path, "[]"].concat(), depth + 1),
            _ => Err(wrong(path, "is a list, so it needs \"items\"")),
        },
        _ => Ok(()),
    }
}

fn listed(words: &[&str]) -> String {
    let mut list = String::new();
    for word in words {
        text::list(&mut list, ", ", word);
    }
    list
}

fn wrong(path: &str, what: &str) -> Error {
    let subject = if path.is_empty() {
        "The output schema".to_owned()
    } else {
        let path: String = path.chars().take(200).collect();
        ["In the output schema, \"", &path, "\""].concat()
    };
    refused("output_schema", [&subject, " ", what, "; Tavily takes no schema without it."].concat())
}

#[cfg(test)]
mod tests;
