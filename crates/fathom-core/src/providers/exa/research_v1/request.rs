//! The requests of `/research/v1`.

use crate::{
    error::Error,
    http::{Request, encode},
    provider::Access,
    task::Task,
};

use super::{INFO, instructions};
use crate::providers::exa::{auth, wire::research_v1::CreateResearch};

/// Submits a task.
///
/// # Errors
/// When the task cannot be written as JSON.
pub fn create(task: &Task, access: &Access) -> Result<Request, Error> {
    let body = CreateResearch {
        instructions: instructions(task).into_owned(),
        model: INFO.level(task).map(|level| level.name.clone().into_owned()),
        output_schema: task.output_schema.clone(),
    };
    auth::post("/research/v1", &body, access)
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
    let path = ["/research/v1/", &encode(id), "?stream=true"].concat();
    Ok(auth::with_key(Request::events(access.url(&path), None)?, access))
}

/// Lists researches, newest first, at most 50 a page.
pub fn researches(cursor: Option<&str>, access: &Access) -> Request {
    auth::page("/research/v1", "50", cursor, access)
}
