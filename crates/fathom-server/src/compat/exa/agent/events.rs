//! The events of a run in the agent's words.

use fathom_core::Event;
use fathom_core::providers::exa::wire::agent::{self, event};
use serde_json::{Value, json};

use super::view;
use crate::clock;
use crate::compat::address::Origin;
use crate::compat::teller::{Frame, Moment, Teller, narration};
use crate::store::Run;

/// Tells a run as the agent's log does. Every event of ours becomes at most one, under its own id; before them stands
/// the one that says that the run exists, with the id 0.
pub(super) struct Narrator {
    run: String,
    origin: Origin,
    /// The search under way.
    call: u64,
}

impl Narrator {
    pub(super) fn new(run: &Run, origin: Origin) -> Self {
        Self { run: run.id.clone(), origin, call: 0 }
    }

    fn call_id(&self) -> String {
        format!("call_{}", self.call)
    }

    /// A call of the search tool, begun or ended.
    fn item(&self, query: &str, status: &str, metadata: Value) -> Value {
        let id = self.call_id();
        json!({ "item": {
            "id": id, "type": "function_call", "call_id": id, "name": "search", "status": status,
            "arguments": json!({ "query": query }).to_string(), "metadata": metadata,
        } })
    }

    fn told(&mut self, moment: Moment, event: &Event) -> Option<(&'static str, Value)> {
        Some(match event {
            Event::RunStarted => {
                (event::STARTED, json!({ "id": self.run, "status": agent::status::RUNNING }))
            }
            Event::SearchStarted { query } => {
                self.call = moment.id;
                (event::ITEM_ADDED, self.item(query, "in_progress", json!({})))
            }
            Event::SearchEnded { query, passages, new } => {
                let metadata = json!({ "passages": passages, "newPassages": new });
                (event::ITEM_DONE, self.item(query, "completed", metadata))
            }
            Event::SourceFound { source } => {
                let page = json!({
                    "url": self.origin.of_source(source), "title": source.title, "callId": self.call_id(),
                });
                (event::SOURCE_ADDED, json!({ "source": page }))
            }
            event => (event::SEARCH_TRACE, json!({ "text": narration(event)? })),
        })
    }
}

impl Teller for Narrator {
    type Told = agent::Event;

    fn begin(&mut self, run: &Run) -> Vec<agent::Event> {
        let at = clock::rfc3339(run.created_ms);
        let data = json!({ "id": run.id, "status": agent::status::QUEUED, "createdAt": at });
        vec![entry(0, event::CREATED, data, run.created_ms)]
    }

    fn event(&mut self, moment: Moment, event: &Event) -> Vec<agent::Event> {
        let told = self.told(moment, event);
        told.map(|(name, data)| entry(moment.id, name, data, moment.ms)).into_iter().collect()
    }

    fn end(&mut self, moment: Moment, run: &Run) -> Vec<agent::Event> {
        let name = match super::status(run) {
            agent::status::COMPLETED => event::COMPLETED,
            agent::status::CANCELLED => event::CANCELLED,
            _ => event::FAILED,
        };
        vec![entry(moment.id, name, json!(view::view(run, &self.origin)), moment.ms)]
    }
}

fn entry(id: u64, name: &str, data: Value, ms: i64) -> agent::Event {
    agent::Event {
        id: id.to_string(),
        event: name.to_owned(),
        data,
        created_at: Some(clock::rfc3339(ms)),
    }
}

/// An entry of the log as an event of a stream.
pub(super) fn frame(event: agent::Event) -> Frame {
    Frame::new(event.event, &event.data).with_id(event.id)
}
