//! What can be asked, and what would be refused.

use fathom_core::{Error, ErrorKind, Task, json, provider::Info, providers};
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::access::provider;
use crate::write::{Object, refusal};

/// Every provider: a list of [`Info`].
#[wasm_bindgen]
pub fn providers() -> String {
    let all: Vec<&Info> = providers::ROSTER.iter().map(|provider| provider.info()).collect();
    json::write(&all)
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
    let task: Task = read(task)?;
    Ok(json::write(&provider(id)?.check(&task)?))
}

/// Reads what came from JavaScript. What does not fit is not repeated: it may be a key.
///
/// # Errors
/// [`ErrorKind::InvalidTask`] when it makes no sense.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    json::read(text.as_bytes()).map_err(|_| {
        Error::new(ErrorKind::InvalidTask, "The task, or what it was sent with, cannot be read.")
    })
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
