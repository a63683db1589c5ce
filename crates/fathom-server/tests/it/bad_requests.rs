//! Every wrong request gets a clear answer and harms nothing.

use serde_json::json;

use crate::support::{Folder, Server, small_library};

#[test]
fn tasks_that_cannot_be_accepted_name_the_field() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    let recursive = json!({ "$ref": "#/$defs/a", "$defs": { "a": { "type": "object", "properties": { "b": { "$ref": "#/$defs/a" } } } } });
    let cases = [
        (json!({}), "question"),
        (json!({ "question": "" }), "question"),
        (json!({ "question": " \n\t" }), "question"),
        (json!({ "question": "x".repeat(100_000) }), "question"),
        (json!({ "question": "é".repeat(20_001) }), "question"),
        (json!({ "question": 7 }), "question"),
        (json!({ "question": "a", "effort": "extreme" }), "effort"),
        (json!({ "question": "a", "include": "x" }), "include"),
        (json!({ "question": "a", "include": vec!["x"; 101] }), "include"),
        (json!({ "question": "a", "token": "" }), "token"),
        (json!({ "question": "a", "token": "t".repeat(129) }), "token"),
        (json!({ "question": "a", "level": "ultra" }), "level"),
        (json!({ "question": "a", "rows": [1] }), "rows"),
        (json!({ "question": "a", "rows": vec![json!({}); 101] }), "rows"),
        (json!({ "question": "a", "known": "x" }), "known"),
        (json!({ "question": "a", "budget": 5 }), "budget"),
        (json!({ "question": "a", "budget": { "minutes": 5 } }), "budget"),
        (json!({ "question": "a", "budget": { "seconds": 0 } }), "budget.seconds"),
        (json!({ "question": "a", "budget": { "usd": 5 } }), "budget.usd"),
        (json!({ "question": "a", "metadata": { "a": 1 } }), "metadata"),
        (json!({ "question": "a", "exclude": ["europe/**"] }), "exclude"),
        (json!({ "question": "a", "guidance": "be brief" }), "guidance"),
        (json!({ "question": "a", "options": { "a": 1 } }), "options"),
        (json!({ "question": "a", "output_schema": 5 }), "output_schema"),
        (json!({ "question": "a", "output_schema": { "type": "nonsense" } }), "output_schema"),
        (json!({ "question": "a", "output_schema": recursive }), "output_schema"),
        (
            json!({ "question": "a", "output_schema": { "$ref": "http://example.org/schema.json" } }),
            "output_schema",
        ),
    ];
    for (body, field) in cases {
        let answer = server.client.post("/api/v1/runs", &body);
        let shown = body.to_string().chars().take(80).collect::<String>();
        assert_eq!(answer.status, 400, "{shown}: {answer:?}");
        assert_eq!(answer.error(), ("invalid-task".to_owned(), Some(field.to_owned())), "{shown}");
    }
    assert_eq!(server.client.get("/api/v1/runs").json()["runs"], json!([]));
    let longest = server.client.post("/api/v1/runs", &json!({ "question": "é".repeat(20_000) }));
    assert_eq!(longest.status, 201);
}

#[test]
fn bodies_that_are_no_json_object_are_malformed_or_invalid() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    let deep = "[".repeat(100_000);
    for (body, kind) in [
        ("", "malformed"),
        ("{", "malformed"),
        ("{\"question\":", "malformed"),
        (deep.as_str(), "malformed"),
        ("[]", "invalid-task"),
        ("null", "invalid-task"),
    ] {
        let answer = server.client.send("POST", "/api/v1/runs", &[], body.as_bytes());
        assert_eq!((answer.status, answer.error().0.as_str()), (400, kind));
    }
    let answer = server.client.send("POST", "/api/v1/runs", &[], b"{\"question\":\"\xff\"}");
    assert_eq!((answer.status, answer.error().0.as_str()), (400, "malformed"));
    let large = server.client.send("POST", "/api/v1/runs", &[], &vec![b' '; 2 << 20]);
    assert_eq!((large.status, large.error().0.as_str()), (413, "invalid-task"));
}

#[test]
fn unknown_places_and_wrong_methods_are_told_apart() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    for path in [
        "/api",
        "/api/",
        "/api/v1/",
        "/api/v2/runs",
        "/api/v1/runs/none",
        "/api/v1/library/documents/none.md",
    ] {
        let answer = server.client.get(path);
        assert_eq!((answer.status, answer.error().0.as_str()), (404, "not-found"), "{path}");
    }
    assert_eq!(server.client.post("/api/v1/runs/none/cancel", &json!({})).status, 404);
    for (method, path, allow) in [
        ("DELETE", "/api/v1/runs", "POST"),
        ("PUT", "/api/v1/runs/x", "GET"),
        ("GET", "/api/v1/runs/x/cancel", "POST"),
        ("POST", "/api/v1/library", "GET"),
    ] {
        let answer = server.client.send(method, path, &[], b"");
        assert_eq!((answer.status, answer.error().0.as_str()), (405, "unsupported"), "{path}");
        assert!(
            answer.header("allow").is_some_and(|allowed| allowed.contains(allow)),
            "{answer:?}"
        );
    }
    assert_eq!(server.client.post("/", &json!({})).status, 405);
}
