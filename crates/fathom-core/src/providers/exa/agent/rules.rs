//! What Exa Agent refuses: <https://exa.ai/docs/reference/agent-api/create-a-run>, read on 2026-11-21.

use serde_json::Value;

use crate::{
    error::Error,
    json,
    provider::{
        Info,
        check::{self, refused},
    },
    report::Warning,
    task::{Budget, Task},
};

/// Option: data providers to switch on, as names or as `{"provider": name}`.
pub(super) const DATA_SOURCES: &str = "dataSources";
/// Option: the end user on whose behalf this is asked.
pub(super) const USER_IDENTIFIER: &str = "userIdentifier";
/// Option: whether the submission is to be answered by a stream.
pub(super) const STREAM: &str = "stream";
/// The label under which our token travels.
pub(super) const TOKEN: &str = "fathom_token";

/// What an automatic run costs at most when no budget is given, in US dollars.
pub(super) const AUTO_USD: f64 = 5.0;
/// What an ultra run costs at most when no budget is given, in US dollars.
pub(super) const ULTRA_USD: f64 = 20.0;

pub(super) fn check(info: &Info, task: &Task) -> Result<Vec<Warning>, Error> {
    let warnings = check::check(info, task)?;
    budget(task.level.as_deref().unwrap_or_default(), &task.budget)?;
    if task.metadata.get(TOKEN).is_some() {
        return Err(refused(
            "metadata",
            "The label \"fathom_token\" is needed to find the run again. Take another name.",
        ));
    }
    if task.options.get(STREAM).is_some_and(|value| !value.is_boolean()) {
        return Err(refused("options.stream", "This setting is true or false."));
    }
    user_identifier(task.options.get(USER_IDENTIFIER))?;
    if let Some(value) = task.options.get(DATA_SOURCES) {
        data_sources(value)?;
    }
    Ok(warnings)
}

fn budget(level: &str, budget: &Budget) -> Result<(), Error> {
    let ultra = matches!(level, "ultra" | "max");
    if let Some(usd) = budget.usd {
        if !ultra && level != "auto" {
            let message = "Exa Agent takes a budget only at the levels auto, ultra and max; the other levels have a fixed price.";
            return Err(refused("budget.usd", message));
        }
        if !(1.0..=100.0).contains(&usd) {
            return Err(refused(
                "budget.usd",
                "Exa Agent takes a budget from 1 to 100 US dollars.",
            ));
        }
    }
    match budget.seconds {
        Some(_) if !ultra => {
            Err(refused("budget.seconds", "Exa Agent takes a time limit only at the level ultra."))
        }
        Some(seconds) if !(300..=10_800).contains(&seconds) => Err(refused(
            "budget.seconds",
            "Exa Agent takes a time limit from 300 to 10,800 seconds.",
        )),
        _ => Ok(()),
    }
}

fn user_identifier(value: Option<&Value>) -> Result<(), Error> {
    let fits = |text: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        (1..=64).contains(&text.len()) && text.bytes().all(plain)
    };
    match value {
        Some(value) if !value.as_str().is_some_and(fits) => {
            let message = "The user identifier has 1 to 64 letters, digits, - or _.";
            Err(refused("options.userIdentifier", message))
        }
        _ => Ok(()),
    }
}

/// The names of the data providers to switch on.
pub(super) fn data_sources(value: &Value) -> Result<Vec<&str>, Error> {
    let mut names = Vec::new();
    for entry in value.as_array().into_iter().flatten() {
        names.extend(entry.as_str().or_else(|| json::text(entry, "provider")));
    }
    let is_list = value.as_array().is_some_and(|entries| entries.len() == names.len());
    if is_list && names.len() <= 5 && !names.contains(&"") {
        return Ok(names);
    }
    Err(refused(
        "options.dataSources",
        "The data sources are a list of up to five names, for example [\"similarweb\"].",
    ))
}
