//! The request of `/search`.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value;

use crate::{
    error::Error,
    http::Request,
    provider::{Access, check::refused, request::Body},
    task::Task,
};

use super::INFO;
use crate::providers::exa::auth;

/// Settings that are handed on as they are: API reference of search, read on 2026-11-21.
pub(super) const OPTIONS: [Cow<'static, str>; 8] = [
    Cow::Borrowed("additionalQueries"),
    Cow::Borrowed("category"),
    Cow::Borrowed("contents"),
    Cow::Borrowed("endPublishedDate"),
    Cow::Borrowed("moderation"),
    Cow::Borrowed("numResults"),
    Cow::Borrowed("startPublishedDate"),
    Cow::Borrowed("userLocation"),
];

/// Searches; `body` is a [`crate::providers::exa::wire::search::SearchRequest`], or JSON of that form.
/// The reply is a [`crate::providers::exa::wire::search::SearchResponse`], read by
/// [`crate::providers::exa::plain::read`], or, with `stream`, the pieces of
/// [`crate::providers::exa::answer::piece`].
///
/// # Errors
/// When the body cannot be written as JSON.
pub fn request(body: &impl Serialize, access: &Access) -> Result<Request, Error> {
    auth::post("/search", body, access)
}

/// Refuses settings that Exa would refuse.
pub(super) fn check(task: &Task) -> Result<(), Error> {
    let option = |name: &str| task.options.get(name);
    let in_range = |value: &Value| value.as_u64().is_some_and(|number| (1..=100).contains(&number));
    if option("numResults").is_some_and(|value| !in_range(value)) {
        return Err(refused("options.numResults", "Exa returns 1 to 100 results."));
    }
    let phrasings = |value: &Value| {
        value.as_array().is_some_and(|list| list.len() <= 5 && list.iter().all(Value::is_string))
    };
    if option("additionalQueries").is_some_and(|value| !phrasings(value)) {
        return Err(refused(
            "options.additionalQueries",
            "The further phrasings are a list of up to five texts.",
        ));
    }
    Ok(())
}

/// A deep search that answers a task: in the shape of its schema, else in words.
pub(super) fn deep(task: &Task, access: &Access) -> Request {
    let mut body = Body::with_options(task);
    body.text("query", Some(&task.question));
    body.level("type", &INFO, task);
    match &task.output_schema {
        Some(schema) => body.set("outputSchema", schema.clone()),
        None => {
            let mut text = Body::default();
            text.text("type", Some("text"));
            body.object("outputSchema", text);
        }
    }
    body.text("systemPrompt", task.guidance.as_deref());
    body.texts("includeDomains", &task.include);
    body.texts("excludeDomains", &task.exclude);
    auth::send("/search", body.write(), access)
}
