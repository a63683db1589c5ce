use serde_json::{Value, json};

use super::*;

fn size(depth: u32, roots: u32, properties: u32) -> Size {
    Size { depth, roots, properties, cut: false }
}

#[test]
fn objects_count_levels_and_lists_do_not() {
    assert_eq!(measure(&json!({})), size(0, 0, 0));
    assert_eq!(measure(&json!({"type": "object"})), size(1, 0, 0));
    let companies = json!({
        "type": "object",
        "properties": {
            "companies": {
                "type": "array",
                "items": {"type": "object", "properties": {"name": {"type": "string"}, "ceo": {}}}
            },
            "year": {"type": ["number", "null"]}
        }
    });
    assert_eq!(measure(&companies), size(2, 2, 4));
}

#[test]
fn alternatives_and_free_properties_are_looked_into() {
    let schema = json!({
        "type": "object",
        "properties": {"a": {"anyOf": [{"type": "null"}, {"properties": {"b": {"properties": {"c": {}}}}}]}},
        "additionalProperties": {"properties": {"d": {}}}
    });
    assert_eq!(measure(&schema), size(3, 1, 4));
}

#[test]
fn references_deepen_where_they_are_used_and_count_where_they_are_written() {
    let schema = json!({
        "$defs": {"person": {"type": "object", "properties": {"name": {}, "age": {}}}},
        "type": "object",
        "properties": {"ceo": {"$ref": "#/$defs/person"}, "cto": {"$ref": "#/$defs/person"}}
    });
    assert_eq!(measure(&schema), size(2, 2, 4));
    assert_eq!(measure(&json!({"$ref": "#/nowhere"})), size(0, 0, 0));
}

#[test]
fn a_schema_that_refers_to_itself_is_cut() {
    let tree =
        json!({"type": "object", "properties": {"left": {"$ref": "#"}, "right": {"$ref": "#"}}});
    assert!(measure(&tree).cut);
    assert!(measure(&json!({"$ref": "#"})).cut);
    let knot = json!({"$defs": {"a": {"anyOf": [{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/a"}]}}, "$ref": "#/$defs/a"});
    assert!(measure(&knot).cut);
}

#[test]
fn a_schema_nested_beyond_reason_does_not_exhaust_the_stack() {
    let mut schema = json!({"type": "string"});
    for _ in 0..100_000 {
        schema = Value::Object([("items".to_owned(), schema)].into_iter().collect());
    }
    assert!(measure(&schema).cut);
    assert_eq!(missing(&schema, &json!([[[]]])), Vec::<String>::new());
    // Dropping a value this deep would recurse, which is serde_json's business and not tested here.
    std::mem::forget(schema);
}

#[test]
fn what_is_not_a_schema_measures_nothing() {
    for value in [json!(null), json!(true), json!("x"), json!([{"properties": {"a": {}}}])] {
        assert_eq!(measure(&value), size(0, 0, 0));
    }
    assert_eq!(measure(&json!({"properties": 7, "items": false, "$ref": 1})).properties, 0);
}

#[test]
fn required_fields_without_a_value_are_named_by_their_path() {
    let schema = json!({
        "type": "object",
        "required": ["companies", "year"],
        "properties": {
            "year": {"type": "number"},
            "companies": {"type": "array", "items": {
                "required": ["name", "web page", "note"],
                "properties": {"name": {"type": "string"}, "note": {"type": ["string", "null"]}}
            }}
        }
    });
    let value = json!({"companies": [{"name": "A", "web page": "x"}, {"name": null}]});
    assert_eq!(
        missing(&schema, &value),
        ["year", "companies[1].name", r#"companies[1]["web page"]"#]
    );
    assert_eq!(missing(&schema, &json!("text")), Vec::<String>::new());
}

#[test]
fn required_fields_are_found_through_references_and_never_without_end() {
    let schema = json!({
        "$defs": {"node": {"required": ["id"], "properties": {"next": {"$ref": "#/$defs/node"}}}},
        "$ref": "#/$defs/node"
    });
    let value = json!({"id": 1, "next": {"id": 2, "next": {"next": null}}});
    assert_eq!(missing(&schema, &value), ["next.next.id"]);
    let many = json!({"required": (0..500).map(|n| n.to_string()).collect::<Vec<_>>()});
    assert_eq!(missing(&many, &json!({})).len(), 20);
}
