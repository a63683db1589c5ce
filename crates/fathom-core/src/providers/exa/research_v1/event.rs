//! The events of a research. The same events stand in a stream and in the reply to a poll.

use serde_json::Value;

use crate::{
    event::{Event, Facet, FacetOrigin},
    json,
    links::without_scheme,
    provider::{Update, failure::shortened},
    source::Source,
    sse::Message,
    task::Status,
};

use crate::providers::exa::wire::research_v1::event as name;

/// What an event of a stream says. One that makes no sense is passed over, so that it does not stop
/// those after it.
pub(in crate::providers::exa) fn message(message: &Message) -> Vec<Update> {
    let data = json::parse(message.data.as_bytes()).unwrap_or_default();
    let kind = json::text(&data, "eventType").unwrap_or(&message.event);
    updates(kind, &data)
}

/// What an event of a log says.
pub(super) fn entry(data: &Value) -> Vec<Update> {
    updates(json::text(data, "eventType").unwrap_or_default(), data)
}

fn updates(kind: &str, data: &Value) -> Vec<Update> {
    let mut events = Vec::new();
    let output = data.get("output").unwrap_or(&Value::Null);
    match kind {
        name::RESEARCH_DEFINITION => events.push(Event::RunStarted),
        name::PLAN_OPERATION | name::TASK_OPERATION => {
            operation(data.get("data").unwrap_or(&Value::Null), &mut events);
        }
        name::PLAN_OUTPUT => plan(output, &mut events),
        name::TASK_DEFINITION => {
            let title = json::text(data, "instructions").map(shortened);
            events.extend(title.map(|title| Event::StepStarted { title }));
        }
        name::TASK_OUTPUT => note(json::text(output, "content"), &mut events),
        name::RESEARCH_OUTPUT => {
            let failed = json::text(output, "outputType") == Some("failed");
            let status = if failed { Status::Failed } else { Status::Completed };
            events.push(Event::RunEnded { status });
        }
        _ => return Vec::new(),
    }
    let moment = json::whole(data, "createdAt").map(Update::Moment);
    let happened =
        events.into_iter().map(|event| Update::Event { number: None, at_ms: None, event });
    let over = (kind == name::RESEARCH_OUTPUT).then_some(Update::Settled);
    moment.into_iter().chain(happened).chain(over).collect()
}

fn note(text: Option<&str>, events: &mut Vec<Event>) {
    events.extend(text.map(|text| Event::NoteMade { text: shortened(text) }));
}

fn plan(output: &Value, events: &mut Vec<Event>) {
    note(json::text(output, "reasoning"), events);
    let tasks = json::list(output, "tasksInstructions").iter().filter_map(Value::as_str);
    let facets: Vec<Facet> =
        tasks.map(|task| Facet { title: shortened(task), origin: FacetOrigin::Question }).collect();
    if !facets.is_empty() {
        events.push(Event::PlanMade { facets, queries: 0 });
    }
}

fn operation(data: &Value, events: &mut Vec<Event>) {
    match json::text(data, "type").unwrap_or_default() {
        "think" => note(json::text(data, "content"), events),
        "search" => {
            let query = shortened(json::text(data, "query").unwrap_or_default());
            let passages = u32::try_from(json::list(data, "results").len()).unwrap_or(u32::MAX);
            events.push(Event::SearchEnded { query, passages, new: 0 });
        }
        "crawl" => {
            let Some(url) = data.get("result").and_then(|page| json::text(page, "url")) else {
                return;
            };
            let source = Source {
                title: without_scheme(url).to_owned(),
                url: Some(url.to_owned()),
                ..Source::default()
            };
            events.push(Event::SourceFound { source });
            events.push(Event::ReadEnded { documents: 1, sentences: 0 });
        }
        _ => {}
    }
}
