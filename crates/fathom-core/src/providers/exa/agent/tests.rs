use serde_json::{Value, json};

use super::*;
use crate::{
    error::ErrorKind,
    http::Method,
    provider::{Call, Content},
    providers::exa::wire::agent::CreateRun,
};

fn access() -> Access {
    Access::new("https://host/", Some("hunter2".into())).unwrap()
}

fn task(fields: Value) -> Task {
    let mut all = json!({"question": "Why?"});
    all.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    serde_json::from_value(all).unwrap()
}

fn sent(task: &Task) -> CreateRun {
    serde_json::from_str(Agent.create(task, "t", &access()).unwrap().body.as_deref().unwrap())
        .unwrap()
}

#[test]
fn what_exa_would_refuse_is_refused_before_it_is_sent() {
    for (fields, field) in [
        (json!({"question": ""}), "question"),
        (json!({"level": "heroic"}), "level"),
        (json!({"include": ["a.example"]}), "include"),
        (json!({"budget": {"usd": 5.0}}), "budget.usd"),
        (json!({"level": "high", "budget": {"usd": 5.0}}), "budget.usd"),
        (json!({"level": "auto", "budget": {"usd": 0.5}}), "budget.usd"),
        (json!({"level": "ultra", "budget": {"usd": 101.0}}), "budget.usd"),
        (json!({"level": "auto", "budget": {"seconds": 600}}), "budget.seconds"),
        (json!({"level": "ultra", "budget": {"seconds": 299}}), "budget.seconds"),
        (json!({"metadata": {"fathom_token": "x"}}), "metadata"),
        (json!({"options": {"stream": 1}}), "options.stream"),
        (json!({"options": {"userIdentifier": "a b"}}), "options.userIdentifier"),
        (json!({"options": {"userIdentifier": "a".repeat(65)}}), "options.userIdentifier"),
        (json!({"options": {"dataSources": "fiber"}}), "options.dataSources"),
        (
            json!({"options": {"dataSources": ["a", "b", "c", "d", "e", "f"]}}),
            "options.dataSources",
        ),
        (json!({"options": {"dataSources": [{"name": "fiber"}]}}), "options.dataSources"),
        (json!({"options": {"tools": []}}), "options.tools"),
    ] {
        let error = Agent.check(&task(fields.clone())).unwrap_err();
        assert_eq!(
            (error.kind(), error.field()),
            (ErrorKind::InvalidTask, Some(field)),
            "{fields}"
        );
    }
    for fields in [
        json!({"level": "auto", "budget": {"usd": 1.0}}),
        json!({"level": "ultra", "budget": {"usd": 100.0, "seconds": 10_800}}),
        json!({"rows": [{"a": 1}], "known": [{"b": 2}], "guidance": "g", "metadata": {"a": "b"}, "follow_up_of": "r"}),
        json!({"options": {"dataSources": ["fiber", {"provider": "jinko"}], "userIdentifier": "u_1-A", "stream": false}}),
    ] {
        assert_eq!(Agent.check(&task(fields.clone())).unwrap(), [], "{fields}");
    }
}

#[test]
fn every_level_can_be_asked_for_and_each_effort_means_one() {
    for level in ["minimal", "low", "medium", "high", "xhigh", "auto", "ultra", "max"] {
        assert_eq!(sent(&task(json!({"level": level}))).effort.as_deref(), Some(level));
    }
    for (effort, level) in [("quick", "minimal"), ("standard", "medium"), ("deep", "high")] {
        assert_eq!(sent(&task(json!({"effort": effort}))).effort.as_deref(), Some(level));
    }
}

