//! Extruct has no client library, so its answers are held to the schema that its reference gives.

use fathom_server::Config;
use serde_json::{Value, json};

use super::{told, until};
use crate::support::{Folder, Server, small_library};

const TASKS: &str = "/local/extruct/v1/deep_research_tasks";

/// The response of the reference: every field that it calls required, with its type.
fn reference() -> jsonschema::Validator {
    let source = json!({
        "type": "object", "required": ["id", "url"],
        "properties": { "id": { "type": "integer" }, "url": { "type": "string", "minLength": 1 } },
    });
    let degradation = json!({ "type": "array", "items": { "type": "string" } });
    let report = json!({ "oneOf": [
        { "type": "null" },
        {
            "type": "object", "required": ["kind", "markdown", "sources", "degradation_reasons"],
            "properties": {
                "kind": { "const": "markdown" }, "markdown": { "type": "string" },
                "sources": { "type": "array", "items": source }, "degradation_reasons": degradation,
            },
        },
        {
            "type": "object", "required": ["kind", "fields", "basis", "sources", "degradation_reasons"],
            "properties": {
                "kind": { "const": "schema" }, "fields": { "type": "object" },
                "basis": { "type": "object", "additionalProperties": { "type": "array", "items": { "type": "integer" } } },
                "sources": { "type": "array", "items": source }, "degradation_reasons": degradation,
            },
        },
    ] });
    let schema = json!({
        "type": "object",
        "required": ["id", "created_at", "updated_at", "status", "brief", "depth", "iterations", "agents", "sources", "owner"],
        "properties": {
            "id": { "type": "string", "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$" },
            "created_at": { "type": "string", "pattern": "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*Z$" },
            "updated_at": { "type": "string", "pattern": "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*Z$" },
            "status": { "enum": ["created", "in_progress", "done", "failed"] },
            "brief": { "type": "string" },
            "depth": { "enum": ["medium", "high", "xhigh"] },
            "iterations": { "type": "integer" }, "agents": { "type": "integer" }, "sources": { "type": "integer" },
            "owner": { "type": "object", "required": ["id", "email"] },
            "output_schema": { "type": ["object", "null"] },
            "failure_reason": { "type": ["string", "null"] },
            "report": report,
        },
        "if": { "properties": { "status": { "const": "done" } } },
        "then": { "properties": { "report": { "type": "object" } } },
        "else": { "properties": { "report": { "type": "null" } } },
    });
    jsonschema::validator_for(&schema).unwrap()
}

fn check(task: &Value) {
    let problems: Vec<String> =
        reference().iter_errors(task).map(|error| error.to_string()).collect();
    assert!(problems.is_empty(), "{problems:?} in {task}");
}

fn done(server: &Server, body: &Value) -> Value {
    let created = server.client.post(TASKS, body);
    assert_eq!(created.status, 200, "{}", told(&created));
    let task = created.json();
    check(&task);
    assert_eq!((&task["status"], &task["report"]), (&json!("created"), &Value::Null));
    let path = format!("{TASKS}/{}", task["id"].as_str().unwrap());
    let ended = until(&server.client, &path, |task| {
        check(task);
        task["status"] == "done" || task["status"] == "failed"
    });
    assert_eq!(server.client.get(&path).json(), ended, "an ended task never changes");
    ended
}

#[test]
fn a_brief_becomes_a_report_whose_markers_name_its_sources() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    let task = done(&server, &json!({ "brief": "What does Norway export?", "depth": "xhigh" }));
    assert_eq!((&task["status"], &task["depth"]), (&json!("done"), &json!("xhigh")));
    let report = &task["report"];
    assert!(report["markdown"].as_str().unwrap().contains("natural gas"), "{report}");
    assert!(report["markdown"].as_str().unwrap().contains("[1]"));
    assert_eq!(report["sources"], json!([{ "id": 1, "url": "https://example.org/Norway" }]));
    assert_eq!(report["degradation_reasons"], json!([]));
    assert!(task["iterations"].as_u64().unwrap() > 0 && task["sources"].as_u64().unwrap() > 0);
    assert_eq!(task["agents"], 1);
}

