//! Reading the events of a submission that is answered by a stream.
//!
//! Source: the streaming page of the API reference (read 2026-11-22). It calls the `id` of an event
//! an identifier of the event, and its examples give each event another one, so it is at best a clue
//! to the job. The report comes whole in the stream, so the job is asked for only when it breaks.

use serde_json::Value;

use crate::{
    error::{Error, ErrorKind},
    event::Event,
    json,
    provider::{
        Job, Update,
        failure::{malformed, said, shortened},
    },
    report::Report,
    sse::Message,
    task::Status,
};

use super::{INFO, reply};

pub(super) fn updates(message: &Message) -> Result<Vec<Update>, Error> {
    if message.event == "done" || message.data.trim() == "[DONE]" {
        return Ok(vec![Update::Settled]);
    }
    let chunk = json::parse(message.data.as_bytes())
        .map_err(|_| malformed(&INFO, "an event that makes no sense"))?;
    if let Some(error) = broken(&chunk) {
        return Err(error);
    }
    let mut updates = Vec::new();
    let named = |name| json::text(&chunk, name).map(|id| Job(id.to_owned()));
    updates.extend(named("request_id").map(Update::Job));
    updates.extend(named("id").map(Update::Clue));
    for choice in json::list(&chunk, "choices") {
        if let Some(delta) = choice.get("delta") {
            read(delta, &mut updates);
        }
    }
    Ok(updates)
}

/// The stream says that it cannot go on. The research may: that is asked of the job.
fn broken(chunk: &Value) -> Option<Error> {
    let is_error = chunk.get("error").is_some_and(|error| !error.is_null())
        || json::text(chunk, "object") == Some("error");
    let said = said(chunk);
    (is_error || (said.is_some() && chunk.get("choices").is_none())).then(|| {
        let said = said.unwrap_or_default();
        let message = ["The stream of Tavily broke off. ", &shortened(&said)].concat();
        Error::new(ErrorKind::Unavailable, message.trim().to_owned()).with_provider("tavily")
    })
}

fn read(delta: &Value, updates: &mut Vec<Update>) {
    if let Some(calls) = delta.get("tool_calls") {
        // One object, or a list of them as in other chat protocols.
        let calls = calls.as_array().map_or(std::slice::from_ref(calls), Vec::as_slice);
        calls.iter().for_each(|call| actions(call, updates));
    }
    if let Some(step) = delta.get("step_details") {
        updates.extend(older(step));
    }
    if let Some(content) = delta.get("content").filter(|content| **content != "") {
        updates.extend(text(content).into_iter().map(event));
        updates.extend(reply::content(content).map(Update::Draft));
    }
    let sources = reply::sources(delta);
    if !sources.is_empty() {
        updates.push(Update::Draft(Report { sources, ..Report::default() }));
    }
}

fn text(content: &Value) -> Option<Event> {
    content.as_str().map(|text| Event::TextDelta { text: text.to_owned() })
}

fn event(event: Event) -> Update {
    Update::Event { number: None, at_ms: None, event }
}

fn actions(calls: &Value, updates: &mut Vec<Update>) {
    for begun in json::list(calls, "tool_call") {
        updates.push(Update::Status(Status::Running));
        let queries = json::list(begun, "queries").iter().filter_map(Value::as_str);
        let searches = queries.map(|query| Event::SearchStarted { query: query.to_owned() });
        let searches: Vec<_> = searches.map(event).collect();
        if searches.is_empty() {
            updates.push(event(Event::StepStarted { title: title(begun) }));
        }
        updates.extend(searches);
    }
    for ended in json::list(calls, "tool_response") {
        let sources = json::list(ended, "sources").iter().map(reply::source);
        updates.extend(sources.map(|source| event(Event::SourceFound { source })));
        updates.push(event(Event::StepEnded { title: title(ended) }));
    }
}

/// What an action does, in Tavily's words, else its name.
fn title(action: &Value) -> String {
    let words = json::text(action, "arguments").or(json::text(action, "name"));
    shortened(words.unwrap_or_default())
}

/// A step as an older version told it.
fn older(step: &Value) -> Option<Update> {
    let inner = step.get("step")?;
    let title = inner.as_str().or(json::text(inner, "title")).or(json::text(step, "type"))?;
    Some(event(Event::StepStarted { title: shortened(title) }))
}

#[cfg(test)]
mod tests;
