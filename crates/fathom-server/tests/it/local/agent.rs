//! `/local/exa/agent/runs`, for what no client of the vendor looks at.

use serde_json::{Value, json};

use super::{told, until};
use crate::support::{Folder, Server};

const RUNS: &str = "/local/exa/agent/runs";

/// A study that names some of its facts and not the software.
fn studies() -> Folder {
    let folder = Folder::new();
    folder.write(
        "sleep.md",
        "# Lund sleep trial\n\nThe Lund sleep trial is a study of adults who sleep badly.\n\n\
         - Confidence: high\n- Enrolled: 212\n- Blinded: no\n",
    );
    folder
}

fn done(server: &Server, schema: &Value) -> Value {
    let body = json!({ "query": "What is known of the Lund sleep trial?", "outputSchema": schema });
    let created = server.client.post(RUNS, &body);
    assert_eq!(created.status, 200, "{}", told(&created));
    assert_eq!(created.json()["stopReason"], Value::Null);
    let path = format!("{RUNS}/{}", created.json()["id"].as_str().unwrap());
    until(&server.client, &path, |run| run["status"] == "completed")
}

fn grounded(run: &Value) -> Vec<&str> {
    let entries = run["output"]["grounding"].as_array().unwrap();
    entries.iter().filter_map(|entry| entry["field"].as_str()).collect()
}

#[test]
fn a_schema_counts_as_satisfied_only_where_the_value_fits_it() {
    let (library, data) = (studies(), Folder::new());
    let server = Server::start(&library, &data);
    let software = json!({ "type": "string", "enum": ["R", "other"], "description": "Software used for the power analysis" });
    let schema = |software: Value, enrolled: Value| json!({ "type": "object", "required": ["software", "enrolled"], "properties": { "software": software, "enrolled": enrolled } });
    let run = done(&server, &schema(software.clone(), json!({ "type": "integer" })));
    assert_eq!(run["output"]["structured"], json!({ "software": null, "enrolled": 212 }));
    assert_eq!(run["stopReason"], "iteration_limit_reached");
    assert!(grounded(&run).contains(&"structured.enrolled"), "{run}");
    assert!(!grounded(&run).contains(&"structured.software"), "{run}");

    let nullable = json!({ "anyOf": [software, { "type": "null" }] });
    let sizes = json!({ "type": "integer", "enum": [100, 212, 300] });
    let run = done(&server, &schema(nullable, sizes));
    assert_eq!(run["output"]["structured"], json!({ "software": null, "enrolled": 212 }));
    assert_eq!(run["stopReason"], "schema_satisfied");
}

#[test]
fn without_a_schema_a_run_that_did_everything_says_what_it_said() {
    let (library, data) = (studies(), Folder::new());
    let server = Server::start(&library, &data);
    let run = done(&server, &Value::Null);
    assert_eq!(run["stopReason"], "schema_satisfied");
}

#[test]
fn a_run_that_found_nothing_does_not_count_as_satisfied() {
    let (library, data) = (studies(), Folder::new());
    let server = Server::start(&library, &data);
    let created = server.client.post(RUNS, &json!({ "query": "Zugspitze" }));
    let path = format!("{RUNS}/{}", created.json()["id"].as_str().unwrap());
    let run = until(&server.client, &path, |run| run["status"] == "completed");
    assert_eq!(run["stopReason"], "iteration_limit_reached", "{run}");
    assert!(grounded(&run).is_empty());
}
