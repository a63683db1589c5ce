//! A table asked for by naming its columns.

use serde_json::{Map, Value, json};

/// The schema of a table whose rows have these columns; `None` when no column is named.
///
/// Columns are divided by commas. A word in parentheses says what a column holds: `population
/// (number)`; without one it holds text. What is not found stays empty.
pub fn schema(columns: &str) -> Option<Value> {
    let columns: Map<String, Value> =
        columns.split(',').map(str::trim).filter(|column| !column.is_empty()).map(column).collect();
    (!columns.is_empty()).then(|| {
        json!({
            "type": "object",
            "properties": {
                "rows": { "type": "array", "items": { "type": "object", "properties": columns } }
            }
        })
    })
}

fn column(words: &str) -> (String, Value) {
    let (name, kind) = match words.strip_suffix(')').and_then(|words| words.rsplit_once('(')) {
        Some((name, kind)) => (name.trim(), kind.trim()),
        None => (words, "text"),
    };
    let kind = match kind.to_lowercase().as_str() {
        "number" | "amount" | "percent" => "number",
        "whole number" | "integer" | "count" => "integer",
        "yes or no" | "boolean" => "boolean",
        _ => "string",
    };
    (name.replace(' ', "_"), json!({ "type": [kind, "null"], "title": name }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_become_fields_of_the_kind_they_name() {
        let schema = schema("country, population (number),, capital").unwrap();
        let fields = &schema["properties"]["rows"]["items"]["properties"];
        assert_eq!(fields["country"]["type"], json!(["string", "null"]));
        assert_eq!(
            fields["population"],
            json!({ "type": ["number", "null"], "title": "population" })
        );
        assert_eq!(fields.as_object().unwrap().len(), 3);
    }

    #[test]
    fn without_a_name_there_is_no_table() {
        assert_eq!(schema(" , "), None);
    }
}