#[test]
fn requests_carry_the_key_and_nothing_that_could_mean_something_else() {
    let access = access();
    let create = Agent.create(&task(json!({})), "t", &access).unwrap();
    assert_eq!(
        (create.url.as_str(), create.headers.get("x-api-key")),
        ("https://host/agent/runs", Some("hunter2"))
    );
    assert_eq!(
        (create.headers.get("accept"), create.headers.get("exa-beta")),
        (Some("application/json"), None)
    );
    let stream = task(json!({"level": "max", "options": {"stream": true}}));
    let stream = Agent.create(&stream, "t", &access).unwrap();
    assert_eq!(stream.headers.get("accept"), Some("text/event-stream"));
    assert!(stream.stream && stream.headers.get("exa-beta").is_some());

    let id = "a/b?c";
    let url = |request: Request| (request.method, request.url);
    let of = |method, path: &str| (method, ["https://host/agent/runs", path].concat());
    assert_eq!(url(request::run(id, &access)), of(Method::Get, "/a%2Fb%3Fc"));
    assert_eq!(url(request::cancel("r", &access)), of(Method::Post, "/r/cancel"));
    assert_eq!(url(request::stop("r", &access)), of(Method::Post, "/r/stop"));
    assert_eq!(url(request::delete("r", &access)), of(Method::Delete, "/r"));
    assert_eq!(
        url(request::runs(Some(500), Some("a&b"), &access)),
        of(Method::Get, "?limit=100&cursor=a%26b")
    );
    assert_eq!(
        url(request::events_page("r", None, &access)),
        of(Method::Get, "/r/events?limit=100")
    );
    assert_eq!(request::cancel("r", &access).body, None);
    let events = request::events("r", Some("7"), &access).unwrap();
    assert_eq!(events.headers.get("last-event-id"), Some("7"));
    assert!(request::events("r", Some("7\n8"), &access).is_err());
}

#[test]
fn the_token_travels_beside_the_labels_of_the_task() {
    let body = sent(&task(json!({"metadata": {"team": "a"}})));
    let labels = json!({"team": "a", "fathom_token": "t"});
    assert_eq!(Value::Object(body.metadata.unwrap()), labels);
    let bare = Agent.create(&task(json!({})), "", &access()).unwrap();
    assert!(!bare.body.unwrap().contains("metadata"));
}

#[test]
fn a_page_of_events_is_read_like_the_stream() {
    let page = br#"{"object": "list", "hasMore": true, "nextCursor": "2", "data": [
        {"id": "1", "event": "agent_run.created", "data": {"id": "r", "status": "queued"}, "createdAt": "2026-05-07T18:31:00.000Z"},
        {"id": "2", "event": "agent_run.dreamt", "data": {}}, {"event": 7}, null]}"#;
    let (updates, next) = reply::events_page(&Head::new(200), page).unwrap();
    assert_eq!((updates.len(), next.as_deref()), (3, Some("2")));
    let error = reply::events_page(
        &Head::new(404),
        br#"{"error": {"code": "RUN_NOT_FOUND", "message": "m"}}"#,
    );
    assert_eq!(error.unwrap_err().code(), Some("RUN_NOT_FOUND"));
    assert!(reply::events_page(&Head::new(200), b"{}").is_err());
}

#[test]
fn a_removal_is_believed_only_when_it_is_said() {
    let removed = br#"{"id": "r", "object": "agent_run.deleted", "deleted": true}"#;
    assert!(reply::deleted(&Head::new(200), removed).is_ok());
    assert!(reply::deleted(&Head::new(200), br#"{"deleted": false}"#).is_err());
    assert_eq!(reply::deleted(&Head::new(401), b"").unwrap_err().kind(), ErrorKind::Unauthorized);
}

#[test]
fn stop_reasons_are_told_in_words_and_kept_as_they_are() {
    for (word, partial) in [
        ("schema_satisfied", false),
        ("budget_reached", true),
        ("time_limit_reached", true),
        ("token_limit_reached", true),
        ("iteration_limit_reached", true),
        ("stopped", true),
        ("moon_full", true),
    ] {
        let body =
            json!({"id": "r", "status": "completed", "stopReason": word, "output": {"text": "t"}})
                .to_string();
        let frame =
            Frame { call: Call::Poll, content: Content::Body(&Head::new(200), body.as_bytes()) };
        let updates = Agent.read(frame).unwrap();
        let Some(Update::Ended(crate::provider::Ended::Completed(report))) = updates.last() else {
            panic!()
        };
        assert_eq!((report.stop_reason.as_deref(), report.partial), (Some(word), partial));
        assert_eq!(report.warnings.len(), usize::from(partial), "{word}");
    }
}
