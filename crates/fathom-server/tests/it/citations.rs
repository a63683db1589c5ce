//! The law: what a report quotes stands in the stored document, where the report says, for ever.

use std::fs;

use serde_json::Value;

use crate::support::{Client, Folder, Server, small_library};

/// Checks every evidence of a report through the public API; returns how many there were.
fn check(client: &Client, report: &Value) -> usize {
    let citations = report["citations"].as_array().unwrap().iter();
    let evidence: Vec<&Value> =
        citations.filter_map(|citation| citation["evidence"].as_array()).flatten().collect();
    for passage in &evidence {
        let document = client.document(passage["document"].as_str().unwrap());
        assert_eq!(document.status, 200, "{passage}");
        let text = document.json()["text"].as_str().unwrap().to_owned();
        let at = |name: &str| usize::try_from(passage[name].as_u64().unwrap()).unwrap();
        assert_eq!(text.get(at("start")..at("end")), passage["quote"].as_str());
    }
    evidence.len()
}

#[test]
fn every_quote_stands_where_the_report_says() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    let mut checked = 0;
    for question in [
        "What is the population of Sweden?",
        "Compare the main exports of Norway, Sweden and Finland",
        "Exports",
        "Norwegen",
    ] {
        let id = server.client.ask(question);
        let run = server.client.ended(&id);
        assert_eq!(run["status"], "completed");
        checked += check(&server.client, &run["report"]);
    }
    assert!(checked >= 4, "only {checked} quotes");
}

#[test]
fn quotes_stay_true_when_their_document_changes_or_goes_away() {
    let (library, data) = (small_library(), Folder::new());
    let path = "/api/v1/library/documents/europe/norway.md";
    let report = {
        let server = Server::start(&library, &data);
        let client = server.client;
        let id = client.ask("What are the main exports of Norway?");
        let report = client.ended(&id)["report"].clone();
        assert!(check(&client, &report) > 0);
        library.write("europe/norway.md", "# Norway\n\nEverything about Norway is new.\n");
        client.until(path, |answer| answer.body.contains("is new"));
        check(&client, &report);
        fs::remove_file(library.join("europe/norway.md")).unwrap();
        client.until(path, |answer| answer.status == 404);
        check(&client, &report);
        report
    };
    let server = Server::start(&library, &data);
    library.write("europe/norway.md", "# Norway\n\nNorway is back.\n");
    server.client.until(path, |answer| answer.status == 200);
    assert!(check(&server.client, &report) > 0);
}

#[test]
fn a_document_id_may_be_written_with_escaped_slashes() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    let document = server
        .client
        .until("/api/v1/library/documents/europe%2Fnorway.md", |answer| answer.status == 200)
        .json();
    assert_eq!(document["url"], "https://example.org/Norway");
    let id = document["document"].as_str().unwrap();
    assert_eq!(server.client.document(id).json(), document);
}
