//! The requests of `/research`.

use serde_json::Value;

use crate::{
    http::{Request, encode},
    provider::{
        Access,
        request::{Body, wording},
    },
    task::Task,
};

use super::{INFO, VENDOR};

/// `POST /research`. Whether it is answered at once or by a stream is up to the option `stream`.
pub(super) fn create(task: &Task, access: &Access) -> Request {
    let mut body = Body::with_options(task);
    body.set("input", wording(task).into());
    body.level("model", &INFO, task);
    body.value("output_schema", task.output_schema.as_ref());
    body.list("include_domains", sites(&task.include));
    body.list("exclude_domains", sites(&task.exclude));
    let mut request = authorized(Request::post(access.url("/research"), body.write()), access);
    request.stream = task.options.get("stream").is_some_and(|stream| *stream == true);
    request
}

fn sites(sites: &[String]) -> Vec<Value> {
    sites.iter().map(|site| site.trim().into()).collect()
}

/// `GET /research/{request_id}`, with what it cost.
pub(super) fn task(id: &str, access: &Access) -> Request {
    let path = ["/research/", &encode(id), "?include_usage=true"].concat();
    authorized(Request::get(access.url(&path)), access)
}

pub(super) fn authorized(request: Request, access: &Access) -> Request {
    access.sign(request, VENDOR.key)
}
