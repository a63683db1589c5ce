//! The requests of `/v1/deep_research_tasks`.

use std::borrow::Cow;

use serde_json::Map;

use crate::{
    http::{Request, encode},
    json,
    provider::Access,
    task::Task,
};

use super::{INFO, VENDOR};

const PATH: &str = "/v1/deep_research_tasks";
/// How many tasks the first page of the list is to hold. Entries carry their whole reports, and a lost
/// job is among the newest.
pub(super) const PAGE: usize = 20;

/// Submits a task.
pub(super) fn create(task: &Task, access: &Access) -> Request {
    let mut body = Map::new();
    body.insert("brief".to_owned(), wording(task).into());
    if let Some(level) = INFO.level(task) {
        body.insert("depth".to_owned(), level.name.as_ref().into());
    }
    if let Some(schema) = &task.output_schema {
        body.insert("output_schema".to_owned(), schema.clone());
    }
    authorized(Request::post(access.url(PATH), json::write(&body)), access)
}

/// The question, with the guidance below it: there is no other place for that.
pub(super) fn wording(task: &Task) -> Cow<'_, str> {
    let question = task.question.trim();
    match task.guidance.as_deref().map(str::trim).filter(|guidance| !guidance.is_empty()) {
        Some(guidance) => Cow::Owned([question, "\n\n", guidance].concat()),
        None => Cow::Borrowed(question),
    }
}

/// Reads one task.
pub(super) fn task(id: &str, access: &Access) -> Request {
    authorized(Request::get(access.url(&[PATH, "/", &encode(id)].concat())), access)
}

/// Lists tasks, newest first, from this offset.
///
/// A page does not say where it stands, so each asks for twice as many as the one before: how many
/// came then says which page it was, see [`next`].
pub(super) fn tasks(offset: Option<&str>, access: &Access) -> Request {
    let offset: usize = offset.and_then(|offset| offset.parse().ok()).unwrap_or_default();
    let limit = offset.saturating_add(PAGE);
    let path = [PATH, "?offset=", &offset.to_string(), "&limit=", &limit.to_string()].concat();
    authorized(Request::get(access.url(&path)), access)
}

/// Where the page after one with so many entries begins. How many entries a page can have at most is
/// not documented, so there are three pages, the largest of 80.
pub(super) fn next(entries: usize) -> Option<String> {
    let full = [PAGE, 2 * PAGE].contains(&entries);
    full.then(|| (2 * entries - PAGE).to_string())
}

fn authorized(request: Request, access: &Access) -> Request {
    access.sign(request, VENDOR.key)
}
