use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::{
    agent::{self, CreateRun, DeletedRun, EventPage, Run, RunPage},
    answer::{AnswerRequest, AnswerResponse, Chunk},
    contents::{ContentsRequest, Words},
    failure::{AgentFailure, Failure},
    research_v0, research_v1,
    search::{FindSimilarRequest, SearchRequest, SearchResponse},
};

/// What is read and written again is the same: no field of the documents is lost or invented.
#[track_caller]
fn keeps<T: DeserializeOwned + Serialize>(wire: Value) -> T {
    let value: T = serde_json::from_value(wire.clone()).unwrap();
    assert_eq!(normal(serde_json::to_value(&value).unwrap()), normal(wire));
    value
}

/// `1` and `1.0` are the same number.
fn normal(value: Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64()),
        Value::Array(values) => values.into_iter().map(normal).collect(),
        Value::Object(fields) => {
            fields.into_iter().map(|(name, value)| (name, normal(value))).collect()
        }
        value => value,
    }
}

#[test]
fn a_new_agent_run_carries_everything_the_documents_require() {
    let wire = json!({
        "id": "agent_run_01j7x9v0m2n4p6q8r0s2t4v6w8", "object": "agent_run", "status": "running",
        "stopReason": null, "createdAt": "2026-05-07T18:31:00.000Z", "completedAt": null,
        "request": {"query": "..."}, "output": {"text": "", "structured": null, "grounding": []},
        "usage": {"agentComputeUnits": 0, "searches": 0, "emails": 0, "phoneNumbers": 0},
        "costDollars": {"total": 0, "agentCompute": 0, "search": 0, "emails": 0, "phoneNumbers": 0}
    });
    let run: Run = keeps(wire.clone());
    let made = Run {
        id: run.id.clone(),
        status: agent::status::RUNNING.to_owned(),
        created_at: run.created_at.clone(),
        request: Some(CreateRun { query: "...".to_owned(), ..CreateRun::default() }),
        ..Run::default()
    };
    assert_eq!(made, run);
}

#[test]
fn an_agent_run_keeps_its_grounding_usage_and_request() {
    let run: Run = keeps(json!({
        "id": "agent_run_01j7x9v0m2n4p6q8r0s2t4v6w8", "object": "agent_run", "status": "completed",
        "stopReason": "schema_satisfied", "createdAt": "2023-11-07T05:31:56Z", "completedAt": "2023-11-07T05:31:56Z",
        "request": {"query": "q", "systemPrompt": "s", "input": {"data": [{}], "exclusion": [{}]}, "outputSchema": {},
            "effort": "auto", "budget": {"maxCostDollars": 5, "maxDurationSeconds": 300}, "metadata": {"a": "b"},
            "previousRunId": "agent_run_01j7x9v0m2n4p6q8r0s2t4v6w8", "dataSources": [{"provider": "fiber"}], "userIdentifier": "u-1"},
        "output": {"text": "t", "structured": true, "grounding": [{"field": "structured.companies[0].sourceUrl",
            "citations": [{"url": "https://a.example", "title": "A"}], "score": 0.5, "confidence": "high"}]},
        "usage": {"agentComputeUnits": 1.5, "searches": 1, "emails": 1, "phoneNumbers": 1, "dataSources": {"fiber": 2}},
        "costDollars": {"total": 1, "agentCompute": 1, "search": 1, "emails": 1, "phoneNumbers": 1, "dataSources": {"fiber": 0.2}}
    }));
    assert_eq!(run.output.grounding.first().unwrap().confidence.as_deref(), Some("high"));
}

#[test]
fn lists_always_say_where_the_next_page_begins() {
    let page = RunPage { object: Some("list".to_owned()), ..RunPage::default() };
    let wire = json!({"object": "list", "data": [], "hasMore": false, "nextCursor": null});
    assert_eq!(serde_json::to_value(&page).unwrap(), wire);
    keeps::<EventPage>(json!({
        "object": "list", "hasMore": true, "nextCursor": "3",
        "data": [{"id": "3", "event": "agent_run.started", "data": {"id": "r", "status": "running"}, "createdAt": "2026-05-07T18:31:00.000Z"}]
    }));
    keeps::<research_v0::TaskPage>(
        json!({"requestId": "r", "data": [], "hasMore": false, "nextCursor": null}),
    );
}

#[test]
fn nulls_and_missing_fields_are_nothing() {
    let run: Run = serde_json::from_value(json!({
        "id": "r", "status": "pondering", "output": null, "usage": null, "costDollars": null, "request": null
    }))
    .unwrap();
    assert_eq!((run.status.as_str(), run.object.as_str()), ("pondering", "agent_run"));
    assert!(serde_json::from_value::<Run>(json!({"status": "running"})).is_err());
    assert!(serde_json::from_value::<CreateRun>(json!({"effort": "low"})).is_err());
    assert_eq!(
        serde_json::to_value(DeletedRun::new("r")).unwrap(),
        json!({"id": "r", "object": "agent_run.deleted", "deleted": true})
    );
}

