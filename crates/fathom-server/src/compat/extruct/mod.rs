//! Extruct's Deep Research API; its words are in fathom-core's `providers::extruct`.

mod failure;
mod task;

use std::sync::Arc;

use axum::Json;
use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, Query, State, rejection::QueryRejection};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use fathom_core::providers::extruct::wire::{BRIEF_MAX, CreateTask, DeepResearchTask, PAGE};
use fathom_core::schema;
use fathom_core::{Effort, Task};
use serde::Deserialize;

use super::address::Origin;
use super::body::{self, Fields, Shape};
use super::{id, runs};
use crate::error::ApiError;
use crate::routes::{App, Shared, blocking};
use crate::store::Filter;

pub(super) use failure::refusal;

const PROTOCOL: &str = "extruct";
const DEPTHS: [&str; 3] = ["medium", "high", "xhigh"];
/// More tasks than this are not put into one answer.
const MOST: u32 = 100;
const SCHEMA_DEPTH: u32 = 5;
const SCHEMA_PROPERTIES: u32 = 50;

pub(super) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route("/v1/deep_research_tasks", post(create).get(list))
        .route("/v1/deep_research_tasks/{task_id}", get(show))
}

/// `POST /v1/deep_research_tasks`
async fn create(
    State(app): App,
    origin: Origin,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<DeepResearchTask>, ApiError> {
    let fields = body::read(body).map_err(failure::unprocessable)?;
    let wanted = check(&fields).map_err(failure::unprocessable)?;
    let task = Task {
        question: wanted.brief.trim().to_owned(),
        effort: effort(task::depth(&wanted)),
        output_schema: wanted.output_schema.clone(),
        ..Task::default()
    };
    let request = serde_json::to_value(&wanted).map_err(|error| ApiError::internal(&error))?;
    let ask = runs::Ask { protocol: PROTOCOL, id: id::uuid()?, task, request, material: None };
    let run = runs::start(&app, ask).await?;
    Ok(Json(task::view(&run, &origin)))
}

fn check(fields: &Fields) -> Result<CreateTask, ApiError> {
    fields.need("brief")?;
    fields.check(&[
        ("brief", Shape::Text),
        ("depth", Shape::Word(&DEPTHS)),
        ("output_schema", Shape::Object),
    ])?;
    let wanted: CreateTask = fields.read(&[])?;
    let length = wanted.brief.chars().count();
    if length > BRIEF_MAX {
        let message = format!("brief has {length} characters; {BRIEF_MAX} are the most");
        return Err(ApiError::invalid("brief", message).with_code("string_too_long"));
    }
    let Some(schema) = &wanted.output_schema else { return Ok(wanted) };
    let refuse =
        |message: String| Err(ApiError::invalid("output_schema", message).with_code("value_error"));
    if schema.get("type").and_then(|kind| kind.as_str()) != Some("object") {
        return refuse("output_schema must have \"type\": \"object\"".to_owned());
    }
    if let Err(error) = fathom_engine::check_schema(schema) {
        return refuse(error.to_string());
    }
    let size = schema::measure(schema);
    if size.depth > SCHEMA_DEPTH || size.properties > SCHEMA_PROPERTIES || size.cut {
        return refuse(format!(
            "output_schema has {} levels and {} properties; {SCHEMA_DEPTH} and {SCHEMA_PROPERTIES} are the most",
            size.depth, size.properties
        ));
    }
    Ok(wanted)
}

fn effort(depth: &str) -> Effort {
    match depth {
        "xhigh" => Effort::Deep,
        "high" => Effort::Standard,
        _ => Effort::Quick,
    }
}

/// `GET /v1/deep_research_tasks/{task_id}`
async fn show(
    State(app): App,
    origin: Origin,
    Path(task_id): Path<String>,
) -> Result<Response, ApiError> {
    if !id::is_uuid(&task_id) {
        let error = ApiError::invalid("task_id", "task_id must be a UUID");
        return Err(failure::unprocessable(error.with_code("uuid_parsing")));
    }
    let name = [PROTOCOL, origin.as_str()].concat();
    runs::answer(&app, name, PROTOCOL, task_id, move |run| task::view(run, &origin))
        .await?
        .ok_or_else(|| ApiError::not_found("Deep research task not found"))
}

#[derive(Debug, Deserialize)]
struct Page {
    offset: Option<u32>,
    limit: Option<u32>,
}

/// `GET /v1/deep_research_tasks`
async fn list(
    State(app): App,
    origin: Origin,
    page: Result<Query<Page>, QueryRejection>,
) -> Result<Response, ApiError> {
    let invalid = |field: &'static str, message: String| {
        failure::unprocessable(ApiError::invalid(field, message).with_code("int_parsing"))
    };
    let Query(page) = page.map_err(|error| invalid("query", error.body_text()))?;
    let limit = page.limit.unwrap_or(PAGE);
    if !(1..=MOST).contains(&limit) {
        return Err(invalid("limit", format!("limit must be from 1 to {MOST}")));
    }
    let filter = Filter {
        limit: usize::try_from(limit).unwrap_or(1),
        offset: usize::try_from(page.offset.unwrap_or(0)).unwrap_or(usize::MAX),
        protocol: Some(PROTOCOL),
        ..Filter::default()
    };
    let runs = blocking(move || runs::list(&app, &filter)).await?;
    let tasks: Vec<DeepResearchTask> = runs.iter().map(|run| task::view(run, &origin)).collect();
    Ok(Json(tasks).into_response())
}
