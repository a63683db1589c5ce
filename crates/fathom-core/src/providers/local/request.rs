//! The requests of `/api/v1`.

use crate::{
    error::Error,
    http::{Request, encode},
    number,
    provider::{Access, request::Body},
    task::Task,
};

/// Submits a task, as a [`super::wire::CreateRun`]. An empty token is not sent.
pub fn create(task: &Task, token: &str, access: &Access) -> Request {
    let mut body = Body::default();
    body.text("question", Some(&task.question));
    body.text("effort", Some(task.effort.as_str()));
    body.value("output_schema", task.output_schema.as_ref());
    body.texts("include", &task.include);
    body.text("follow_up_of", task.follow_up_of.as_deref());
    body.text("token", Some(token).filter(|token| !token.is_empty()));
    with_key(Request::post(access.url("/api/v1/runs"), body.write()), access)
}

/// Reads one run.
pub fn run(id: &str, access: &Access) -> Request {
    get(&["/api/v1/runs/", &encode(id)], access)
}

/// Reads a run's events after the one named `last`, then live.
///
/// # Errors
/// When `last` cannot be sent in a header.
pub fn events(id: &str, last: Option<&str>, access: &Access) -> Result<Request, Error> {
    let path = ["/api/v1/runs/", &encode(id), "/events"].concat();
    Ok(with_key(Request::events(access.url(&path), last)?, access))
}

/// Ends a run early.
pub fn cancel(id: &str, access: &Access) -> Request {
    let path = ["/api/v1/runs/", &encode(id), "/cancel"].concat();
    with_key(Request::act(access.url(&path)), access)
}

/// Lists runs, newest first, those whose question holds `words` if given.
pub fn runs(
    limit: Option<u32>,
    cursor: Option<&str>,
    words: Option<&str>,
    access: &Access,
) -> Request {
    page("/api/v1/runs", limit, cursor, words, access)
}

/// Reads the state of the library.
pub fn library(access: &Access) -> Request {
    get(&["/api/v1/library"], access)
}

/// Lists the documents of the library, those that match `words` if given.
pub fn documents(
    limit: Option<u32>,
    cursor: Option<&str>,
    words: Option<&str>,
    access: &Access,
) -> Request {
    page("/api/v1/library/documents", limit, cursor, words, access)
}

/// Reads one document: the version a report cites, or the current one.
pub fn document(id: &str, access: &Access) -> Request {
    get(&["/api/v1/library/documents/", &encode(id)], access)
}

/// Reads what can be asked.
pub fn providers(access: &Access) -> Request {
    get(&["/api/v1/providers"], access)
}

fn get(path: &[&str], access: &Access) -> Request {
    with_key(Request::get(access.url(&path.concat())), access)
}

fn page(
    path: &str,
    limit: Option<u32>,
    cursor: Option<&str>,
    words: Option<&str>,
    access: &Access,
) -> Request {
    let limit = limit.map(|limit| number::text(limit.into()));
    let mut url = path.to_owned();
    let mut sign = "?";
    for (name, value) in [("limit", limit.as_deref()), ("cursor", cursor), ("q", words)] {
        if let Some(value) = value {
            url.push_str(&[sign, name, "=", &encode(value)].concat());
            sign = "&";
        }
    }
    get(&[&url], access)
}

/// The key of the server itself; there is no gateway before it.
fn with_key(request: Request, access: &Access) -> Request {
    access.sign_directly(request)
}