#[test]
fn research_v1_keeps_every_kind_of_event() {
    let base = |kind: &str, more: Value| {
        let mut event =
            json!({"eventType": kind, "createdAt": 1754500000000_u64, "researchId": "r"});
        event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        event
    };
    let step =
        json!({"planId": "p", "operationId": "o", "data": {"type": "think", "content": "c"}});
    let search = json!({"planId": "p", "taskId": "t", "operationId": "o", "data": {"type": "search", "searchType": "auto",
        "goal": "g", "query": "q", "results": [{"url": "https://a.example"}], "pageTokens": 7}});
    let crawl = json!({"planId": "p", "taskId": "t", "operationId": "o", "data": {"type": "crawl", "result": {"url": "https://a.example"}, "pageTokens": 7}});
    let cost = json!({"total": 0.135, "numSearches": 6, "numPages": 20, "reasoningTokens": 1000});
    keeps::<research_v1::Research>(json!({
        "researchId": "r", "createdAt": 1754500000000_u64, "model": "exa-research", "instructions": "i", "status": "completed",
        "outputSchema": {"type": "object"}, "output": {"content": "{}", "parsed": {}}, "costDollars": cost, "finishedAt": 1754500060000_u64,
        "events": [
            base("research-definition", json!({"instructions": "i", "outputSchema": {}})),
            base("plan-definition", json!({"planId": "p"})),
            base("plan-operation", step),
            base("plan-output", json!({"planId": "p", "output": {"outputType": "tasks", "reasoning": "r", "tasksInstructions": ["a"]}})),
            base("task-definition", json!({"planId": "p", "taskId": "t", "instructions": "a"})),
            base("task-operation", search),
            base("task-operation", crawl),
            base("task-output", json!({"planId": "p", "taskId": "t", "output": {"outputType": "completed", "content": "c"}})),
            base("plan-output", json!({"planId": "p", "output": {"outputType": "stop", "reasoning": "r"}})),
            base("research-output", json!({"output": {"outputType": "completed", "content": "c", "costDollars": cost, "parsed": {}}})),
            base("research-output", json!({"output": {"outputType": "failed", "error": "e"}}))
        ]
    }));
    let odd: research_v1::Research = serde_json::from_value(
        json!({"researchId": "r", "status": "canceled", "createdAt": 1754500000000.5}),
    )
    .unwrap();
    assert_eq!(odd.created_at, 1_754_500_000_000);
}

#[test]
fn research_v0_keeps_data_and_citations_and_always_has_a_schema() {
    keeps::<research_v0::Task>(json!({
        "id": "a1b2c3d4-e5f6-7890-abcd-ef1234567890", "status": "completed", "instructions": "i",
        "schema": {"type": "object"}, "data": {"valuation": "$350 billion"},
        "citations": {"valuation": [{"id": "https://a.example", "url": "https://a.example", "title": "T", "snippet": "S"}]}
    }));
    let running = research_v0::Task {
        id: "a".to_owned(),
        status: "running".to_owned(),
        ..Default::default()
    };
    assert_eq!(
        serde_json::to_value(running).unwrap(),
        json!({"id": "a", "status": "running", "instructions": "", "schema": {}})
    );
    keeps::<research_v0::CreateTask>(
        json!({"instructions": "i", "model": "exa-research", "output": {"schema": {}, "inferSchema": true}}),
    );
}

#[test]
fn the_search_family_keeps_its_bodies() {
    keeps::<SearchRequest>(json!({
        "query": "q", "type": "deep", "additionalQueries": ["a"], "systemPrompt": "s", "outputSchema": {"type": "object"},
        "stream": false, "numResults": 3, "includeDomains": ["a.example"], "category": "news", "moderation": true,
        "contents": {"text": true, "highlights": {"query": "h", "numSentences": 2, "highlightsPerUrl": 3},
            "summary": {"query": "s", "schema": {}}, "livecrawl": "preferred", "extras": {"links": 1, "imageLinks": 1}}
    }));
    keeps::<FindSimilarRequest>(
        json!({"url": "https://a.example", "excludeSourceDomain": true, "numResults": 2, "startPublishedDate": "2024-01-01"}),
    );
    let request: ContentsRequest = keeps(json!({
        "ids": ["https://a.example"], "subpages": 5, "subpageTarget": ["about", "products"], "maxAgeHours": -1,
        "text": {"maxCharacters": 1000, "includeHtmlTags": false}
    }));
    assert_eq!(request.options.subpage_target.unwrap().as_slice().len(), 2);
    assert_eq!(Words::One("a".to_owned()).as_slice(), ["a"]);
    keeps::<SearchResponse>(json!({
        "requestId": "r", "resolvedSearchType": "neural", "searchTime": 12, "costDollars": {"total": 0.005, "search": {"neural": 0.005}},
        "results": [{"id": "u", "url": "u", "title": null, "publishedDate": "2024-01-01", "author": "A", "score": 0.5, "text": "t",
            "highlights": ["h"], "highlightScores": [0.5], "summary": "{}", "image": "i", "favicon": "f",
            "extras": {"links": ["l"]}, "subpages": [{"id": "v", "url": "v", "title": "V"}], "entities": []}],
        "output": {"content": {"a": 1}, "grounding": [{"field": "a", "citations": [{"url": "u", "title": "U"}], "confidence": "low"}]},
        "statuses": [{"id": "u", "status": "error", "source": "crawled", "error": {"tag": "CRAWL_NOT_FOUND", "httpStatusCode": 404}}],
        "warnings": [{"code": "c", "path": "p", "message": "m"}]
    }));
    keeps::<AnswerRequest>(json!({"query": "q", "stream": true, "text": true, "model": "exa"}));
    keeps::<AnswerResponse>(
        json!({"answer": "Paris.", "citations": [], "requestId": "abc123", "costDollars": {"total": 0.005}}),
    );
    keeps::<Chunk>(
        json!({"choices": [{"index": 0, "delta": {"content": "Pa"}, "finish_reason": null}], "citations": []}),
    );
}

#[test]
fn both_forms_of_errors_are_kept() {
    keeps::<Failure>(
        json!({"requestId": "r", "error": "Invalid API key", "tag": "INVALID_API_KEY"}),
    );
    keeps::<AgentFailure>(
        json!({"error": {"type": "NOT_FOUND", "code": "RUN_NOT_FOUND", "message": "m", "path": "p", "expected": 1}}),
    );
}
