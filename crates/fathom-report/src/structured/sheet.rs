//! From a value and its schema to tables.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::{block::Align, citation::Field};

/// How deep objects are taken apart; what is deeper is shown as JSON.
const DEEPEST: usize = 8;

/// A table made of a part of a structured value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sheet {
    /// What the table shows: the schema's title for it, or its name in words. Empty at the root.
    pub title: String,
    /// The part of the value.
    #[serde(serialize_with = "shown")]
    pub field: Field,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows; each has as many cells as there are columns.
    pub rows: Vec<SheetRow>,
}

/// A column of a [`Sheet`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// The keys that lead from a row to the value.
    pub path: Vec<String>,
    /// The schema's title, or the last key in words.
    pub title: String,
    /// The schema's description; empty when there is none.
    pub description: String,
    /// To the end for numbers.
    pub align: Align,
}

/// A row of a [`Sheet`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SheetRow {
    /// The object behind the row.
    #[serde(serialize_with = "shown")]
    pub field: Field,
    /// The cells.
    pub cells: Vec<SheetCell>,
}

/// A value in a [`Sheet`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SheetCell {
    /// Where the value stands; what [`Registry::for_field`](crate::Registry::for_field) is asked.
    #[serde(serialize_with = "shown")]
    pub field: Field,
    /// The value; none when the object does not have the field at all, null when the provider
    /// found nothing.
    pub value: Option<Value>,
    /// The value as words; empty for none and null.
    pub text: String,
}

fn shown<S: serde::Serializer>(field: &Field, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(field)
}

/// Takes a value apart into tables, outer before inner.
///
/// An object is a table of one row; nested objects become columns of their own (`address.city`). A
/// list of objects is a table with a row for each; a list of anything else stays in its cell.
pub fn sheets(value: &Value, schema: Option<&Value>) -> Vec<Sheet> {
    let mut sheets = Vec::new();
    collect(value, Schema(schema, schema), &Field::root(), String::new(), 0, &mut sheets);
    sheets
}

fn collect(
    value: &Value,
    schema: Schema<'_>,
    field: &Field,
    title: String,
    depth: usize,
    out: &mut Vec<Sheet>,
) {
    let (rows, schema) = match value {
        Value::Array(entries) => {
            let rows = entries
                .iter()
                .enumerate()
                .map(|(index, entry)| (field.index(index), entry))
                .collect();
            (rows, schema.items())
        }
        other => (vec![(field.clone(), other)], schema),
    };
    let sheet =
        Sheet { title, field: field.clone(), columns: columns(&rows, schema), rows: Vec::new() };
    let cells = |row: &Field, value: &Value| {
        sheet.columns.iter().map(|column| cell(row, value, column)).collect()
    };
    let filled = rows
        .iter()
        .map(|(row, value)| SheetRow { field: row.clone(), cells: cells(row, value) })
        .collect();
    if !sheet.columns.is_empty() {
        out.push(Sheet { rows: filled, ..sheet });
    }
    if depth < DEEPEST {
        rows.iter().for_each(|(row, value)| inner(value, schema, row, depth, out));
    }
}

/// The tables within a row.
fn inner(value: &Value, schema: Schema<'_>, row: &Field, depth: usize, out: &mut Vec<Sheet>) {
    for (key, value) in value.as_object().into_iter().flatten() {
        let schema = schema.property(key);
        let field = row.key(key);
        match value {
            Value::Object(_) => inner(value, schema, &field, depth + 1, out),
            value if is_table(value) => {
                collect(value, schema, &field, schema.title(key), depth + 1, out)
            }
            _ => {}
        }
    }
}

fn is_table(value: &Value) -> bool {
    value.as_array().is_some_and(|entries| entries.first().is_some_and(Value::is_object))
}

fn columns(rows: &[(Field, &Value)], schema: Schema<'_>) -> Vec<Column> {
    let mut columns = Vec::new();
    for (_, value) in rows {
        match value.as_object() {
            Some(object) => push_columns(object, schema, &[], &mut columns),
            None if columns.is_empty() => columns.push(column(&[], schema, value)),
            None => {}
        }
    }
    // A list that is empty in one row may hold objects, and so be a table, in another.
    let table = |path: &[String], value: &Value| within(value, path).is_some_and(is_table);
    columns.retain(|column| !rows.iter().any(|(_, value)| table(&column.path, value)));
    columns
}

