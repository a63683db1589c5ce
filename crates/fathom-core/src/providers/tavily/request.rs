//! The requests of `/research`.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::{
    http::{Request, encode},
    json,
    provider::Access,
    task::Task,
};

use super::{INFO, VENDOR};

/// `POST /research`. Whether it is answered at once or by a stream is up to the option `stream`.
pub(super) fn create(task: &Task, access: &Access) -> Request {
    let mut body = Map::new();
    let mut set = |name: &str, value: Value| _ = body.insert(name.to_owned(), value);
    set("input", wording(task).into());
    if let Some(level) = INFO.level(task) {
        set("model", level.name.as_ref().into());
    }
    if let Some(schema) = &task.output_schema {
        set("output_schema", schema.clone());
    }
    for (name, sites) in [("include_domains", &task.include), ("exclude_domains", &task.exclude)] {
        if !sites.is_empty() {
            set(name, sites.iter().map(|site| site.trim()).collect());
        }
    }
    for (name, value) in &task.options {
        set(name, value.clone());
    }
    let stream = body.get("stream").and_then(Value::as_bool).unwrap_or_default();
    let body = json::write(&body);
    let mut request = authorized(Request::post(access.url("/research"), body), access);
    request.stream = stream;
    request
}

/// The question, with the guidance below it: there is no other place for that.
pub(super) fn wording(task: &Task) -> Cow<'_, str> {
    let question = task.question.trim();
    match task.guidance.as_deref().map(str::trim).filter(|guidance| !guidance.is_empty()) {
        Some(guidance) => Cow::Owned([question, "\n\n", guidance].concat()),
        None => Cow::Borrowed(question),
    }
}

/// `GET /research/{request_id}`, with what it cost.
pub(super) fn task(id: &str, access: &Access) -> Request {
    let path = ["/research/", &encode(id), "?include_usage=true"].concat();
    authorized(Request::get(access.url(&path)), access)
}

pub(super) fn authorized(request: Request, access: &Access) -> Request {
    access.sign(request, VENDOR.key)
}
