//! `/research/v0/tasks`: the same researches as v1, in the words of the first version, which knows data only.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use fathom_core::providers::exa::wire::research_v0::{
    Citation, CreateTask, Created, Task, TaskPage, status,
};
use fathom_core::{Event, Report, Source, Status};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::list::{self, Asked};
use super::research_v1::{self, Narrator, frame};
use crate::compat::address::Origin;
use crate::compat::body::{self, Fields, Shape};
use crate::compat::markers::{self, Section};
use crate::compat::teller::{Frame, Moment, Teller};
use crate::compat::{id, runs, stream};
use crate::error::ApiError;
use crate::routes::{App, Shared, blocking};
use crate::store::Run;

const PROTOCOL: &str = "exa-research-v0";
const MODELS: [&str; 2] = ["exa-research", "exa-research-pro"];
const LIMIT: u64 = 25;
const MOST: u64 = 200;
/// Fields that are made up where no schema is given: as many as one may give.
const INFERRED: usize = 8;

pub(super) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route("/research/v0/tasks", post(create).get(all))
        .route("/research/v0/tasks/{id}", get(show))
}

/// `POST /research/v0/tasks`
async fn create(
    State(app): App,
    body: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<Created>), ApiError> {
    let wanted = check(&body::read(body)?)?;
    let schema = wanted.output.as_ref().and_then(|output| output.schema.clone());
    let task = fathom_core::Task {
        question: wanted.instructions.trim().to_owned(),
        effort: research_v1::effort(wanted.model.as_deref()),
        level: wanted.model.clone(),
        output_schema: schema,
        ..fathom_core::Task::default()
    };
    let request = serde_json::to_value(&wanted).map_err(|error| ApiError::internal(&error))?;
    let ask = runs::Ask { protocol: PROTOCOL, id: id::uuid()?, task, request, material: None };
    let run = runs::start(&app, ask).await?;
    Ok((StatusCode::CREATED, Json(Created { id: run.id })))
}

fn check(fields: &Fields) -> Result<CreateTask, ApiError> {
    fields.need("instructions")?;
    fields.check(&[
        ("instructions", Shape::Text),
        ("model", Shape::Word(&MODELS)),
        ("output", Shape::Object),
    ])?;
    let output = fields.inside("output");
    output.check(&[("inferSchema", Shape::Flag)])?;
    output
        .check(&[("schema", Shape::Object)])
        .map_err(|error| error.with_code("INVALID_JSON_SCHEMA"))?;
    let wanted: CreateTask = fields.read(&[])?;
    research_v1::check_instructions(&wanted.instructions)?;
    let schema = wanted.output.as_ref().and_then(|output| output.schema.as_ref());
    schema.map_or(Ok(()), research_v1::check_schema)?;
    Ok(wanted)
}

#[derive(Debug, Deserialize)]
struct How {
    stream: Option<String>,
}

fn not_found() -> ApiError {
    ApiError::not_found("Task not found")
}

/// `GET /research/v0/tasks/{id}`
async fn show(
    State(app): App,
    origin: Origin,
    Path(id): Path<String>,
    how: Result<Query<How>, QueryRejection>,
) -> Result<Response, ApiError> {
    let Query(how) = how.map_err(|error| ApiError::invalid("query string", error.body_text()))?;
    if how.stream.as_deref() == Some("true") {
        let shared = Arc::clone(&app);
        let run = blocking(move || runs::find(&shared, PROTOCOL, &id)).await?;
        let run = run.ok_or_else(not_found)?;
        let teller = Frames { narrator: Narrator::new(&run, origin.clone()), origin };
        return Ok(stream::follow(&app, &run, teller, None));
    }
    let name = [PROTOCOL, origin.as_str()].concat();
    runs::answer(&app, name, PROTOCOL, id, move |run| view(run, &origin))
        .await?
        .ok_or_else(not_found)
}

