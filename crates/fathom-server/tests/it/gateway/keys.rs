//! Keys: where they come from, and where they never are.

use std::process::Stdio;

use fathom_core::providers::VENDORS;
use serde_json::json;

use super::{Gateway, POLL, address, json_reply, key};
use crate::support::{Folder, Program, Reply, Site, small_library};

#[test]
fn a_key_comes_from_the_program_or_with_the_request() {
    let site = Site::start();
    site.set("/research/r1", json_reply("{}"));
    let none = Gateway::to(&address(&site), None);
    let answer = none.get(POLL);
    assert_eq!((answer.status, answer.error().0.as_str()), (401, "unauthorized"));
    assert!(answer.body.contains("TAVILY_API_KEY"), "{answer:?}");
    assert_eq!(answer.json()["error"]["provider"], "tavily");
    let own = none.client.send("GET", POLL, &[("x-fathom-key", "brought-along")], b"");
    assert_eq!(own.status, 200);
    let both = Gateway::to(&address(&site), Some(key()));
    assert_eq!(
        both.client.send("GET", POLL, &[("x-fathom-key", "brought-along")], b"").status,
        200
    );
    for request in site.requests() {
        assert!(request.contains("authorization: Bearer brought-along\r\n"), "{request}");
        assert!(!request.contains("x-fathom-key") && !request.contains(key()));
    }
    let keys = |gateway: &Gateway| -> Vec<(String, String)> {
        let providers = gateway.get("/api/v1/providers").json();
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        let list = providers["providers"].as_array().unwrap();
        list.iter().map(|provider| (text(&provider["id"]), text(&provider["key"]))).collect()
    };
    assert!(
        keys(&none)
            .iter()
            .all(|(id, key)| key == if id == "local" { "not-needed" } else { "missing" })
    );
    assert!(
        keys(&both)
            .iter()
            .all(|(id, key)| key == if id == "local" { "not-needed" } else { "present" })
    );
}

#[test]
fn the_token_of_the_program_is_asked_for_here_too() {
    let site = Site::start();
    site.set("/research/r1", json_reply("{}"));
    let gateway = Gateway::with(&address(&site), Some(key()), Some("open sesame"));
    let closed = gateway.get(POLL);
    assert_eq!((closed.status, closed.error().0.as_str()), (401, "unauthorized"));
    assert_eq!(site.requests(), Vec::<String>::new());
    let shown = [("authorization", "Bearer open sesame")];
    assert_eq!(gateway.client.send("GET", POLL, &shown, b"").status, 200);
    assert!(!site.requests()[0].contains("sesame"));
}

#[test]
fn a_planted_key_is_found_nowhere() {
    let site = Site::start();
    let echo = Reply::new(401, "application/json", "{\"detail\": \"wrong key\"}")
        .with("x-request-id", key());
    site.set("/research", json_reply("{\"request_id\": \"r1\"}"));
    site.set("/research/r1", echo);
    let (library, data, logs) = (small_library(), Folder::new(), Folder::new());
    let log = std::fs::File::create(logs.join("log")).unwrap();
    let mut command = Program::command();
    command.stderr(Stdio::from(log));
    for vendor in VENDORS {
        let url = format!("FATHOM_{}_URL", vendor.id.to_uppercase());
        command.env(vendor.key_env, key()).env(url, address(&site));
    }
    let program = Program::start(library.path(), data.path(), &mut command);
    let client = program.client;
    let mut answers = vec![
        client.post("/gateway/tavily/research", &json!({ "input": "a" })),
        client.get(POLL),
        client.get("/gateway/tavily/none"),
        client.get("/gateway/extruct/v1/deep_research_tasks"),
        client.post("/gateway/exa/search", &json!({ "query": "a" })),
        client.send("GET", POLL, &[("x-fathom-key", "not a key")], b""),
        client.get("/api/v1/providers"),
        client.get("/api/v1/openapi.json"),
        client.get("/metrics"),
        client.get("/"),
    ];
    assert_eq!(
        answers.iter().map(|answer| answer.status).collect::<Vec<_>>(),
        [200, 401, 404, 404, 404, 401, 200, 200, 200, 200]
    );
    let run = client.ask("What does Norway export?");
    client.ended(&run);
    answers.push(client.get(&format!("/api/v1/runs/{run}")));
    answers.push(client.get("/api/v1/runs"));
    assert!(site.requests().iter().all(|request| request.contains(key())));
    for answer in &answers {
        assert!(!format!("{answer:?}").contains(key()), "{answer:?}");
    }
    program.kill();
    let mut searched = 0;
    for folder in [&data, &logs] {
        for entry in std::fs::read_dir(folder.path()).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            assert!(!bytes.windows(key().len()).any(|window| window == key().as_bytes()));
            searched += bytes.len();
        }
    }
    assert!(searched > 10_000, "{searched} bytes were searched");
}

#[test]
fn settings_that_would_give_the_key_away_keep_the_program_from_starting() {
    let (library, data) = (small_library(), Folder::new());
    for (name, value) in [
        ("FATHOM_TAVILY_URL", "http://example.org"),
        ("FATHOM_TAVILY_URL", "ftp://127.0.0.1"),
        ("TAVILY_API_KEY", "planted key"),
    ] {
        let output = Program::command()
            .env(name, value)
            .args(["serve", "--listen", "127.0.0.1:0", "--library"])
            .arg(library.path())
            .arg("--data")
            .arg(data.path())
            .output()
            .unwrap();
        let line = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{line}");
        assert!(line.contains(name) && !line.contains("planted"), "{line}");
    }
}
