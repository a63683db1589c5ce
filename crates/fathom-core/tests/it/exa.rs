//! The wire types of Exa and its transcripts agree: what the transcripts hold, the types keep.

use fathom_core::{
    fixture::{Entry, Fixture},
    providers::{
        FIXTURES,
        exa::wire::{
            agent::{CreateRun, Run, RunPage},
            answer::{AnswerRequest, AnswerResponse},
            failure::{AgentFailure, Failure},
            research_v0::{CreateTask, Created, Task, TaskPage},
            research_v1::{CreateResearch, Research, ResearchPage},
            search::{SearchRequest, SearchResponse},
        },
    },
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Transcripts of replies that no server should write.
const ODD: [&str; 1] = ["old-example"];

/// Reads a value as a type and writes it again.
fn through<T: DeserializeOwned + Serialize>(value: &Value) -> Option<Value> {
    let read: T = serde_json::from_value(value.clone()).ok()?;
    serde_json::to_value(read).ok()
}

fn request(id: &str, body: &Value) -> Option<Value> {
    match id {
        "exa-agent" => through::<CreateRun>(body),
        "exa-research" => through::<CreateResearch>(body),
        "exa-research-v0" => through::<CreateTask>(body),
        "exa-deep-search" => through::<SearchRequest>(body),
        _ => through::<AnswerRequest>(body),
    }
}

fn reply(id: &str, body: &Value) -> Option<Value> {
    let list = body.get("data").is_some_and(Value::is_array);
    match id {
        "exa-agent" if list => through::<RunPage>(body),
        "exa-agent" => through::<Run>(body),
        "exa-research" if list => through::<ResearchPage>(body),
        "exa-research" => through::<Research>(body),
        "exa-research-v0" if list => through::<TaskPage>(body),
        "exa-research-v0" if body.get("status").is_none() => through::<Created>(body),
        "exa-research-v0" => through::<Task>(body),
        "exa-deep-search" => through::<SearchResponse>(body),
        _ => through::<AnswerResponse>(body),
    }
}

fn failure(body: &Value) -> Option<Value> {
    if body.get("error")?.is_object() {
        through::<AgentFailure>(body)
    } else {
        through::<Failure>(body)
    }
}

/// Whether everything that the first says, the second says too; null says nothing.
fn says(first: &Value, second: &Value) -> bool {
    match (first, second) {
        (Value::Null, _) => true,
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| says(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.iter().all(|(name, value)| says(value, other.get(name).unwrap_or(&Value::Null)))
        }
        _ => first == second,
    }
}

#[track_caller]
fn keeps(context: &str, value: &Value, written: Option<Value>) {
    let written = written.unwrap_or_else(|| panic!("{context}: {value}"));
    assert!(says(value, &written), "{context}: {value}\nbecame {written}");
}

#[test]
fn every_body_of_the_transcripts_is_kept_by_its_wire_type() {
    let mut kept = 0;
    for (id, fixtures) in FIXTURES.iter().filter(|(id, _)| id.starts_with("exa-")) {
        for (name, text) in fixtures.iter().filter(|(name, _)| !ODD.contains(name)) {
            let fixture = Fixture::parse(text).unwrap();
            let context = format!("{id}/{name}");
            for entry in &fixture.entries {
                match entry {
                    Entry::Request(expected) => {
                        let Some(body) = &expected.body else { continue };
                        let body = serde_json::from_str(body).unwrap();
                        keeps(&context, &body, request(id, &body));
                    }
                    Entry::Reply(head, body) => {
                        // What something in between wrote, or what was cut, is nobody's type.
                        let Ok(body) = serde_json::from_str::<Value>(body) else { continue };
                        let written =
                            if head.is_success() { reply(id, &body) } else { failure(&body) };
                        keeps(&context, &body, written);
                    }
                    _ => continue,
                }
                kept += 1;
            }
        }
    }
    assert!(kept > 90, "{kept}");
}