/// `GET /research/v0/tasks`
async fn all(
    State(app): App,
    origin: Origin,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Json<TaskPage>, ApiError> {
    let place = Asked::read(asked, LIMIT, MOST)?;
    let (found, next_cursor) = list::page(app, PROTOCOL, place).await?;
    Ok(Json(TaskPage {
        data: found.iter().map(|run| view(run, &origin)).collect(),
        has_more: next_cursor.is_some(),
        next_cursor,
        ..TaskPage::default()
    }))
}

/// A run as a task of the first version, which has no word for waiting and none for being cancelled.
fn view(run: &Run, origin: &Origin) -> Task {
    let wanted: CreateTask = runs::request(run);
    let given = run.task.output_schema.as_ref().and_then(Value::as_object).cloned();
    let task = Task {
        id: run.id.clone(),
        status: match run.status {
            Status::Queued | Status::Running => status::RUNNING,
            Status::Completed => status::COMPLETED,
            Status::Failed | Status::Cancelled => status::FAILED,
        }
        .to_owned(),
        instructions: wanted.instructions,
        schema: given.clone().unwrap_or_default(),
        ..Task::default()
    };
    if run.status != Status::Completed {
        return task;
    }
    let report = runs::report(run);
    if given.is_some() {
        let citations = Some(of_root_fields(&report, origin));
        return Task { data: report.structured.clone(), citations, ..task };
    }
    let Inferred { schema, data, citations } = inferred(&report, origin);
    Task { schema, data: Some(Value::Object(data)), citations: Some(citations), ..task }
}

type Citations = BTreeMap<String, Vec<Citation>>;

/// The pages behind the fields of a given schema, grouped by the field of the root that they belong to.
fn of_root_fields(report: &Report, origin: &Origin) -> Citations {
    let mut grouped = Citations::new();
    for citation in &report.citations {
        let Some(path) = &citation.field else { continue };
        let root = path.split(['.', '[']).next().unwrap_or(path);
        let quote = citation.evidence.first().map(|evidence| evidence.quote.as_str());
        let pages = grouped.entry(root.to_owned()).or_default();
        for source in markers::sources(report, citation) {
            let page = page(source, quote, origin);
            if pages.iter().all(|known| known.url != page.url) {
                pages.push(page);
            }
        }
    }
    grouped
}

fn page(source: &Source, quote: Option<&str>, origin: &Origin) -> Citation {
    let url = origin.of_source(source);
    let snippet = quote.or(source.snippet.as_deref()).unwrap_or_default().to_owned();
    Citation { id: url.clone(), url, title: Some(source.title.clone()), snippet }
}

struct Inferred {
    schema: Map<String, Value>,
    data: Map<String, Value>,
    citations: Citations,
}

/// A schema made up from what was found: every section of the report is a field.
fn inferred(report: &Report, origin: &Origin) -> Inferred {
    let mut made = Inferred { schema: Map::new(), data: Map::new(), citations: Citations::new() };
    let mut properties = Map::new();
    for section in markers::sections(report).into_iter().take(INFERRED) {
        let name = field_name(&section, &properties);
        let cited = report.sources.iter().filter(|source| section.sources.contains(&source.id));
        made.citations
            .insert(name.clone(), cited.map(|source| page(source, None, origin)).collect());
        properties.insert(name.clone(), json!({ "type": "string", "description": section.title }));
        made.data.insert(name, Value::from(section.text));
    }
    let names: Vec<Value> = properties.keys().cloned().map(Value::from).collect();
    made.schema.insert("type".to_owned(), Value::from("object"));
    made.schema.insert("properties".to_owned(), Value::Object(properties));
    made.schema.insert("required".to_owned(), Value::Array(names));
    made
}

/// The title of a section as the name of a field: `In short` as `in_short`.
fn field_name(section: &Section, taken: &Map<String, Value>) -> String {
    let words: Vec<String> = section
        .title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let name = if words.is_empty() { "text".to_owned() } else { words.join("_") };
    let number = (2..).map(|number| format!("{name}_{number}"));
    let mut names = std::iter::once(name.clone()).chain(number);
    names.find(|name| !taken.contains_key(name)).unwrap_or(name)
}

/// The events of the second version, whose names the first is not known to differ from; in the last one stands the task.
struct Frames {
    narrator: Narrator,
    origin: Origin,
}

impl Teller for Frames {
    type Told = Frame;

    fn begin(&mut self, run: &Run) -> Vec<Frame> {
        self.narrator.begin(run).into_iter().map(frame).collect()
    }

    fn found(&mut self, pages: Vec<Source>) {
        self.narrator.found(pages);
    }

    fn event(&mut self, moment: Moment, event: &Event) -> Vec<Frame> {
        self.narrator.event(moment, event).into_iter().map(frame).collect()
    }

    fn end(&mut self, moment: Moment, run: &Run) -> Vec<Frame> {
        let mut told = self.narrator.end(moment, run);
        let last = told.pop().map(|last| {
            let mut data = json!(last);
            if let Some(fields) = data.as_object_mut() {
                fields.insert("task".to_owned(), json!(view(run, &self.origin)));
            }
            Frame::new(last.event_type, &data)
        });
        told.into_iter().map(frame).chain(last).collect()
    }
}
