//! Create, show, list, cancel.

use fathom_core::providers::local::wire::{
    ErrorBody, LibraryView, ProvidersView, RunPage, RunView,
};
use fathom_core::{Event, Record, Status};
use serde_json::json;

use crate::support::{Folder, Server, small_library};

const QUESTION: &str = "What is the population of Norway?";

#[test]
fn a_question_becomes_a_report_with_evidence() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    let created = server
        .client
        .post("/api/v1/runs", &json!({ "question": format!("  {QUESTION} "), "effort": "quick" }));
    assert_eq!(created.status, 201);
    let view: RunView = serde_json::from_str(&created.body).unwrap();
    assert_eq!(
        (view.status, view.question.as_str(), view.report),
        (Status::Queued, QUESTION, None)
    );
    assert_eq!(created.header("location").unwrap(), format!("/api/v1/runs/{}", view.id));

    let run: RunView = serde_json::from_value(server.client.ended(&view.id)).unwrap();
    assert_eq!(run.status, Status::Completed);
    let report = run.report.unwrap();
    assert!(report.markdown.contains("5.5 million"), "{}", report.markdown);
    assert!(report.citations.iter().any(|citation| !citation.evidence.is_empty()));
    assert!(run.progress.searches > 0 && run.progress.last_event > 2);
    assert!(run.created_at <= run.started_at.clone().unwrap() && run.started_at <= run.finished_at);
    assert!(run.finished_at.unwrap().ends_with('Z'));
}

#[test]
fn rows_a_level_a_budget_and_labels_are_kept() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    let row = json!({ "type": "object", "properties": { "name": { "type": "string" }, "code": { "type": "string" } } });
    let schema = json!({ "type": "object", "properties": { "countries": { "type": "array", "items": row } } });
    let body = json!({
        "question": "Complete the rows", "effort": "quick", "level": "deep", "output_schema": schema,
        "rows": [{ "name": "Norway", "code": "no" }, { "name": "Sweden" }],
        "known": [{ "name": "Finland" }], "budget": { "seconds": 600 }, "metadata": { "ticket": "T-1" },
        "exclude": [], "guidance": "", "options": {},
    });
    let created = server.client.post("/api/v1/runs", &body);
    assert_eq!(created.status, 201, "{}", created.body);
    let run = server.client.ended(created.json()["id"].as_str().unwrap());
    assert_eq!((&run["status"], &run["effort"]), (&json!("completed"), &json!("deep")));
    for field in ["level", "rows", "known", "budget", "metadata"] {
        assert_eq!(run["task"][field], body[field], "{field}");
    }
    assert_eq!(
        run["report"]["structured"],
        json!({ "countries": [{ "name": "Norway", "code": "no" }, { "name": "Sweden" }] })
    );
}

#[test]
fn the_same_token_names_the_same_run() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    let body = json!({ "question": QUESTION, "token": "t-1" });
    let first = server.client.post("/api/v1/runs", &body);
    let again = server.client.post("/api/v1/runs", &body);
    assert_eq!((first.status, again.status), (201, 200));
    assert_eq!(first.json()["id"], again.json()["id"]);
    let other =
        server.client.post("/api/v1/runs", &json!({ "question": QUESTION, "token": "t-2" }));
    assert_ne!(first.json()["id"], other.json()["id"]);
    assert_eq!(server.client.get("/api/v1/runs").json()["runs"].as_array().unwrap().len(), 2);
}

