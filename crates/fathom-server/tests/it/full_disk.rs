//! A disk that is full stops new work with clear words, and harms nothing that was acknowledged.

use serde_json::json;

use crate::support::{Folder, Server, small_library};

#[test]
fn a_full_disk_refuses_or_fails_runs_and_keeps_the_rest() {
    let (library, data) = (small_library(), Folder::new());
    let mut ids = Vec::new();
    {
        let config = Server::config(&library, &data);
        let server =
            Server::with(fathom_server::Config { max_store_bytes: Some(120 << 10), ..config });
        let client = server.client;
        let body = json!({ "question": format!("What are the exports of Norway? {}", "more ".repeat(200)) });
        let refused = loop {
            let answer = client.post("/api/v1/runs", &body);
            if answer.status != 201 {
                break answer;
            }
            ids.push(answer.json()["id"].as_str().unwrap().to_owned());
            assert!(ids.len() < 1000);
        };
        assert_eq!((refused.status, refused.error().0.as_str()), (507, "unavailable"));
        assert!(refused.body.contains("free some space"));
        // Reading goes on.
        assert_eq!(client.get("/api/v1/library").status, 200);
        for id in &ids {
            let run = client.run(id);
            let failed_for_space = run["status"] == "failed"
                && run["error"]["message"].as_str().unwrap().contains("full");
            assert!(run["status"] != "failed" || failed_for_space, "{run}");
        }
    }
    assert!(!ids.is_empty());
    let server = Server::start(&library, &data);
    for id in &ids {
        let run = server.client.ended(id);
        assert!(
            run["status"] == "completed"
                || run["error"]["message"].as_str().unwrap().contains("full"),
            "{run}"
        );
    }
    let fresh = server.client.ask("What are the exports of Sweden?");
    assert_eq!(server.client.ended(&fresh)["status"], "completed");
}
