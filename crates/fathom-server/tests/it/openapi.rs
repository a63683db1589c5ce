//! The description of the API, held against what the program answers and against the types of the wire.

use fathom_core::event::{Count, Facet, FacetOrigin};
use fathom_core::report::{Citation, Confidence, Cost, CostPart, Grade, Span, WarningKind};
use fathom_core::source::Evidence;
use fathom_core::task::Budget;
use fathom_core::{Effort, Event, Record, Report, Source, Status, Task, Warning};
use serde_json::{Value, json};

use crate::support::{Answer, Folder, Server, small_library};

/// The description with every object closed, so that a field it does not know is an error.
struct Description(Value);

impl Description {
    fn read() -> Self {
        let mut description =
            serde_json::from_str(include_str!("../../src/routes/openapi.json")).unwrap();
        close(&mut description);
        Self(description)
    }

    /// Checks a value against one of the schemas.
    fn check(&self, schema: &str, value: &Value) {
        let schema = json!({ "$ref": format!("#/components/schemas/{schema}"), "components": self.0["components"] });
        let validator = jsonschema::validator_for(&schema).unwrap();
        let problems: Vec<String> =
            validator.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(problems.is_empty(), "{problems:#?}\n{value:#}");
    }

    /// Checks an answer against what is said of it, and returns its body.
    fn answers(&self, operation: (&str, &str), answer: &Answer) -> Value {
        let (method, path) = operation;
        let said = &self.0["paths"][path][method]["responses"][answer.status.to_string()];
        let said = match said["$ref"].as_str() {
            Some(reference) => self.0.pointer(reference.trim_start_matches('#')).unwrap(),
            None => said,
        };
        let kind = answer.header("content-type").unwrap_or_default();
        let schema = &said["content"][kind]["schema"]["$ref"];
        let schema = schema.as_str().unwrap_or_else(|| panic!("{method} {path}: {answer:?}"));
        self.check(schema.rsplit('/').next().unwrap(), &answer.json());
        for (name, header) in said["headers"].as_object().unwrap() {
            assert!(header["required"] != true || answer.header(name).is_some(), "{name}");
        }
        answer.json()
    }
}

fn close(schema: &mut Value) {
    if let Value::Object(fields) = schema
        && fields.contains_key("properties")
        && fields.get("type").is_some_and(Value::is_string)
    {
        fields.entry("additionalProperties").or_insert(json!(false));
    }
    match schema {
        Value::Object(fields) => fields.values_mut().for_each(close),
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

#[test]
fn the_description_is_served() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    let answer = server.client.get("/api/v1/openapi.json");
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.json()["openapi"], "3.1.0");
}

#[test]
fn every_answer_is_as_described() {
    let (library, data) = (small_library(), Folder::new());
    let server =
        Server::with(fathom_server::Config { queue: 0, ..Server::config(&library, &data) });
    let (client, described) = (server.client, Description::read());
    let full = client.post("/api/v1/runs", &json!({ "question": "a" }));
    assert_eq!(full.status, 429);
    described.answers(("post", "/api/v1/runs"), &full);
    drop(server);

    let server = Server::start(&library, &data);
    let client = server.client;
    let schema = json!({ "type": "object", "properties": { "capital": { "type": "string" } } });
    let body = json!({ "question": "Compare the exports of Norway and Sweden", "token": "t", "output_schema": schema, "include": ["**"] });
    let created = client.post("/api/v1/runs", &body);
    assert_eq!(created.status, 201);
    let run = described.answers(("post", "/api/v1/runs"), &created);
    let again = client.post("/api/v1/runs", &body);
    assert_eq!(again.status, 200);
    described.answers(("post", "/api/v1/runs"), &again);
    let id = run["id"].as_str().unwrap();
    for record in client.events(id, 0) {
        described.check("Record", &record);
    }
    let path = |end: &str| format!("/api/v1/runs/{id}{end}");
    let run = described.answers(("get", "/api/v1/runs/{id}"), &client.get(&path("")));
    assert!(run["report"]["citations"].as_array().is_some_and(|cited| !cited.is_empty()));
    let cancelled = client.post(&path("/cancel"), &json!({}));
    described.answers(("post", "/api/v1/runs/{id}/cancel"), &cancelled);
    for (operation, asked) in [
        ("/api/v1/runs", "/api/v1/runs?limit=1"),
        ("/api/v1/library", "/api/v1/library"),
        ("/api/v1/library/documents", "/api/v1/library/documents?limit=2"),
        ("/api/v1/library/documents/{document}", "/api/v1/library/documents/europe/norway.md"),
        ("/api/v1/providers", "/api/v1/providers"),
    ] {
        let answer = client.get(asked);
        assert_eq!(answer.status, 200, "{asked}");
        described.answers(("get", operation), &answer);
    }
}

#[test]
fn every_refusal_is_as_described() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    let (client, described) = (server.client, Description::read());
    for (status, operation, asked) in [
        (404, "/api/v1/runs/{id}", "/api/v1/runs/none"),
        (404, "/api/v1/runs/{id}/events", "/api/v1/runs/none/events"),
        (400, "/api/v1/runs", "/api/v1/runs?limit=0"),
        (400, "/api/v1/runs", "/api/v1/runs?cursor=x"),
        (404, "/api/v1/library/documents/{document}", "/api/v1/library/documents/none"),
        (400, "/api/v1/library/documents", "/api/v1/library/documents?limit=x"),
    ] {
        let answer = client.get(asked);
        assert_eq!(answer.status, status, "{asked}");
        described.answers(("get", operation), &answer);
    }
    let create = ("post", "/api/v1/runs");
    for (status, body) in
        [(400, "{}".to_owned()), (400, "x".to_owned()), (413, " ".repeat(2 << 20))]
    {
        let answer = client.send("POST", "/api/v1/runs", &[], body.as_bytes());
        assert_eq!(answer.status, status);
        described.answers(create, &answer);
    }
    let foreign = client.send("GET", "/api/v1/runs", &[("host", "evil.example")], b"");
    assert_eq!(foreign.status, 403);
    described.answers(("get", "/api/v1/runs"), &foreign);
}