#[test]
fn lists_go_from_new_to_old_in_pages() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    let mut ids: Vec<String> =
        (0..5).map(|n| server.client.ask(&format!("Question {n} about Norway?"))).collect();
    ids.reverse();
    server.client.ended(&ids[0]);
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = server.client.get(&format!("/api/v1/runs?limit=2&cursor={cursor}"));
        let page: RunPage = serde_json::from_str(&page.body).unwrap();
        assert!(
            page.runs.len() <= 2
                && page.runs.iter().all(|run| run.report.is_none() && run.sources.is_some())
        );
        seen.extend(page.runs.into_iter().map(|run| run.id));
        match page.next_cursor {
            Some(next) => cursor = next,
            None => break,
        }
    }
    assert_eq!(seen, ids);
    let found = server.client.get("/api/v1/runs?q=qUESTION%203").json();
    assert_eq!(found["runs"].as_array().unwrap().len(), 1);
    for wrong in ["limit=0", "limit=101", "limit=x", "cursor=x"] {
        let answer = server.client.get(&format!("/api/v1/runs?{wrong}"));
        assert_eq!((answer.status, answer.error().0.as_str()), (400, "invalid-task"));
    }
}

#[test]
fn a_run_can_be_cancelled_while_it_waits_and_ends_once() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    let id = server.client.ask(QUESTION);
    let path = format!("/api/v1/runs/{id}/cancel");
    let cancelled = server.client.post(&path, &json!({}));
    assert_eq!(cancelled.status, 200);
    let ended = server.client.ended(&id);
    let again = server.client.post(&path, &json!({}));
    assert_eq!((again.status, again.json()), (200, ended.clone()));
    match ended["status"].as_str().unwrap() {
        // The engine may have been quicker than the request.
        "completed" => {}
        "cancelled" => {
            let report = &ended["report"];
            assert!(report.is_null() || report["partial"] == true, "{ended}");
        }
        other => panic!("{other}"),
    }
}

#[test]
fn a_full_queue_asks_to_come_back() {
    let (library, data) = (small_library(), Folder::new());
    let server =
        Server::with(fathom_server::Config { queue: 0, ..Server::config(&library, &data) });
    let answer = server.client.post("/api/v1/runs", &json!({ "question": QUESTION }));
    assert_eq!((answer.status, answer.error().0.as_str()), (429, "rate-limited"));
    assert_eq!(answer.header("retry-after"), Some("5"));
    assert_eq!(answer.json()["error"]["retry_after"], 5);
}

#[test]
fn a_follow_up_needs_a_run_to_follow() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    let body = json!({ "question": "And of Sweden?", "follow_up_of": "run_none" });
    let refused = server.client.post("/api/v1/runs", &body);
    assert_eq!(refused.error(), ("invalid-task".to_owned(), Some("follow_up_of".to_owned())));
    let first = server.client.ask(QUESTION);
    let next = server
        .client
        .post("/api/v1/runs", &json!({ "question": "And of Sweden?", "follow_up_of": first }));
    assert_eq!(next.status, 201);
    assert_eq!(server.client.ended(next.json()["id"].as_str().unwrap())["status"], "completed");
}

#[test]
fn other_answers_are_what_the_core_reads() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    assert_eq!(server.client.get("/healthz").body, "ok\n");
    let id = server.client.ask(QUESTION);
    server.client.ended(&id);
    let providers: ProvidersView =
        serde_json::from_str(&server.client.get("/api/v1/providers").body).unwrap();
    assert_eq!(providers.providers[0].id, "local");
    let view: LibraryView =
        serde_json::from_str(&server.client.get("/api/v1/library").body).unwrap();
    assert_eq!((view.documents, view.total, view.indexed), (3, 3, 3));
    assert!(view.passages >= 3 && view.skipped.is_empty());
    assert!(
        view.examples.iter().any(|question| question.contains("Norway")),
        "{:?}",
        view.examples
    );
    let stream = server.client.events(&id, 0);
    let records: Vec<Record> =
        stream.map(|record| serde_json::from_value(record).unwrap()).collect();
    assert!(!records.iter().any(|record| record.event == Event::Unknown));
    let error: ErrorBody =
        serde_json::from_str(&server.client.get("/api/v1/runs/none").body).unwrap();
    assert_eq!(error.error.kind(), fathom_core::ErrorKind::NotFound);
    let metrics = server.client.get("/metrics").body;
    assert!(
        metrics.contains("fathom_runs_created_total 1\n")
            && metrics.contains("fathom_library_documents 3\n")
    );
}
