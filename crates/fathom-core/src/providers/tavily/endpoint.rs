//! The endpoints that answer at once: search, extract, crawl, map, usage.
//!
//! Source: the API reference and the official SDKs tavily-python 0.8.5 and @tavily/core 0.7.13 (read
//! 2026-11-22).

use serde::Serialize;
use serde_json::Value;

use crate::{
    error::{Error, ErrorKind},
    http::{Head, Request},
    json,
    provider::{
        Access,
        failure::{malformed, parse},
    },
};

use super::{INFO, failure, request::authorized};

/// An endpoint that takes a body and answers at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Endpoint {
    /// `POST /search`, see [`super::wire::SearchRequest`].
    Search,
    /// `POST /extract`, see [`super::wire::ExtractRequest`].
    Extract,
    /// `POST /crawl`, see [`super::wire::CrawlRequest`].
    Crawl,
    /// `POST /map`, see [`super::wire::CrawlRequest`].
    Map,
}

impl Endpoint {
    const fn path(self) -> &'static str {
        match self {
            Self::Search => "/search",
            Self::Extract => "/extract",
            Self::Crawl => "/crawl",
            Self::Map => "/map",
        }
    }

    /// The field without which nothing can be answered.
    const fn needs(self) -> &'static str {
        match self {
            Self::Search => "query",
            Self::Extract => "urls",
            Self::Crawl | Self::Map => "url",
        }
    }

    /// The lists that the answer always holds.
    const fn lists(self) -> &'static [&'static str] {
        match self {
            Self::Search => &["results", "images"],
            Self::Extract => &["results", "failed_results"],
            Self::Crawl | Self::Map => &["results"],
        }
    }
}

/// The request to an endpoint. `body` is one of the types in [`super::wire`], or any JSON object.
///
/// # Errors
/// [`ErrorKind::InvalidTask`] when the body is no object, or lacks what the endpoint needs.
pub fn request(
    endpoint: Endpoint,
    body: &impl Serialize,
    access: &Access,
) -> Result<Request, Error> {
    let body = serde_json::to_value(body).unwrap_or_default();
    let needs = endpoint.needs();
    let is_given = match body.get(needs) {
        Some(Value::String(text)) => !text.trim().is_empty(),
        Some(Value::Array(entries)) => !entries.is_empty(),
        _ => false,
    };
    if !is_given {
        let message = ["Tavily needs \"", needs, "\" to answer this."].concat();
        return Err(Error::new(ErrorKind::InvalidTask, message).with_field(needs));
    }
    Ok(authorized(Request::post(access.url(endpoint.path()), json::write(&body)), access))
}

/// The request for what has been used, see [`super::wire::UsageResponse`].
pub fn usage(access: &Access) -> Request {
    authorized(Request::get(access.url("/usage")), access)
}

/// Reads the reply of an endpoint. Lists that are missing are there afterwards, empty.
///
/// # Errors
/// What Tavily answered, or [`ErrorKind::Malformed`] when that makes no sense.
pub fn read(endpoint: Endpoint, head: &Head, body: &[u8]) -> Result<Value, Error> {
    let mut value = object(head, body)?;
    for name in endpoint.lists() {
        if !value.get(name).is_some_and(Value::is_array)
            && let Some(fields) = value.as_object_mut()
        {
            fields.insert((*name).to_owned(), Value::Array(Vec::new()));
        }
    }
    Ok(value)
}

/// Reads the reply of [`usage`].
///
/// # Errors
/// What Tavily answered, or [`ErrorKind::Malformed`] when that makes no sense.
pub fn read_usage(head: &Head, body: &[u8]) -> Result<Value, Error> {
    object(head, body)
}

fn object(head: &Head, body: &[u8]) -> Result<Value, Error> {
    if !head.is_success() {
        return Err(failure::read(head, body));
    }
    let value = parse(&INFO, body)?;
    if value.is_object() { Ok(value) } else { Err(malformed(&INFO, "something that is no answer")) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::providers::tavily::wire::SearchRequest;

    fn access() -> Access {
        Access::new("https://tavily.example", Some("k".into())).unwrap()
    }

    #[test]
    fn a_request_carries_the_key_and_exactly_what_was_given() {
        let body =
            SearchRequest { query: "why".to_owned(), max_results: Some(3), ..Default::default() };
        let request = request(Endpoint::Search, &body, &access()).unwrap();
        assert_eq!(request.url, "https://tavily.example/search");
        assert_eq!(request.headers.get("authorization"), Some("Bearer k"));
        let sent: Value = serde_json::from_str(request.body.as_deref().unwrap()).unwrap();
        assert_eq!(sent, json!({"query": "why", "max_results": 3}));
        let sent = super::request(
            Endpoint::Crawl,
            &json!({"url": "https://a.example", "new": 1}),
            &access(),
        );
        assert!(sent.unwrap().body.unwrap().contains("\"new\":1"));
    }

    #[test]
    fn a_request_that_cannot_be_answered_is_not_built() {
        for (endpoint, body, field) in [
            (Endpoint::Search, json!({}), "query"),
            (Endpoint::Search, json!({"query": " "}), "query"),
            (Endpoint::Extract, json!({"urls": []}), "urls"),
            (Endpoint::Map, json!([]), "url"),
            (Endpoint::Crawl, json!({"url": 7}), "url"),
        ] {
            let error = request(endpoint, &body, &access()).unwrap_err();
            assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidTask, Some(field)));
        }
    }

    #[test]
    fn an_answer_always_has_its_lists() {
        let value = read(
            Endpoint::Extract,
            &Head::new(200),
            br#"{"results": [{"url": "u"}], "failed_results": null}"#,
        );
        assert_eq!(value.unwrap(), json!({"results": [{"url": "u"}], "failed_results": []}));
        let value = read(Endpoint::Search, &Head::new(200), b"{}").unwrap();
        assert_eq!(value, json!({"results": [], "images": []}));
        let error = read(Endpoint::Map, &Head::new(200), b"<html>").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Malformed);
        let error =
            read_usage(&Head::new(401), br#"{"detail": {"error": "No key."}}"#).unwrap_err();
        assert_eq!((error.kind(), error.message()), (ErrorKind::Unauthorized, "Tavily: No key."));
    }
}
