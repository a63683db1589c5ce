//! What can be asked, and what would be refused.

use fathom_core::{
    Access, Error, ErrorKind, Provider, Task,
    json::{self, Object},
    provider::{Info, Key},
    providers,
};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::access::Place;
use crate::heard::settings as read;
use crate::write::refusal;

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

/// The provider of this id.
///
/// # Errors
/// [`ErrorKind::InvalidTask`] with the field `provider`.
pub(crate) fn provider(id: &str) -> Result<&'static dyn Provider, Error> {
    providers::find(id).ok_or_else(|| {
        let known: Vec<&str> =
            providers::ROSTER.iter().map(|provider| provider.info().id.as_ref()).collect();
        let message = ["There is no provider \"", id, "\". There are ", &known.join(", "), "."];
        Error::new(ErrorKind::InvalidTask, message.concat()).with_field("provider")
    })
}

/// What a provider needs to be asked.
///
/// # Errors
/// [`ErrorKind::Unauthorized`] for a key that is missing or cannot be sent.
pub(crate) fn access(place: Place, info: &Info) -> Result<Access, Error> {
    let access = if place.is_bare() && info.key != Key::NotNeeded {
        Err(without_key(info))
    } else {
        place.reach(&info.base)
    };
    access.map_err(|error| error.with_provider(info.id.clone()))
}

fn without_key(info: &Info) -> Error {
    let message = [&info.name, " needs an API key: give `", &info.vendor, ".apiKey`."];
    Error::new(ErrorKind::Unauthorized, message.concat())
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
