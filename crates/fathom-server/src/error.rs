//! The one place that turns an error into an answer.

use std::borrow::Cow;
use std::time::Duration;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use fathom_core::error::{Error, ErrorKind};
use fathom_core::providers::local::wire::ErrorBody;

use crate::log::{self, Level};
use crate::store::StoreError;

/// What a handler refuses with: the error of the API and the status it travels under.
#[derive(Debug)]
pub(crate) struct ApiError {
    status: StatusCode,
    error: Error,
    /// The word for the case in the protocol that is spoken; empty in our own API.
    code: &'static str,
}

impl ApiError {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        let status =
            StatusCode::from_u16(kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { status, error: Error::new(kind, message.into()), code: "" }
    }

    /// A part of the task that cannot be accepted.
    pub(crate) fn invalid(field: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::new(ErrorKind::InvalidTask, message).map(|error| error.with_field(field))
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::NotFound, message)
    }

    /// A fault of ours: the cause goes to the log, the caller learns only that it happened.
    pub(crate) fn internal(cause: &dyn std::fmt::Display) -> Self {
        log::line(Level::Error, "internal", &[("cause", cause)]);
        Self::new(ErrorKind::Internal, "the program failed here; its log says why")
    }

    pub(crate) fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    pub(crate) fn with_code(self, code: &'static str) -> Self {
        Self { code, ..self }
    }

    pub(crate) const fn status(&self) -> StatusCode {
        self.status
    }

    pub(crate) const fn code(&self) -> &'static str {
        self.code
    }

    pub(crate) const fn error(&self) -> &Error {
        &self.error
    }

    pub(crate) fn with_retry_after(self, wait: Duration) -> Self {
        self.map(|error| error.with_retry_after(wait))
    }

    pub(crate) fn with_request_id(self, id: &str) -> Self {
        self.map(|error| error.with_request_id(id))
    }

    fn map(self, change: impl FnOnce(Error) -> Error) -> Self {
        Self { error: change(self.error), ..self }
    }
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        let status = error.status().unwrap_or(error.kind().status());
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { status, error, code: "" }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full => Self::new(ErrorKind::Unavailable, error.to_string())
                .with_status(StatusCode::INSUFFICIENT_STORAGE),
            StoreError::Broken(_) => Self::internal(&error),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let wait = self.error.retry_after();
        let mut response = (self.status, Json(ErrorBody::from(self.error.clone()))).into_response();
        if let Some(wait) = wait {
            let seconds = wait.as_millis().div_ceil(1000).to_string();
            if let Ok(value) = HeaderValue::from_str(&seconds) {
                response.headers_mut().insert(header::RETRY_AFTER, value);
            }
        }
        // The request id is known to the outermost layer, which writes the body again with it.
        response.extensions_mut().insert(Refusal(std::sync::Arc::new(self)));
        response
    }
}

/// The error behind a response, for the layer that knows the request.
#[derive(Clone, Debug)]
pub(crate) struct Refusal(std::sync::Arc<ApiError>);

impl Refusal {
    /// The same answer with the request's id in it.
    pub(crate) fn with_request_id(&self, id: &str) -> Response {
        let ApiError { status, error, code } = &*self.0;
        let error = ApiError { status: *status, error: error.clone(), code };
        error.with_request_id(id).into_response()
    }

    pub(crate) fn error(&self) -> &ApiError {
        &self.0
    }
}
