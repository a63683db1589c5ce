//! The body of a new research, with the rules of its reference.

use fathom_core::providers::tavily::wire::ResearchRequest;
use fathom_core::{Effort, Task};
use serde_json::Value;

use super::{PROTOCOL, files};
use crate::compat::body::{Fields, Shape};
use crate::compat::{id, runs};
use crate::error::ApiError;
use crate::store::{Material, Run, Scope};

/// The model unless one is named.
pub(super) const MODEL: &str = "auto";
const MODELS: [&str; 3] = ["mini", "pro", "auto"];
const FORMATS: [&str; 4] = ["numbered", "mla", "apa", "chicago"];
const LENGTHS: [&str; 3] = ["short", "standard", "long"];
const SITES: usize = 20;
const TYPES: [&str; 5] = ["object", "string", "integer", "number", "array"];

pub(super) fn read(fields: &Fields) -> Result<ResearchRequest, ApiError> {
    fields.need("input")?;
    fields.check(&[
        ("input", Shape::Text),
        ("model", Shape::Word(&MODELS)),
        ("stream", Shape::Flag),
        ("output_schema", Shape::Object),
        ("citation_format", Shape::Word(&FORMATS)),
        ("include_domains", Shape::Texts(SITES)),
        ("exclude_domains", Shape::Texts(SITES)),
        ("output_length", Shape::Word(&LENGTHS)),
        ("files", Shape::Objects(files::MOST)),
    ])?;
    let wanted: ResearchRequest = fields.read(&[])?;
    wanted.output_schema.as_ref().map_or(Ok(()), |schema| check_object(schema, "output_schema"))?;
    Ok(wanted)
}

/// The vendor's own rules for schemas, which are stricter than JSON Schema.
fn check_object(schema: &Value, path: &str) -> Result<(), ApiError> {
    let refuse = |message: String| Err(ApiError::invalid("output_schema", message));
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
        return refuse(format!("{path} must contain properties"));
    };
    if let Some(required) = schema.get("required") {
        let mut names = required.as_array().into_iter().flatten().filter_map(Value::as_str);
        if !names.any(|name| properties.contains_key(name)) {
            return refuse(format!("{path}.required must name at least one of the properties"));
        }
    }
    properties.iter().try_for_each(|(name, property)| {
        check_property(property, &format!("{path}.properties.{name}"))
    })?;
    fathom_engine::check_schema(schema)
        .map_err(|error| ApiError::invalid("output_schema", error.to_string()))
}

fn check_property(property: &Value, path: &str) -> Result<(), ApiError> {
    let refuse = |message: String| Err(ApiError::invalid("output_schema", message));
    let Some(kind) = property.get("type").and_then(Value::as_str) else {
        return refuse(format!("{path} must have a type"));
    };
    if !TYPES.contains(&kind) {
        return refuse(format!("{path}.type must be one of {}", TYPES.join(", ")));
    }
    if !property.get("description").is_some_and(Value::is_string) {
        return refuse(format!("{path} must have a description"));
    }
    match kind {
        "object" => check_object(property, path),
        "array" => match property.get("items") {
            Some(items) if items.get("properties").is_some() => {
                check_object(items, &format!("{path}.items"))
            }
            Some(_) => Ok(()),
            None => refuse(format!("{path} must have items")),
        },
        _ => Ok(()),
    }
}

/// The run of ours that answers this request.
pub(super) fn ask(wanted: ResearchRequest) -> Result<runs::Ask, ApiError> {
    let list = |texts: &Option<Vec<String>>| texts.clone().unwrap_or_default();
    let material = Material {
        // Sites that are named go first, and others are not kept out.
        scope: Scope {
            sites: list(&wanted.include_domains),
            prefer: true,
            not_sites: list(&wanted.exclude_domains),
            ..Scope::default()
        },
        files: files::read(wanted.files.as_deref().unwrap_or_default())?,
    };
    let task = Task {
        question: wanted.input.trim().to_owned(),
        effort: effort(&wanted),
        level: wanted.model.clone(),
        output_schema: wanted.output_schema.clone().map(rooted),
        ..Task::default()
    };
    let request = files::without_contents(wanted);
    let request = serde_json::to_value(&request).map_err(|error| ApiError::internal(&error))?;
    Ok(runs::Ask { protocol: PROTOCOL, id: id::uuid()?, task, request, material: Some(material) })
}

/// A schema that says that it is one of an object.
fn rooted(mut schema: Value) -> Value {
    if let Some(fields) = schema.as_object_mut() {
        fields.entry("type").or_insert_with(|| Value::from("object"));
    }
    schema
}

/// How deep to go: the wish for a length goes before what the model suggests, because depth makes the length.
fn effort(wanted: &ResearchRequest) -> Effort {
    match (wanted.output_length.as_deref(), wanted.model.as_deref()) {
        (Some("short"), _) => Effort::Quick,
        (Some("long"), _) => Effort::Deep,
        (_, Some("mini")) => Effort::Quick,
        (_, Some("pro")) => Effort::Deep,
        _ => Effort::Standard,
    }
}

/// The request that a run was started with.
pub(super) fn request(run: &Run) -> ResearchRequest {
    runs::request(run)
}
