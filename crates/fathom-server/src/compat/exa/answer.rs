//! `/answer`, and the stream of chat completions that it and `/search` have.

use std::sync::Arc;

use axum::Extension;
use axum::Json;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use fathom_core::providers::exa::wire::answer::{
    AnswerRequest, AnswerResponse, Choice, Chunk, Delta,
};
use fathom_core::providers::exa::wire::failure::tag;
use fathom_core::providers::exa::wire::search::{CostDollars, SearchResponse, SearchResult};
use fathom_core::{Effort, Event, Report, Task};
use serde_json::Value;
use tokio::sync::mpsc;

use super::now;
use crate::compat::address::Origin;
use crate::compat::body::{self, Fields, Shape};
use crate::compat::engine::Working;
use crate::compat::pages;
use crate::compat::stream;
use crate::compat::teller::Frame;
use crate::error::ApiError;
use crate::index::Scope;
use crate::routes::{App, RequestId, Shared, blocking};

/// Whose values may have forms that are of no use here.
const UNREAD: [&str; 2] = ["userLocation", "userIdentifier"];
/// What ends a stream, by the convention of chat completions.
const DONE: &str = "[DONE]";

pub(super) fn router() -> Router<Arc<Shared>> {
    Router::new().route("/answer", post(answer))
}

