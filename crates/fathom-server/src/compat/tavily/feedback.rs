//! `/feedback`

use std::sync::Arc;
use std::time::Instant;

use axum::Json;
use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::routing::post;
use fathom_core::providers::tavily::wire::{FeedbackRequest, FeedbackResponse};
use serde_json::Value;

use super::seconds;
use crate::compat::body::{self, Fields, Shape};
use crate::compat::id;
use crate::error::ApiError;
use crate::log::{self, Level};
use crate::routes::Shared;

/// Characters of an id or a score that a line of the log takes.
const LONGEST: usize = 100;

pub(super) fn router() -> Router<Arc<Shared>> {
    Router::new().route("/feedback", post(feedback))
}

/// `POST /feedback`: a line in the log, which names the answer and its scores. Words stay out of logs, so comments
/// are let go.
async fn feedback(body: Result<Bytes, BytesRejection>) -> Result<Json<FeedbackResponse>, ApiError> {
    let begun = Instant::now();
    let wanted = check(&body::read(body)?)?;
    let feedback_id = id::uuid()?;
    let (agent, human) = (score(&wanted.agent_score), score(&wanted.human_score));
    let about = wanted.request_id.or(wanted.session_id).map(clipped).unwrap_or_default();
    log::line(
        Level::Info,
        "feedback",
        &[
            ("id", &feedback_id),
            ("about", &about),
            ("agent_score", &agent),
            ("human_score", &human),
        ],
    );
    Ok(Json(FeedbackResponse { success: true, feedback_id, response_time: seconds(begun) }))
}

fn check(fields: &Fields) -> Result<FeedbackRequest, ApiError> {
    fields.check(&[
        ("session_id", Shape::Text),
        ("request_id", Shape::Text),
        ("comment", Shape::AnyText),
    ])?;
    let wanted: FeedbackRequest = fields.read(&[])?;
    if wanted.session_id.is_none() && wanted.request_id.is_none() {
        return Err(ApiError::invalid("request_id", "request_id or session_id is required"));
    }
    for (name, score) in
        [("agent_score", &wanted.agent_score), ("human_score", &wanted.human_score)]
    {
        if score.as_ref().is_some_and(|score| !score.is_number() && !score.is_string()) {
            return Err(ApiError::invalid(name, format!("{name} must be a number or a word")));
        }
    }
    Ok(wanted)
}

fn score(score: &Option<Value>) -> String {
    let score = score.as_ref();
    let text = score.map(|score| score.as_str().map_or_else(|| score.to_string(), str::to_owned));
    text.map_or_else(|| "none".to_owned(), clipped)
}

fn clipped(text: String) -> String {
    text.chars().take(LONGEST).collect()
}
