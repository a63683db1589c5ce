//! What can be asked, and what would be refused.

use fathom_core::{Error, ErrorKind, Task, provider::Info, providers};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::access::provider;
use crate::write::{Object, json, refusal};

/// Every provider: a list of [`Info`].
#[wasm_bindgen]
pub fn providers() -> String {
    let all: Vec<&Info> = providers::ROSTER.iter().map(|provider| provider.info()).collect();
    json(&all)
}

/// What the provider would refuse or ignore of `task`: `{"warnings": [...]}` or `{"error": ...}`.
#[wasm_bindgen]
pub fn check(id: &str, task: &str) -> String {
    match checked(id, task) {
        Ok(warnings) => Object::new().json("warnings", &warnings).end(),
        Err(error) => refusal(&error),
    }
}

fn checked(id: &str, task: &str) -> Result<String, Error> {
    let task: Task = serde_json::from_str(task).map_err(|error| unreadable(&error))?;
    Ok(json(&provider(id)?.check(&task)?))
}

/// The refusal of settings that make no sense. What stands there is not repeated: it may be a key.
pub(crate) fn unreadable(error: &serde_json::Error) -> Error {
    let column = error.column().to_string();
    let message = ["The task or its settings cannot be read (at character ", &column, ")."];
    Error::new(ErrorKind::InvalidTask, message.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_provider_is_told() {
        let all: Vec<Info> = serde_json::from_str(&providers()).unwrap();
        assert_eq!(all.len(), providers::ROSTER.len());
    }

    #[test]
    fn what_is_wrong_with_a_task_is_an_answer() {
        for (id, task, kind) in [
            ("local", r#"{"question":""}"#, "\"field\":\"question\""),
            ("nobody", r#"{"question":"Why?"}"#, "\"field\":\"provider\""),
            ("local", r#"{"question":1}"#, "invalid-task"),
            ("local", "", "invalid-task"),
        ] {
            let answer = check(id, task);
            assert!(answer.starts_with("{\"error\":") && answer.contains(kind), "{answer}");
        }
        assert_eq!(check("local", r#"{"question":"Why?"}"#), r#"{"warnings":[]}"#);
    }
}
