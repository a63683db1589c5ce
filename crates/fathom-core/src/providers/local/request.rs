//! The requests of `/api/v1`.

use crate::{
    error::Error,
    http::{Headers, Request, encode},
    json,
    provider::Access,
    task::Task,
};

use super::wire::CreateRun;

/// Submits a task. An empty token is not sent.
///
/// # Errors
/// When the task cannot be written as JSON.
pub fn create(task: &Task, token: &str, access: &Access) -> Result<Request, Error> {
    let token = (!token.is_empty()).then(|| token.to_owned());
    let body = json::write(&CreateRun::new(task.clone(), token));
    Ok(with_key(Request::post(access.url("/api/v1/runs"), body), access))
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
    let limit = limit.map(|limit| limit.to_string());
    let query = [("limit", limit.as_deref()), ("cursor", cursor), ("q", words)];
    let query = query.into_iter().filter_map(|(name, value)| Some((name, value?)));
    let mut url = path.to_owned();
    for (name, value) in query {
        url.push(if url.contains('?') { '&' } else { '?' });
        url.extend([name, "=", &encode(value)]);
    }
    get(&[&url], access)
}

fn with_key(mut request: Request, access: &Access) -> Request {
    if let Some(key) = access.key() {
        set_bearer(&mut request.headers, key.reveal());
    }
    request
}

fn set_bearer(headers: &mut Headers, key: &str) {
    // `Access` refuses keys that cannot be sent, so this cannot fail.
    let _ = headers.insert("authorization", &["Bearer ", key].concat());
}
