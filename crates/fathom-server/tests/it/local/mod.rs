//! The local engine in the protocols of vendors, for what their own clients do not reach; those are in `tests/sdk`.

mod access;
mod adapters;
mod agent;
mod extruct;
mod recovery;

use serde_json::Value;

use crate::support::{Answer, Client};

/// Asks for a path until its answer satisfies.
fn until(client: &Client, path: &str, wanted: impl Fn(&Value) -> bool) -> Value {
    client.until(path, |answer| wanted(&answer.json())).json()
}

/// An answer as text, for messages.
fn told(answer: &Answer) -> String {
    format!("{} {}", answer.status, answer.body)
}