#[test]
fn every_method_of_a_path_is_described() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    for (path, methods) in Description::read().0["paths"].as_object().unwrap() {
        let path = path.replace("{id}", "none").replace("{document}", "none");
        let answer = server.client.send("PATCH", &path, &[], b"");
        assert_eq!(answer.status, 405, "{path}");
        let allowed = answer.header("allow").unwrap().to_lowercase();
        // HEAD comes with every GET.
        let allowed: Vec<&str> = allowed.split(',').filter(|method| *method != "head").collect();
        let described: Vec<&String> = methods.as_object().unwrap().keys().collect();
        assert!(
            allowed.len() == described.len()
                && allowed.iter().all(|m| described.iter().any(|d| d == m)),
            "{path}: {allowed:?}, {described:?}"
        );
    }
}

/// What a run rarely or never shows is held against the types instead.
#[test]
fn every_field_of_the_wire_is_described() {
    let described = Description::read();
    let text = || Some("text".to_owned());
    let source = Source {
        id: 1,
        title: "t".to_owned(),
        url: text(),
        document: text(),
        snippet: text(),
        date: text(),
        author: text(),
    };
    let citation = Citation {
        marker: text(),
        span: Some(Span { start: 0, end: 1 }),
        field: text(),
        sources: vec![1],
        evidence: vec![Evidence {
            document: "d".to_owned(),
            start: 0,
            end: 1,
            quote: "q".to_owned(),
        }],
        confidence: Some(Confidence::Low),
    };
    let warning = |kind| Warning { kind, message: "m".to_owned() };
    let kinds = [
        WarningKind::Gap,
        WarningKind::Disagreement,
        WarningKind::Dropped,
        WarningKind::FieldMissing,
        WarningKind::Partial,
        WarningKind::Unreadable,
        WarningKind::Unsupported,
        WarningKind::Unsatisfied,
        WarningKind::Degraded,
        WarningKind::Ungrounded,
        WarningKind::Refunded,
        WarningKind::Other,
    ];
    let part = CostPart { name: "searches".to_owned(), count: Some(2.0), amount: Some(0.5) };
    let report = Report {
        markdown: "m".to_owned(),
        structured: Some(json!({})),
        sources: vec![source.clone()],
        citations: vec![citation],
        warnings: kinds.map(warning).to_vec(),
        partial: true,
        cost: Some(Cost { amount: 1.5, unit: "usd".to_owned(), parts: vec![part], refunded: true }),
        stop_reason: text(),
        grade: Some(Grade::Related),
        confidence: Some(0.5),
    };
    described.check("Report", &serde_json::to_value(report).unwrap());
    let mut options = serde_json::Map::new();
    options.insert("a".to_owned(), json!(1));
    let task = Task {
        question: "q".to_owned(),
        effort: Effort::Deep,
        output_schema: Some(json!({})),
        include: vec!["a".to_owned()],
        follow_up_of: text(),
        level: text(),
        guidance: text(),
        exclude: vec!["a".to_owned()],
        rows: vec![json!({})],
        known: vec![json!({})],
        budget: Budget { usd: Some(1.5), seconds: Some(1) },
        metadata: [("a".to_owned(), "b".to_owned())].into(),
        options,
    };
    described.check("Task", &serde_json::to_value(task).unwrap());
    for event in events(&source) {
        let record = Record { id: 1, at_ms: 0, event };
        described.check("Record", &serde_json::to_value(record).unwrap());
    }
}

fn events(source: &Source) -> Vec<Event> {
    let (query, title) = ("q".to_owned(), "t".to_owned());
    let facet = |origin| Facet { title: title.clone(), origin };
    let mut events = vec![
        Event::RunSubmitted { job: "j".to_owned() },
        Event::RunStarted,
        Event::IndexAwaited { indexed: 0, total: 1 },
        Event::PlanMade {
            facets: vec![facet(FacetOrigin::Question), facet(FacetOrigin::Library)],
            queries: 1,
        },
        Event::SearchStarted { query: query.clone() },
        Event::SearchEnded { query, passages: 1, new: 0 },
        Event::SourceFound { source: source.clone() },
        Event::ReadEnded { documents: 1, sentences: 1 },
        Event::SelectEnded { kept: 1, merged: 0 },
        Event::OutlineMade { sections: vec!["s".to_owned()] },
        Event::StepStarted { title: title.clone() },
        Event::StepEnded { title: title.clone() },
        Event::ProgressMade { counts: vec![Count { what: "w".to_owned(), count: 1 }] },
        Event::NoteMade { text: "t".to_owned() },
        Event::TextDelta { text: "t".to_owned() },
        Event::CheckEnded { checked: 1, dropped: 0 },
        Event::WarningRaised {
            warning: Warning { kind: WarningKind::Gap, message: "m".to_owned() },
        },
        Event::Unknown,
    ];
    events.extend(Status::ALL.map(|status| Event::RunEnded { status }));
    events
}
