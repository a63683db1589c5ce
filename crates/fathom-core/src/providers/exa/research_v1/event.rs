//! The events of a research. The same events stand in a stream and in the reply to a poll.

use serde_json::Value;

use crate::{
    event::{Event, Facet, FacetOrigin},
    json,
    provider::{Update, failure::shortened, reply::Told},
    source::Source,
    sse::Message,
    task::Status,
};

use crate::providers::exa::wire::research_v1::event as name;

/// What an event of a stream says. One that makes no sense is passed over, so that it does not stop
/// those after it.
pub(in crate::providers::exa) fn message(message: &Message) -> Vec<Update> {
    let data = json::parse(message.data.as_bytes()).unwrap_or_default();
    let mut told = Told::default();
    updates(json::text(&data, "eventType").unwrap_or(&message.event), &data, &mut told);
    told.updates
}

/// What an event of a log says.
pub(super) fn entry(data: &Value, told: &mut Told) {
    updates(json::text(data, "eventType").unwrap_or_default(), data, told);
}

fn updates(kind: &str, data: &Value, told: &mut Told) {
    let output = data.get("output").unwrap_or(&Value::Null);
    if let Some(moment) = json::whole(data, "createdAt") {
        told.push(Update::Moment(moment));
    }
    match kind {
        name::RESEARCH_DEFINITION => told.event(None, Event::RunStarted),
        name::PLAN_OPERATION | name::TASK_OPERATION => {
            operation(data.get("data").unwrap_or(&Value::Null), told);
        }
        name::PLAN_OUTPUT => plan(output, told),
        name::TASK_DEFINITION => {
            if let Some(title) = json::text(data, "instructions").map(shortened) {
                told.event(None, Event::StepStarted { title });
            }
        }
        name::TASK_OUTPUT => told.note(json::text(output, "content")),
        name::RESEARCH_OUTPUT => {
            let failed = json::text(output, "outputType") == Some("failed");
            let status = if failed { Status::Failed } else { Status::Completed };
            told.event(None, Event::RunEnded { status });
            told.push(Update::Settled);
        }
        _ => {}
    }
}

fn plan(output: &Value, told: &mut Told) {
    told.note(json::text(output, "reasoning"));
    let mut facets = Vec::new();
    for task in json::list(output, "tasksInstructions") {
        if let Some(task) = task.as_str() {
            facets.push(Facet { title: shortened(task), origin: FacetOrigin::Question });
        }
    }
    if !facets.is_empty() {
        told.event(None, Event::PlanMade { facets, queries: 0 });
    }
}

fn operation(data: &Value, told: &mut Told) {
    match json::text(data, "type").unwrap_or_default() {
        "think" => told.note(json::text(data, "content")),
        "search" => {
            let query = shortened(json::text(data, "query").unwrap_or_default());
            let passages = json::list(data, "results").len() as u32;
            told.event(None, Event::SearchEnded { query, passages, new: 0 });
        }
        "crawl" => {
            if let Some(url) = data.get("result").and_then(|page| json::text(page, "url")) {
                told.event(None, Event::SourceFound { source: Source::page(url) });
                told.event(None, Event::ReadEnded { documents: 1, sentences: 0 });
            }
        }
        _ => {}
    }
}
