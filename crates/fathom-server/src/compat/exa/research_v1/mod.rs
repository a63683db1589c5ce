//! `/research/v1`

mod events;
mod view;

use std::sync::Arc;

use axum::Json;
use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use fathom_core::providers::exa::wire::research_v1::{CreateResearch, Research, ResearchPage};
use fathom_core::{Effort, Task, schema};
use serde::Deserialize;
use serde_json::Value;

use super::list::{self, Asked};
use crate::compat::address::Origin;
use crate::compat::body::{self, Fields, Shape};
use crate::compat::teller::{self, Framed};
use crate::compat::{id, runs, stream};
use crate::error::ApiError;
use crate::routes::{App, Shared, blocking};

pub(super) use events::{Narrator, frame};

const PROTOCOL: &str = "exa-research";
const MODELS: [&str; 3] = ["exa-research-fast", "exa-research", "exa-research-pro"];
const LIMIT: u64 = 10;
const MOST: u64 = 50;
const INSTRUCTIONS_MAX: usize = 4096;
const SCHEMA_ROOTS: u32 = 8;
const SCHEMA_DEPTH: u32 = 5;

pub(super) fn router() -> Router<Arc<Shared>> {
    Router::new().route("/research/v1", post(create).get(all)).route("/research/v1/{id}", get(show))
}

/// `POST /research/v1`
async fn create(
    State(app): App,
    origin: Origin,
    body: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<Research>), ApiError> {
    let mut wanted = check(&body::read(body)?)?;
    wanted.model.get_or_insert_with(|| "exa-research".to_owned());
    let task = Task {
        question: wanted.instructions.trim().to_owned(),
        effort: effort(wanted.model.as_deref()),
        level: wanted.model.clone(),
        output_schema: wanted.output_schema.clone(),
        ..Task::default()
    };
    let request = serde_json::to_value(&wanted).map_err(|error| ApiError::internal(&error))?;
    let ask = runs::Ask { protocol: PROTOCOL, id: id::ulid()?, task, request, material: None };
    let run = runs::start(&app, ask).await?;
    Ok((StatusCode::CREATED, Json(view::view(&run, &origin))))
}

fn check(fields: &Fields) -> Result<CreateResearch, ApiError> {
    fields.need("instructions")?;
    fields.check(&[("instructions", Shape::Text), ("model", Shape::Word(&MODELS))])?;
    fields
        .check(&[("outputSchema", Shape::Object)])
        .map_err(|error| error.with_code("INVALID_JSON_SCHEMA"))?;
    let wanted: CreateResearch = fields.read(&[])?;
    check_instructions(&wanted.instructions)?;
    wanted.output_schema.as_ref().map_or(Ok(()), check_schema)?;
    Ok(wanted)
}

/// The rule for what is to be researched, in both versions of this API.
pub(super) fn check_instructions(instructions: &str) -> Result<(), ApiError> {
    let length = instructions.chars().count();
    if length > INSTRUCTIONS_MAX {
        let message =
            format!("instructions has {length} characters; {INSTRUCTIONS_MAX} are the most");
        return Err(ApiError::invalid("instructions", message));
    }
    Ok(())
}

/// The rules for a schema, in both versions of this API.
pub(super) fn check_schema(wanted: &Value) -> Result<(), ApiError> {
    let refuse = |message: String| {
        Err(ApiError::invalid("outputSchema", message).with_code("INVALID_JSON_SCHEMA"))
    };
    if let Err(error) = fathom_engine::check_schema(wanted) {
        return refuse(error.to_string());
    }
    let size = schema::measure(wanted);
    if size.roots > SCHEMA_ROOTS || size.depth > SCHEMA_DEPTH || size.cut {
        return refuse(format!(
            "the schema has {} root fields and {} levels; {SCHEMA_ROOTS} and {SCHEMA_DEPTH} are the most",
            size.roots, size.depth
        ));
    }
    Ok(())
}

pub(super) fn effort(model: Option<&str>) -> Effort {
    match model {
        Some("exa-research-fast") => Effort::Quick,
        Some("exa-research-pro") => Effort::Deep,
        _ => Effort::Standard,
    }
}

#[derive(Debug, Default, Deserialize)]
struct How {
    stream: Option<String>,
    events: Option<String>,
}

fn not_found() -> ApiError {
    ApiError::not_found("Research not found")
}

/// `GET /research/v1/{researchId}`
async fn show(
    State(app): App,
    origin: Origin,
    Path(id): Path<String>,
    how: Result<Query<How>, QueryRejection>,
) -> Result<Response, ApiError> {
    let Query(how) = how.map_err(|error| ApiError::invalid("query string", error.body_text()))?;
    let is_on = |word: &Option<String>| word.as_deref() == Some("true");
    if is_on(&how.stream) {
        let shared = Arc::clone(&app);
        let run = blocking(move || runs::find(&shared, PROTOCOL, &id)).await?;
        let run = run.ok_or_else(not_found)?;
        let teller = Framed::new(Narrator::new(&run, origin), frame);
        return Ok(stream::follow(&app, &run, teller, None));
    }
    let (log, shared) = (is_on(&how.events), Arc::clone(&app));
    let name = [PROTOCOL, if log { "+events" } else { "" }, origin.as_str()].concat();
    let answer = runs::answer(&app, name, PROTOCOL, id, move |run| {
        let mut research = view::view(run, &origin);
        if log {
            let mut narrator = Narrator::new(run, origin);
            research.events = teller::log(&shared, run, &mut narrator).ok();
        }
        research
    });
    answer.await?.ok_or_else(not_found)
}

/// `GET /research/v1`
async fn all(
    State(app): App,
    origin: Origin,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Json<ResearchPage>, ApiError> {
    let place = Asked::read(asked, LIMIT, MOST)?;
    let (found, next_cursor) = list::page(app, PROTOCOL, place).await?;
    Ok(Json(ResearchPage {
        data: found.iter().map(|run| view::view(run, &origin)).collect(),
        has_more: next_cursor.is_some(),
        next_cursor,
        ..ResearchPage::default()
    }))
}
