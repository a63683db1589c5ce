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
        reply::{Told, owned},
    },
    report::Report,
    sse::Message,
    task::Status,
};

use super::{INFO, reply};

pub(super) fn updates(message: &Message) -> Result<Vec<Update>, Error> {
    let mut told = Told::default();
    if message.event == "done" || message.data.trim() == "[DONE]" {
        told.push(Update::Settled);
        return Ok(told.updates);
    }
    let chunk = json::parse(message.data.as_bytes())
        .map_err(|_| malformed(&INFO, "an event that makes no sense"))?;
    if let Some(error) = broken(&chunk) {
        return Err(error);
    }
    if let Some(id) = owned(&chunk, "request_id") {
        told.push(Update::Job(Job(id)));
    }
    if let Some(id) = owned(&chunk, "id") {
        told.push(Update::Clue(Job(id)));
    }
    for choice in json::list(&chunk, "choices") {
        if let Some(delta) = choice.get("delta") {
            read(delta, &mut told);
        }
    }
    Ok(told.updates)
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

fn read(delta: &Value, told: &mut Told) {
    match delta.get("tool_calls") {
        // One object, or a list of them as in other chat protocols.
        Some(Value::Array(calls)) => calls.iter().for_each(|call| actions(call, told)),
        Some(calls) => actions(calls, told),
        None => {}
    }
    if let Some(step) = delta.get("step_details") {
        older(step, told);
    }
    if let Some(content) = delta.get("content").filter(|content| **content != "") {
        if let Some(text) = content.as_str() {
            told.event(None, Event::TextDelta { text: text.to_owned() });
        }
        let mut piece = Report::default();
        if reply::content(content, &mut piece).is_some() {
            told.push(Update::Draft(piece));
        }
    }
    let sources = reply::sources(delta);
    if !sources.is_empty() {
        told.push(Update::Draft(Report { sources, ..Report::default() }));
    }
}

fn actions(calls: &Value, told: &mut Told) {
    for begun in json::list(calls, "tool_call") {
        told.status(Status::Running);
        let mut is_search = false;
        for query in json::list(begun, "queries") {
            if let Some(query) = query.as_str() {
                is_search = true;
                told.event(None, Event::SearchStarted { query: query.to_owned() });
            }
        }
        if !is_search {
            told.event(None, Event::StepStarted { title: title(begun) });
        }
    }
    for ended in json::list(calls, "tool_response") {
        for source in json::list(ended, "sources") {
            told.event(None, Event::SourceFound { source: reply::source(source) });
        }
        told.event(None, Event::StepEnded { title: title(ended) });
    }
}

/// What an action does, in Tavily's words, else its name.
fn title(action: &Value) -> String {
    let words = json::text(action, "arguments").or(json::text(action, "name"));
    shortened(words.unwrap_or_default())
}

/// A step as an older version told it.
fn older(step: &Value, told: &mut Told) {
    let Some(inner) = step.get("step") else { return };
    if let Some(title) = inner.as_str().or(json::text(inner, "title")).or(json::text(step, "type"))
    {
        told.event(None, Event::StepStarted { title: shortened(title) });
    }
}

#[cfg(test)]
mod tests;
