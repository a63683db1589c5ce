use serde_json::{Value, json};

use super::*;
use crate::{
    error::ErrorKind,
    providers::exa::{
        contents, find_similar,
        wire::{
            contents::{ContentsOptions, ContentsRequest},
            search::{FindSimilarRequest, SearchRequest, SearchResponse},
        },
    },
};

fn access() -> Access {
    Access::new("https://host", None).unwrap()
}

fn task(fields: Value) -> Task {
    let mut all = json!({"question": "Why?"});
    all.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    serde_json::from_value(all).unwrap()
}

#[test]
fn settings_and_schemas_are_checked_before_a_search_is_bought() {
    let nested = json!({"properties": {"a": {"properties": {"b": {"properties": {"c": {}}}}}}});
    let many: serde_json::Map<_, _> = (0..11).map(|n| (n.to_string(), json!({}))).collect();
    for (fields, field) in [
        (json!({"output_schema": nested}), "output_schema"),
        (json!({"output_schema": {"properties": many}}), "output_schema"),
        (json!({"options": {"numResults": 0}}), "options.numResults"),
        (json!({"options": {"numResults": "3"}}), "options.numResults"),
        (
            json!({"options": {"additionalQueries": ["1", "2", "3", "4", "5", "6"]}}),
            "options.additionalQueries",
        ),
        (json!({"options": {"additionalQueries": [1]}}), "options.additionalQueries"),
        (json!({"options": {"query": "other"}}), "options.query"),
        (json!({"rows": [{}]}), "rows"),
        (json!({"follow_up_of": "x"}), "follow_up_of"),
    ] {
        let error = DeepSearch.check(&task(fields)).unwrap_err();
        assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidTask, Some(field)));
    }
    assert_eq!(
        DeepSearch
            .check(&task(json!({"options": {"numResults": 100, "category": "news"}})))
            .unwrap(),
        []
    );
}

#[test]
fn a_deep_search_is_a_search_request() {
    let request = DeepSearch
        .create(
            &task(json!({"level": "deep-reasoning", "options": {"numResults": 3}})),
            "t",
            &access(),
        )
        .unwrap();
    let body: SearchRequest = serde_json::from_str(request.body.as_deref().unwrap()).unwrap();
    assert_eq!((body.kind.as_deref(), body.filters.num_results), (Some("deep-reasoning"), Some(3)));
    assert!(DeepSearch.follow(&Job("x".to_owned()), Follow::Poll, &access()).is_err());
}

#[test]
fn the_family_is_asked_with_typed_bodies_or_with_plain_json() {
    let search = SearchRequest { query: "q".to_owned(), ..SearchRequest::default() };
    let request = request::request(&search, &access()).unwrap();
    assert_eq!(
        (request.url.as_str(), request.body.as_deref()),
        ("https://host/search", Some(r#"{"query":"q"}"#))
    );
    let similar = FindSimilarRequest { url: "u".to_owned(), ..FindSimilarRequest::default() };
    assert_eq!(find_similar::request(&similar, &access()).unwrap().url, "https://host/findSimilar");
    let options = ContentsOptions { subpages: Some(2), ..ContentsOptions::default() };
    let wanted =
        ContentsRequest { urls: vec!["u".to_owned()], options, ..ContentsRequest::default() };
    let typed = contents::request(&wanted, &access()).unwrap();
    let plain = contents::request(&json!({"urls": ["u"], "subpages": 2}), &access()).unwrap();
    let json =
        |request: Request| serde_json::from_str::<Value>(request.body.as_deref().unwrap()).unwrap();
    assert_eq!((&typed.url, json(typed.clone())), (&plain.url, json(plain.clone())));
}

#[test]
fn replies_of_the_family_are_typed_or_plain_and_errors_are_errors() {
    let body = br#"{"requestId": "r", "results": [{"id": "u", "url": "u", "title": null}], "statuses": [
        {"id": "u", "status": "success", "source": "cached"},
        {"id": "v", "status": "error", "error": {"tag": "CRAWL_NOT_FOUND", "httpStatusCode": 404}}]}"#;
    let head = Head::new(200);
    let typed: SearchResponse = plain::read(&head, body).unwrap();
    assert_eq!(typed.statuses.unwrap()[1].error.as_ref().unwrap().tag, "CRAWL_NOT_FOUND");
    let value: Value = plain::read(&head, body).unwrap();
    assert_eq!(value["results"][0]["id"], "u");
    assert_eq!(
        plain::read::<SearchResponse>(&head, b"{}").unwrap_err().kind(),
        ErrorKind::Malformed
    );
    assert_eq!(plain::read::<Value>(&head, b"[]").unwrap_err().kind(), ErrorKind::Malformed);
    let error = plain::read::<Value>(
        &Head::new(401),
        br#"{"error": "Invalid API key", "tag": "INVALID_API_KEY"}"#,
    )
    .unwrap_err();
    assert_eq!(
        (error.kind(), error.provider(), error.code()),
        (ErrorKind::Unauthorized, Some("exa"), Some("INVALID_API_KEY"))
    );
}
