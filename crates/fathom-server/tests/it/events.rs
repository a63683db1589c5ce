//! The stream of events.

use serde_json::{Value, json};

use crate::support::{Folder, Server, small_library};

#[test]
fn a_stream_begins_anywhere_and_never_repeats() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    let id = server.client.ask("Compare the exports of Norway and Sweden");
    // The first follower is there while the run goes on.
    let live: Vec<Value> = server.client.events(&id, 0).collect();
    let ids: Vec<u64> = live.iter().map(|record| record["id"].as_u64().unwrap()).collect();
    assert_eq!(ids, (1..=live.len() as u64).collect::<Vec<_>>());
    assert_eq!(live[0]["event"]["type"], "run-started");
    assert_eq!(
        live.last().unwrap()["event"],
        json!({ "type": "run-ended", "status": "completed" })
    );
    assert!(live.windows(2).all(|pair| pair[0]["at_ms"].as_u64() <= pair[1]["at_ms"].as_u64()));
    for after in 0..live.len() {
        let rest: Vec<Value> = server.client.events(&id, after as u64).collect();
        assert_eq!(rest, live[after..]);
    }
    let by_query =
        server.client.get(&format!("/api/v1/runs/{id}/events?last_event_id={}", live.len() - 1));
    assert_eq!(
        by_query.body.matches("\nid: ").count() + usize::from(by_query.body.starts_with("id: ")),
        1
    );
    assert_eq!(by_query.header("content-type"), Some("text/event-stream"));
}

#[test]
fn the_pieces_of_text_are_the_report() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    let id = server.client.ask("What are the main exports of Finland?");
    let events: Vec<Value> = server.client.events(&id, 0).collect();
    let text: String =
        events.iter().filter_map(|record| record["event"]["text"].as_str()).collect();
    assert_eq!(text, server.client.run(&id)["report"]["markdown"].as_str().unwrap());
}

#[test]
fn nothing_left_after_the_end_is_no_content() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    let id = server.client.ask("Norway?");
    let last = server.client.ended(&id)["progress"]["last_event"].to_string();
    let path = format!("/api/v1/runs/{id}/events");
    assert_eq!(server.client.send("GET", &path, &[("last-event-id", &last)], b"").status, 204);
    assert_eq!(server.client.send("GET", &path, &[("last-event-id", "99999")], b"").status, 204);
    assert_eq!(server.client.send("GET", &path, &[("last-event-id", "x")], b"").status, 400);
    assert_eq!(server.client.get("/api/v1/runs/none/events").status, 404);
}

#[test]
fn a_follower_ahead_of_a_run_is_let_go_when_the_run_ends() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    let id = server.client.ask("Compare the exports of Norway and Sweden");
    let path = format!("/api/v1/runs/{id}/events");
    let answer = server.client.send("GET", &path, &[("last-event-id", "99999")], b"");
    assert!(matches!(answer.status, 200 | 204) && !answer.body.contains("id: "), "{answer:?}");
    assert_eq!(server.client.run(&id)["status"], "completed");
}

#[test]
fn a_stream_ends_when_the_program_ends() {
    let (library, data) = (small_library(), Folder::new());
    // A file that takes its time keeps the library, and so the run, waiting.
    let sleeper = Folder::new();
    sleeper.write("slow", "#!/bin/sh\nexec sleep 600\n");
    make_executable(&sleeper.join("slow"));
    library.write("a.pdf", "%PDF-1.4");
    let config = fathom_server::Config {
        program: sleeper.join("slow"),
        pdf_limit: std::time::Duration::from_secs(2),
        ..Server::config(&library, &data)
    };
    let server = Server::with(config);
    let id = server.client.ask("Norway?");
    let mut stream = server.client.events(&id, 0);
    assert_eq!(stream.next().unwrap()["event"]["type"], "run-started");
    let awaited = stream.next().unwrap();
    assert_eq!(awaited["event"]["type"], "index-awaited");
    drop(server);
    assert!(stream.all(|record| record["event"]["type"] == "index-awaited"));
}

fn make_executable(file: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt as _;

    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o755)).unwrap();
}
