//! Errors in the manner of FastAPI.

use axum::http::StatusCode;
use fathom_core::ErrorKind;
use fathom_core::providers::extruct::wire::{ErrorBody, FieldError};
use serde_json::{Value, json};

use crate::error::ApiError;

/// A request that was understood and cannot be taken has a status of its own here.
pub(super) fn unprocessable(error: ApiError) -> ApiError {
    match error.error().kind() {
        ErrorKind::InvalidTask | ErrorKind::Malformed
            if error.status() != StatusCode::PAYLOAD_TOO_LARGE =>
        {
            error.with_status(StatusCode::UNPROCESSABLE_ENTITY)
        }
        _ => error,
    }
}

/// The body of an error.
pub(in crate::compat) fn refusal(error: &ApiError) -> Value {
    let detail = match error.status() {
        StatusCode::UNPROCESSABLE_ENTITY => Value::Array(vec![field(error)]),
        StatusCode::UNAUTHORIZED => Value::from("Not authenticated"),
        _ => Value::from(error.error().message()),
    };
    json!(ErrorBody { detail })
}

fn field(error: &ApiError) -> Value {
    let mut loc = vec![Value::from(place(error))];
    loc.extend(error.error().field().map(Value::from));
    let kind = if error.code().is_empty() { "json_invalid" } else { error.code() };
    json!(FieldError { loc, msg: error.error().message().to_owned(), kind: kind.to_owned() })
}

/// Where in the request something is wrong.
fn place(error: &ApiError) -> &'static str {
    match error.error().field() {
        Some("task_id") => "path",
        Some("limit" | "offset" | "query") => "query",
        _ => "body",
    }
}
