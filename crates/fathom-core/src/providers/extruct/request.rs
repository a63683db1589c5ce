//! The requests of `/v1/deep_research_tasks`.

use crate::{
    http::{Request, encode},
    number::{self, digits},
    provider::{
        Access,
        request::{Body, wording},
    },
    task::Task,
};

use super::{INFO, VENDOR};

const PATH: &str = "/v1/deep_research_tasks";
/// How many tasks the first page of the list is to hold. Entries carry their whole reports, and a lost
/// job is among the newest.
pub(super) const PAGE: u64 = 20;

/// Submits a task.
pub(super) fn create(task: &Task, access: &Access) -> Request {
    let mut body = Body::default();
    body.set("brief", wording(task).into());
    body.level("depth", &INFO, task);
    body.value("output_schema", task.output_schema.as_ref());
    authorized(Request::post(access.url(PATH), body.write()), access)
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
    let offset = offset.and_then(|offset| digits(offset, 9)).unwrap_or_default();
    let (offset, limit) = (number::text(offset), number::text(offset + PAGE));
    let path = [PATH, "?offset=", &offset, "&limit=", &limit].concat();
    authorized(Request::get(access.url(&path)), access)
}

/// Where the page after one with so many entries begins. How many entries a page can have at most is
/// not documented, so there are three pages, the largest of 80.
pub(super) fn next(entries: usize) -> Option<String> {
    let entries = entries as u64;
    let full = entries == PAGE || entries == 2 * PAGE;
    full.then(|| number::text(2 * entries - PAGE))
}

fn authorized(request: Request, access: &Access) -> Request {
    access.sign(request, VENDOR.key)
}
