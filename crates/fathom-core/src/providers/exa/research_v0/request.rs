//! The requests of `/research/v0/tasks`.

use crate::{
    error::Error,
    http::{Request, encode},
    provider::Access,
    task::Task,
};

use super::{INFO, instructions};
use crate::providers::exa::{
    auth,
    wire::research_v0::{CreateTask, Output},
};

/// Submits a task. Without a schema the vendor makes one up: there is no report in words.
///
/// # Errors
/// When the task cannot be written as JSON.
pub fn create(task: &Task, access: &Access) -> Result<Request, Error> {
    let schema = task.output_schema.clone();
    let infer_schema = schema.is_none().then_some(true);
    let body = CreateTask {
        instructions: instructions(task).into_owned(),
        model: INFO.level(task).map(|level| level.name.clone().into_owned()),
        output: Some(Output { schema, infer_schema }),
    };
    auth::post("/research/v0/tasks", &body, access)
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
    let path = ["/research/v0/tasks/", &encode(id), "?stream=true"].concat();
    Ok(auth::with_key(Request::events(access.url(&path), None)?, access))
}

/// Lists tasks, at most 200 a page.
pub fn tasks(cursor: Option<&str>, access: &Access) -> Request {
    auth::page("/research/v0/tasks", "200", cursor, access)
}
