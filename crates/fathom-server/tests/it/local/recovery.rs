//! Runs of other protocols are ordinary runs: they survive kills, and are one queue with all others.

use serde_json::{Value, json};

use super::{told, until};
use crate::support::{Folder, Program, Server, small_library};

const AGENT: &str = "/local/exa/agent/runs";
const RESEARCH: &str = "/local/tavily/research";
const TASKS: &str = "/local/extruct/v1/deep_research_tasks";

#[test]
fn what_was_acknowledged_in_any_protocol_finishes_after_a_kill() {
    let (library, data) = (small_library(), Folder::new());
    let question = "Compare the exports of Norway, Sweden and Finland";
    let mut asked = Vec::new();
    for round in 0..3 {
        let program = Program::serve(library.path(), data.path());
        for _ in 0..3 {
            let metadata = json!({ "round": round.to_string() });
            let run =
                program.client.post(AGENT, &json!({ "query": question, "metadata": metadata }));
            asked.push((AGENT, run.json()["id"].clone(), "completed"));
            let research = program.client.post(
                RESEARCH,
                &json!({ "input": question, "files": [
                { "name": "a.txt", "data": "Q29iYWx0IGlzIG5vdCBleHBvcnRlZC4=", "type": "base64" },
            ] }),
            );
            asked.push((RESEARCH, research.json()["request_id"].clone(), "completed"));
            let task = program.client.post(TASKS, &json!({ "brief": question }));
            asked.push((TASKS, task.json()["id"].clone(), "done"));
        }
        program.kill();
    }
    let program = Program::serve(library.path(), data.path());
    for (path, id, end) in &asked {
        let path = format!("{path}/{}", id.as_str().unwrap());
        let ended = until(&program.client, &path, |run| run["status"] == *end);
        assert!(ended.to_string().contains("natural gas"), "{ended}");
    }
    let agents = program.client.get(&format!("{AGENT}?limit=100")).json();
    assert_eq!(agents["data"].as_array().unwrap().len(), 9);
    assert_eq!(agents["data"][0]["request"]["metadata"], json!({ "round": "2" }));
    assert_eq!(program.client.get(TASKS).json().as_array().unwrap().len(), 9);
    let all = program.client.get("/api/v1/runs?limit=100").json();
    assert_eq!(all["runs"].as_array().unwrap().len(), asked.len());
}

#[test]
fn a_run_is_found_by_its_own_protocol_and_by_our_api_only() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    let run = server.client.post(AGENT, &json!({ "query": "What does Norway export?" })).json();
    let id = run["id"].as_str().unwrap();
    let ours: Value = server.client.ended(id);
    assert_eq!((&ours["id"], &ours["status"]), (&run["id"], &json!("completed")));
    for path in [format!("/local/exa/research/v1/{id}"), format!("{RESEARCH}/{id}")] {
        let answer = server.client.get(&path);
        assert_eq!(answer.status, 404, "{}", told(&answer));
    }
    assert_eq!(server.client.get("/local/exa/research/v1").json()["data"], json!([]));
    // Ended by our API, a run has ended in its protocol too.
    let next = server.client.post(AGENT, &json!({ "query": "What does Sweden export?" })).json();
    let next = next["id"].as_str().unwrap();
    server.client.post(&format!("/api/v1/runs/{next}/cancel"), &json!({}));
    let shown = until(&server.client, &format!("{AGENT}/{next}"), |run| {
        run["status"] == "cancelled" || run["status"] == "completed"
    });
    assert!(shown["stopReason"].is_string());
}

#[test]
fn a_large_file_fits_and_a_larger_one_is_refused() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    let file = |words: usize| {
        let data = "d29y".repeat(words * 4 / 3);
        json!({ "input": "What?", "files": [{ "name": "a.txt", "data": data, "type": "base64" }] })
    };
    let taken = server.client.post(RESEARCH, &file(500_000));
    assert_eq!(taken.status, 200, "{}", told(&taken));
    let refused = server.client.post(RESEARCH, &file(4_000_000));
    assert_eq!(refused.status, 413, "{}", told(&refused));
    assert!(refused.json()["detail"]["error"].is_string());
    let elsewhere = server.client.post(AGENT, &file(500_000));
    assert_eq!(elsewhere.status, 413);
    assert_eq!(elsewhere.json()["error"]["type"], "INVALID_REQUEST");
}