/// `POST /answer`
async fn answer(
    State(app): App,
    origin: Origin,
    Extension(RequestId(request_id)): Extension<RequestId>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, ApiError> {
    let wanted = check(&body::read(body)?)?;
    let task = Task {
        question: wanted.query.clone(),
        effort: if wanted.model.as_deref() == Some("exa-pro") {
            Effort::Standard
        } else {
            Effort::Quick
        },
        guidance: wanted.system_prompt.clone(),
        output_schema: wanted.output_schema.clone(),
        ..Task::default()
    };
    let pages = Pages { app: Arc::clone(&app), origin, text: wanted.text == Some(true) };
    if wanted.stream == Some(true) {
        let (events, working) = now::watched(&app, task, Scope::default()).await?;
        let value = wanted.output_schema.is_some();
        let answering = Answering { events, working: Some(working), pages, value, said: false };
        return Ok(stream::answer(answering, None, Answering::next));
    }
    let report = now::report(&app, task, Scope::default()).await?;
    Ok(Json(AnswerResponse {
        answer: match &wanted.output_schema {
            Some(_) => report.structured.clone().unwrap_or_default(),
            None => Value::from(lead(&report.markdown)),
        },
        citations: pages.of(report).await?,
        request_id: Some(request_id),
        cost_dollars: Some(CostDollars::default()),
    })
    .into_response())
}

fn check(fields: &Fields) -> Result<AnswerRequest, ApiError> {
    fields.need("query")?;
    fields.check(&[
        ("query", Shape::Text),
        ("stream", Shape::Flag),
        ("text", Shape::Flag),
        ("model", Shape::Word(&["exa", "exa-pro"])),
        ("systemPrompt", Shape::AnyText),
    ])?;
    fields
        .check(&[("outputSchema", Shape::Object)])
        .map_err(|error| error.with_code(tag::INVALID_JSON_SCHEMA))?;
    let wanted: AnswerRequest = fields.read(&UNREAD)?;
    if let Some(schema) = &wanted.output_schema {
        fathom_engine::check_schema(schema).map_err(|error| {
            ApiError::invalid("outputSchema", error.to_string()).with_code(tag::INVALID_JSON_SCHEMA)
        })?;
    }
    Ok(wanted)
}

/// The first section of a report without its heading: what there is to say in short. Its markers count the citations.
fn lead(markdown: &str) -> &str {
    let body = markdown.strip_prefix("## ").and_then(|rest| rest.split_once('\n'));
    let body = body.map_or(markdown, |(_, body)| body);
    body.split("\n## ").next().unwrap_or(body).trim()
}

/// The pages that a report cites.
struct Pages {
    app: Arc<Shared>,
    origin: Origin,
    /// With their whole text.
    text: bool,
}

impl Pages {
    async fn of(&self, report: Report) -> Result<Vec<SearchResult>, ApiError> {
        let (app, origin, text) = (Arc::clone(&self.app), self.origin.clone(), self.text);
        blocking(move || {
            let told = report.sources.iter().map(|source| {
                let url = origin.of_source(source);
                let document = source.document.as_deref().filter(|_| text);
                let document = document.map(|id| app.library.document(id)).transpose();
                let document = document.map_err(|error| ApiError::internal(&error))?.flatten();
                Ok(SearchResult {
                    id: url.clone(),
                    url,
                    title: Some(source.title.clone()),
                    published_date: pages::day(source.date.as_ref()),
                    author: source.author.clone(),
                    text: document.map(|document| document.text.clone()),
                    ..SearchResult::default()
                })
            });
            told.collect()
        })
        .await
    }
}

/// An answer as it is written.
struct Answering {
    events: mpsc::Receiver<Event>,
    /// Gone once everything has been said.
    working: Option<Working<Report>>,
    pages: Pages,
    /// Whether a value is wanted instead of text.
    value: bool,
    said: bool,
}

impl Answering {
    async fn next(mut self) -> Option<(Vec<Frame>, Self)> {
        while let Some(event) = self.events.recv().await {
            if let Event::TextDelta { text } = event
                && !self.value
                && !self.said
            {
                self.said = true;
                return Some((pieces(lead(&text)), self));
            }
        }
        let report = match self.working.take()?.done().await {
            Ok(report) => report,
            Err(error) => return Some((vec![failure(&error)], self)),
        };
        let mut frames = Vec::new();
        if self.value {
            frames.push(piece(report.structured.clone().unwrap_or_default().to_string()));
        }
        let pages = Pages {
            app: Arc::clone(&self.pages.app),
            origin: self.pages.origin.clone(),
            ..self.pages
        };
        match pages.of(report).await {
            Ok(citations) => frames.extend(end(citations)),
            Err(error) => frames.push(failure(&error)),
        }
        Some((frames, Self { pages, ..self }))
    }
}

/// Text paragraph by paragraph.
fn pieces(text: &str) -> Vec<Frame> {
    text.split_inclusive('\n').map(|line| piece(line.to_owned())).collect()
}

fn piece(content: String) -> Frame {
    let delta = Delta { role: Some("assistant".to_owned()), content: Some(content) };
    Frame::data(&Chunk { choices: vec![Choice { delta, ..Choice::default() }], ..Chunk::default() })
}

/// The citations, what it cost, and the sign that nothing follows.
fn end(citations: Vec<SearchResult>) -> [Frame; 3] {
    let finish_reason = Some("stop".to_owned());
    let last = Chunk {
        choices: vec![Choice { finish_reason, ..Choice::default() }],
        cost_dollars: Some(CostDollars::default()),
        ..Chunk::default()
    };
    [
        Frame::data(&Chunk { citations: Some(citations), ..Chunk::default() }),
        Frame::data(&last),
        Frame { data: DONE.to_owned(), ..Frame::default() },
    ]
}

fn failure(error: &ApiError) -> Frame {
    Frame::data(&serde_json::json!({ "error": { "message": error.error().message() } }))
}

/// A search as a stream: its output as text, its results as citations.
pub(super) fn search_stream(response: &SearchResponse) -> Response {
    let mut frames = Vec::new();
    match response.output.as_ref().map(|output| &output.content) {
        Some(Value::String(text)) => frames.extend(pieces(text)),
        Some(value) => frames.push(piece(value.to_string())),
        None => {}
    }
    if response.warnings.is_some() {
        frames.push(Frame::data(
            &serde_json::json!({ "choices": [], "warnings": response.warnings }),
        ));
    }
    frames.extend(end(response.results.clone()));
    stream::replay(&frames)
}
