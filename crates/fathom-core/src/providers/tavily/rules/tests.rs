use serde_json::{Value, json};

use super::*;
use crate::{error::ErrorKind, provider::Provider, providers::tavily::Tavily};

fn task(fields: Value) -> Task {
    let mut all = json!({"question": "Why?"});
    all.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    serde_json::from_value(all).unwrap()
}

#[track_caller]
fn refuses(fields: Value, field: &str, part: &str) {
    let error = Tavily.check(&task(fields)).unwrap_err();
    assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidTask, Some(field)), "{error}");
    assert!(error.message().contains(part), "{error}");
}

#[track_caller]
fn refuses_schema(schema: Value, part: &str) {
    refuses(json!({"output_schema": schema}), "output_schema", part);
}

#[test]
fn the_example_of_the_reference_is_accepted() {
    let schema = json!({
        "properties": {
            "company": {"type": "string", "description": "The name of the company"},
            "key_metrics": {"type": "array", "description": "List of key performance metrics", "items": {"type": "string"}},
            "financial_details": {"type": "object", "description": "Detailed financial breakdown", "properties": {
                "operating_income": {"type": "number", "description": "Operating income for the period"}
            }}
        },
        "required": ["company"]
    });
    let fields = json!({
        "output_schema": schema, "include": ["example.com", "*.gov"], "exclude": ["a-b.example"],
        "options": {"citation_format": "apa", "output_length": "short", "stream": true, "files": [
            {"name": "notes.md", "data": "b25lIHR3bw==", "type": "base64"}
        ]}
    });
    assert_eq!(Tavily.check(&task(fields)).unwrap(), []);
}

#[test]
fn every_rule_of_a_schema_is_named_with_the_property_at_fault() {
    let one = |property: Value| json!({"properties": {"a": {"type": "object", "description": "d", "properties": {"b": property}}}});
    refuses_schema(json!({"type": "object"}), "The output schema needs \"properties\"");
    refuses_schema(one(json!({"type": "string"})), "\"a.b\" needs a \"description\"");
    refuses_schema(one(json!({"description": "d"})), "\"a.b\" needs a \"type\"");
    for word in [json!("boolean"), json!("null"), json!(["string", "null"]), json!(7)] {
        refuses_schema(
            one(json!({"type": word, "description": "d"})),
            "one of object, string, integer, number, array",
        );
    }
    refuses_schema(
        one(json!({"anyOf": [{"type": "string"}], "description": "d"})),
        "needs a \"type\"",
    );
    refuses_schema(one(json!({"type": "object", "description": "d"})), "\"a.b\" is an object");
    refuses_schema(one(json!({"type": "array", "description": "d"})), "\"a.b\" is a list");
    let entries = json!({"type": "array", "description": "d", "items": {"type": "object", "properties": {"c": {"type": "string"}}}});
    refuses_schema(one(entries), "\"a.b[].c\" needs a \"description\"");
    let required = |names: Value| json!({"properties": {"a": {"type": "string", "description": "d"}}, "required": names});
    for names in [json!([]), json!(["b"]), json!("a"), json!(["a", 1])] {
        refuses_schema(required(names), "\"required\"");
    }
    assert!(Tavily.check(&task(json!({"output_schema": required(json!(["a", "b"]))}))).is_ok());
}

#[test]
fn sites_are_hosts_and_at_most_20() {
    for site in [
        "https://example.com",
        "example.com/path",
        "localhost",
        "",
        "ex ample.com",
        "b\u{fc}cher.example",
    ] {
        refuses(json!({"include": [site]}), "include", "host names");
        refuses(json!({"exclude": [site]}), "exclude", "host names");
    }
    let many: Vec<_> = (0..21).map(|number| format!("a{number}.example")).collect();
    refuses(json!({"include": many}), "include", "20");
    refuses(json!({"exclude": many}), "exclude", "20");
}

#[test]
fn settings_have_their_own_words() {
    refuses(
        json!({"options": {"citation_format": "ieee"}}),
        "options.citation_format",
        "numbered, mla, apa, chicago",
    );
    refuses(
        json!({"options": {"output_length": 3}}),
        "options.output_length",
        "short, standard, long",
    );
    refuses(json!({"options": {"stream": "yes"}}), "options.stream", "true or false");
    refuses(json!({"options": {"model": "pro"}}), "options.model", "no setting");
}

#[test]
fn files_are_few_named_and_not_too_long() {
    let file = |name: &str, data: &str| json!({"name": name, "data": data, "type": "base64"});
    let refuse =
        |files: Value, part| refuses(json!({"options": {"files": files}}), "options.files", part);
    refuse(json!({}), "list");
    refuse(json!(vec![file("a.txt", "b25l"); 6]), "5 files");
    refuse(json!([file("a.pdf", "b25l")]), ".txt, .md or .json");
    refuse(json!([file(".md", "b25l")]), ".txt, .md or .json");
    refuse(json!([file("a.md", "no!")]), "base64");
    refuse(json!([{"name": "a.md", "data": "b25l"}]), "base64");
    // "a a a " is three words in eight digits.
    let fits = json!({"options": {"files": [file("a.md", &"YSBhIGEg".repeat(26_666))]}});
    assert!(Tavily.check(&task(fits)).is_ok());
    refuse(json!([file("a.md", &"YSBhIGEg".repeat(26_667))]), "80,000 words");
    refuse(json!(vec![file("a.md", &"YSBhIGEg".repeat(14_000)); 2]), "80,000 words");
}
