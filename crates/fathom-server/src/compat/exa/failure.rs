//! Errors in Exa's two forms: the agent has one of its own.

use axum::http::StatusCode;
use fathom_core::ErrorKind;
use fathom_core::providers::exa::wire::agent::RunError;
use fathom_core::providers::exa::wire::failure::{AgentFailure, Failure, tag};
use serde_json::{Value, json};

use crate::error::ApiError;

/// The body of an error below `path`.
pub(in crate::compat) fn refusal(path: &str, error: &ApiError, request_id: &str) -> Value {
    // Who is not let in is told so by the gateway in front of all endpoints, in the common form.
    let before = matches!(error.status(), StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN);
    let message = error.error().message().to_owned();
    if path.starts_with("/agent/") && !before {
        return json!(AgentFailure {
            error: RunError {
                kind: Some(class(error).to_owned()),
                code: Some(code(error).to_owned()),
                message: Some(message),
                path: error.error().field().map(str::to_owned),
                ..RunError::default()
            }
        });
    }
    json!(Failure {
        request_id: request_id.to_owned(),
        error: message,
        tag: tag_of(error).to_owned()
    })
}

/// The vendor's word that a handler chose; words of other vendors are written otherwise.
fn chosen(error: &ApiError) -> Option<&'static str> {
    Some(error.code()).filter(|code| code.starts_with(|c: char| c.is_ascii_uppercase()))
}

fn class(error: &ApiError) -> &'static str {
    match error.status().as_u16() {
        404 => "NOT_FOUND",
        429 => "RATE_LIMIT_ERROR",
        400..=499 => "INVALID_REQUEST",
        _ => "SERVER_ERROR",
    }
}

fn code(error: &ApiError) -> &'static str {
    chosen(error).unwrap_or(match class(error) {
        "RATE_LIMIT_ERROR" => "CONCURRENCY_LIMIT_REACHED",
        class => class,
    })
}

fn tag_of(error: &ApiError) -> &'static str {
    chosen(error).unwrap_or(match error.status().as_u16() {
        401 => tag::INVALID_API_KEY,
        403 => "INSUFFICIENT_SCOPE",
        404 => tag::NOT_FOUND,
        405 => "INVALID_REQUEST",
        429 => tag::RATE_LIMIT_EXCEEDED,
        400..=499 if is_of_query(error) => "INVALID_REQUEST_QUERY",
        400..=499 => tag::INVALID_REQUEST_BODY,
        503 | 507 => tag::SERVICE_OVERLOADED,
        _ => tag::INTERNAL_ERROR,
    })
}

/// Whether what is wrong stands in the address, not in the body.
fn is_of_query(error: &ApiError) -> bool {
    error.error().kind() == ErrorKind::InvalidTask
        && matches!(error.error().field(), Some("limit" | "cursor" | "query string"))
}
