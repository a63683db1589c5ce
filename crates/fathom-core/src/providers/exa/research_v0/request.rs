//! The requests of `/research/v0/tasks`.

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

/// Submits a task, as a [`crate::providers::exa::wire::research_v0::CreateTask`]. Without a schema the
/// vendor makes one up: there is no report in words.
pub fn create(task: &Task, access: &Access) -> Request {
    let mut output = Body::default();
    match &task.output_schema {
        Some(schema) => output.set("schema", schema.clone()),
        None => output.set("inferSchema", true.into()),
    }
    let mut body = Body::default();
    body.text("instructions", Some(&wording(task)));
    body.level("model", &INFO, task);
    body.object("output", output);
    auth::send("/research/v0/tasks", body.write(), access)
}

/// Reads one task.
pub fn task(id: &str, access: &Access) -> Request {
    auth::get(&["/research/v0/tasks/", &encode(id)], access)
}

/// Reads the events of a task from the first, then live.
///
/// # Errors
/// Never; the form is that of other streams.
pub fn events(id: &str, access: &Access) -> Result<Request, Error> {
    auth::events(&["/research/v0/tasks/", &encode(id), "?stream=true"], None, access)
}

/// Lists tasks, at most 200 a page.
pub fn tasks(cursor: Option<&str>, access: &Access) -> Request {
    auth::page("/research/v0/tasks", "200", cursor, access)
}
