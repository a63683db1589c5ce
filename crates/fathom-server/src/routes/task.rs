//! The body of a new run: read field by field, so that the answer can name the one at fault.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::http::StatusCode;
use fathom_core::providers::local::wire::{QUESTION_MAX, TOKEN_MAX};
use fathom_core::{Effort, ErrorKind, Task};
use fathom_engine::check_schema;
use serde_json::Value;

use super::more::{self, take};
use crate::error::ApiError;

/// What an effort can be.
const WORDS: &str = "quick, standard or deep";
const MAX_GLOBS: usize = 100;
const MAX_GLOB_CHARS: usize = 1024;

/// Reads a task and its token.
pub(super) fn read(
    body: Result<Bytes, BytesRejection>,
) -> Result<(Task, Option<String>), ApiError> {
    let body = body.map_err(|error| refuse_body(&error))?;
    let value: Value = serde_json::from_slice(&body).map_err(|error| {
        ApiError::new(ErrorKind::Malformed, format!("the body is not JSON: {error}"))
            .with_status(StatusCode::BAD_REQUEST)
    })?;
    let Value::Object(mut fields) = value else {
        return Err(ApiError::new(
            ErrorKind::InvalidTask,
            "the body must be a JSON object with a question",
        ));
    };
    let level: Option<Effort> = take(&mut fields, "level", WORDS)?;
    let effort: Option<Effort> = take(&mut fields, "effort", WORDS)?;
    let task = Task {
        question: take(&mut fields, "question", "text")?.unwrap_or_default(),
        // The levels of this program are its efforts, and a level goes before an effort.
        effort: level.or(effort).unwrap_or_default(),
        level: level.map(|level| level.as_str().to_owned()),
        output_schema: fields.remove("output_schema").filter(|schema| !schema.is_null()),
        include: take(&mut fields, "include", "a list of globs")?.unwrap_or_default(),
        follow_up_of: take(&mut fields, "follow_up_of", "the id of a run")?,
        rows: more::objects(&mut fields, "rows", more::MAX_ROWS)?,
        known: more::objects(&mut fields, "known", more::MAX_KNOWN)?,
        budget: more::budget(&mut fields)?,
        metadata: more::metadata(&mut fields)?,
        ..Task::default()
    };
    let token = take(&mut fields, "token", "text")?;
    more::refuse(&fields)?;
    check(task, token)
}

fn check(mut task: Task, token: Option<String>) -> Result<(Task, Option<String>), ApiError> {
    let is_nothing = |c: char| c.is_whitespace() || c.is_control();
    task.question = task.question.trim_matches(is_nothing).to_owned();
    let length = task.question.chars().count();
    if length == 0 {
        return Err(ApiError::invalid("question", "the question is empty; ask something"));
    }
    if length > QUESTION_MAX {
        return Err(ApiError::invalid(
            "question",
            format!("the question has {length} characters; {QUESTION_MAX} are the most"),
        ));
    }
    if let Some(schema) = &task.output_schema {
        check_schema(schema)
            .map_err(|error| ApiError::invalid("output_schema", error.to_string()))?;
    }
    let is_long = |glob: &String| glob.chars().count() > MAX_GLOB_CHARS;
    if task.include.len() > MAX_GLOBS || task.include.iter().any(is_long) {
        return Err(ApiError::invalid(
            "include",
            format!("include takes {MAX_GLOBS} globs of {MAX_GLOB_CHARS} characters at most"),
        ));
    }
    if token.as_ref().is_some_and(|token| !(1..=TOKEN_MAX).contains(&token.chars().count())) {
        let message = format!("token must have 1 to {TOKEN_MAX} characters");
        return Err(ApiError::invalid("token", message));
    }
    Ok((task, token))
}

fn refuse_body(error: &BytesRejection) -> ApiError {
    let status = error.status();
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        return ApiError::new(ErrorKind::InvalidTask, "the body is larger than 1 MB")
            .with_status(status);
    }
    ApiError::new(ErrorKind::Malformed, error.body_text()).with_status(StatusCode::BAD_REQUEST)
}
