//! The requests of `/research/v1`.

use crate::{
    error::Error,
    http::{Request, encode},
    provider::{
        Access,
        request::{Body, wording},
    },
    task::Task,
};

use super::INFO;
use crate::providers::exa::auth;

/// Submits a task, as a [`crate::providers::exa::wire::research_v1::CreateResearch`].
pub fn create(task: &Task, access: &Access) -> Request {
    let mut body = Body::default();
    body.text("instructions", Some(&wording(task)));
    body.level("model", &INFO, task);
    body.value("outputSchema", task.output_schema.as_ref());
    auth::send("/research/v1", body.write(), access)
}

/// Reads one research with all that has happened in it.
pub fn research(id: &str, access: &Access) -> Request {
    auth::get(&["/research/v1/", &encode(id), "?stream=false&events=true"], access)
}

/// Reads the events of a research from the first, then live.
///
/// # Errors
/// Never; the form is that of other streams.
pub fn events(id: &str, access: &Access) -> Result<Request, Error> {
    auth::events(&["/research/v1/", &encode(id), "?stream=true"], None, access)
}

/// Lists researches, newest first, at most 50 a page.
pub fn researches(cursor: Option<&str>, access: &Access) -> Request {
    auth::page("/research/v1", "50", cursor, access)
}