#[test]
fn a_schema_is_filled_with_the_sources_of_every_field() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    let schema = json!({ "type": "object", "properties": {
        "countries": { "type": "array", "items": { "type": "object", "properties": {
            "name": { "type": "string" }, "anthem": { "type": ["string", "null"] } } } },
    } });
    let body = json!({ "brief": "Norway and Sweden side by side", "output_schema": schema });
    let task = done(&server, &body);
    let report = &task["report"];
    assert_eq!(task["output_schema"], schema);
    assert_eq!(
        report["fields"],
        json!({ "countries": [{ "name": "Norway", "anthem": null }, { "name": "Sweden", "anthem": null }] })
    );
    assert_eq!(report["basis"]["countries[0].name"].as_array().unwrap().len(), 1);
    assert_eq!(report["basis"]["countries[1].anthem"], json!([]));
    assert!(!report["degradation_reasons"].as_array().unwrap().is_empty());
}

#[test]
fn a_value_that_cannot_fit_its_schema_is_a_failure_that_says_why() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    let schema = json!({ "type": "object", "required": ["anthem"], "properties": { "anthem": { "type": "string" } } });
    let body = json!({ "brief": "The anthem of Norway", "output_schema": schema });
    let task = done(&server, &body);
    assert_eq!(task["status"], "failed");
    assert!(task["failure_reason"].as_str().unwrap().contains("/anthem"), "{task}");
}

#[test]
fn the_list_is_a_bare_array_with_offset_and_limit() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    server.client.ask("A run of our own API, which is not in the list");
    let mut ids: Vec<String> = (0..3)
        .map(|n| {
            done(&server, &json!({ "brief": format!("Brief {n} on Norway") }))["id"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    ids.reverse();
    let list = |query: &str| -> Vec<String> {
        let tasks = server.client.get(&format!("{TASKS}{query}")).json();
        tasks
            .as_array()
            .unwrap()
            .iter()
            .inspect(|task| check(task))
            .map(|task| task["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(list(""), ids);
    assert_eq!(list("?limit=2"), ids[..2]);
    assert_eq!(list("?offset=2&limit=2"), ids[2..]);
    assert!(list("?offset=9").is_empty());
}

#[test]
fn what_cannot_be_taken_is_refused_as_fastapi_refuses() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::with(Config { queue: 0, ..Server::config(&library, &data) });
    let deep = (0..6).fold(
        json!({ "type": "string" }),
        |inner, _| json!({ "type": "object", "properties": { "a": inner } }),
    );
    for (body, place, kind) in [
        (json!({}), "brief", "missing"),
        (json!({ "brief": "" }), "brief", "string_too_short"),
        (json!({ "brief": 7 }), "brief", "string_type"),
        (json!({ "brief": "x".repeat(20_001) }), "brief", "string_too_long"),
        (json!({ "brief": "x", "depth": "low" }), "depth", "enum"),
        (json!({ "brief": "x", "output_schema": [] }), "output_schema", "dict_type"),
        (
            json!({ "brief": "x", "output_schema": { "type": "array" } }),
            "output_schema",
            "value_error",
        ),
        (json!({ "brief": "x", "output_schema": deep }), "output_schema", "value_error"),
    ] {
        let answer = server.client.post(TASKS, &body);
        assert_eq!(answer.status, 422, "{}", told(&answer));
        let detail = &answer.json()["detail"][0];
        assert_eq!((&detail["loc"], &detail["type"]), (&json!(["body", place]), &json!(kind)));
        assert!(!detail["msg"].as_str().unwrap().is_empty());
    }
    let broken = server.client.send("POST", TASKS, &[], b"{");
    assert_eq!((broken.status, &broken.json()["detail"][0]["loc"]), (422, &json!(["body"])));
    let path = server.client.get(&format!("{TASKS}/none"));
    assert_eq!((path.status, &path.json()["detail"][0]["loc"]), (422, &json!(["path", "task_id"])));
    let gone = server.client.get(&format!("{TASKS}/8a2dcbe9-0a12-45dc-a179-d57c302d7295"));
    assert_eq!((gone.status, gone.json()["detail"].is_string()), (404, true));
    let page = server.client.get(&format!("{TASKS}?limit=0"));
    assert_eq!((page.status, &page.json()["detail"][0]["loc"]), (422, &json!(["query", "limit"])));
    let full = server.client.post(TASKS, &json!({ "brief": "x" }));
    assert_eq!((full.status, full.header("retry-after")), (429, Some("5")));
    assert!(full.json()["detail"].is_string());
}

#[test]
fn a_brief_about_which_nothing_is_known_is_done_and_says_so() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    let task = done(&server, &json!({ "brief": "Zugspitze" }));
    assert_eq!((&task["status"], &task["failure_reason"]), (&json!("done"), &Value::Null));
    let report = &task["report"];
    assert_eq!(report["sources"], json!([]));
    assert!(!report["degradation_reasons"].as_array().unwrap().is_empty(), "{report}");
}