fn within<'a>(value: &'a Value, path: &[String]) -> Option<&'a Value> {
    path.iter().try_fold(value, |value, key| value.get(key))
}

fn push_columns(
    object: &Map<String, Value>,
    schema: Schema<'_>,
    path: &[String],
    columns: &mut Vec<Column>,
) {
    for key in schema.keys(object) {
        let schema = schema.property(&key);
        let value = object.get(&key).unwrap_or(&Value::Null);
        let path: Vec<String> = path.iter().cloned().chain([key]).collect();
        match value {
            Value::Object(object) if path.len() < DEEPEST => {
                push_columns(object, schema, &path, columns)
            }
            value if is_table(value) => {}
            value => match columns.iter_mut().find(|column| column.path == path) {
                Some(column) if value.is_number() => column.align = Align::End,
                Some(_) => {}
                None => columns.push(column(&path, schema, value)),
            },
        }
    }
}

fn column(path: &[String], schema: Schema<'_>, value: &Value) -> Column {
    let title = path.last().map_or_else(|| "Value".to_owned(), |key| schema.title(key));
    let align = if value.is_number() || schema.is_number() { Align::End } else { Align::Natural };
    Column { path: path.to_vec(), title, description: schema.text("description").to_owned(), align }
}

fn cell(row: &Field, value: &Value, column: &Column) -> SheetCell {
    let field = column.path.iter().fold(row.clone(), |field, key| field.key(key));
    let value = within(value, &column.path).cloned();
    let text = value.as_ref().map_or_else(String::new, words);
    SheetCell { field, value, text }
}

/// A value as words.
fn words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(entries) => entries.iter().map(words).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

/// A part of a schema and the whole, which its references point into.
#[derive(Clone, Copy)]
struct Schema<'a>(Option<&'a Value>, Option<&'a Value>);

impl<'a> Schema<'a> {
    /// The schema that a local reference names; references that lead on are not followed.
    fn followed(self) -> Self {
        let reference = self.text("$ref").strip_prefix('#');
        let there =
            reference.filter(|path| !path.is_empty()).and_then(|path| self.1?.pointer(path));
        if there.is_some() { Self(there, self.1) } else { self }
    }

    fn part(self, path: &[&str]) -> Self {
        let part = path.iter().try_fold(self.followed().0, |schema, key| Some(schema?.get(key)));
        Self(part.flatten(), self.1)
    }

    fn items(self) -> Self {
        self.part(&["items"])
    }

    fn property(self, key: &str) -> Self {
        self.part(&["properties", key])
    }

    /// The keys of an object: first those of the schema, then what else it has.
    fn keys(self, object: &Map<String, Value>) -> Vec<String> {
        let known = self.part(&["properties"]).0.and_then(Value::as_object);
        let mut keys: Vec<String> = known.into_iter().flat_map(Map::keys).cloned().collect();
        let more: Vec<String> = object.keys().filter(|key| !keys.contains(key)).cloned().collect();
        keys.extend(more);
        keys
    }

    fn text(self, key: &str) -> &'a str {
        self.0.and_then(|schema| schema.get(key)).and_then(Value::as_str).unwrap_or_default()
    }

    fn is_number(self) -> bool {
        let kind = self.followed().0.and_then(|schema| schema.get("type"));
        let number = |value: &Value| matches!(value.as_str(), Some("number" | "integer"));
        kind.is_some_and(|kind| {
            number(kind) || kind.as_array().is_some_and(|kinds| kinds.iter().any(number))
        })
    }

    /// The title, or the key in words: `foundedYear` and `founded_year` are "Founded year".
    fn title(self, key: &str) -> String {
        let title = self.text("title");
        if title.is_empty() { in_words(key) } else { title.to_owned() }
    }
}

fn in_words(key: &str) -> String {
    let mut out = String::new();
    let mut lower = false;
    for c in key.chars() {
        let parts = matches!(c, '_' | '-' | ' ');
        if (parts || (c.is_uppercase() && lower)) && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
        match c {
            _ if parts => {}
            c if out.is_empty() => out.extend(c.to_uppercase()),
            c if lower => out.extend(c.to_lowercase()),
            c => out.push(c),
        }
        lower = c.is_lowercase() || c.is_ascii_digit();
    }
    out.trim_end().to_owned()
}
