//! Reading the replies of `/v1/deep_research_tasks`.

use serde_json::Value;

use crate::{
    error::{Error, ErrorKind},
    event::{Count, Event},
    http, json,
    provider::{
        Call, Content, Ended, Frame, Job, Listed, Update,
        failure::{malformed, parse, shortened},
    },
    report::{Cost, CostPart},
    task::Status,
};

use super::{INFO, report, request};

/// What a task counts: the field, and what it is called here.
const COUNTS: [(&str, &str); 3] =
    [("iterations", "analysis steps"), ("agents", "research agents"), ("sources", "sources")];

pub(super) fn updates(frame: Frame<'_>) -> Result<Vec<Update>, Error> {
    match (frame.call, frame.content) {
        (Call::Create | Call::Poll, Content::Body(_, body)) => task(&parse(&INFO, body)?),
        (Call::List, Content::Body(_, body)) => tasks(&parse(&INFO, body)?),
        _ => Err(malformed(&INFO, "something other than was asked for")),
    }
}

fn task(value: &Value) -> Result<Vec<Update>, Error> {
    let id = json::text(value, "id").ok_or_else(|| malformed(&INFO, "a task without an id"))?;
    let word = json::text(value, "status").unwrap_or_default();
    let mut updates = vec![Update::Job(Job(id.to_owned()))];
    updates.extend((!word.is_empty()).then(|| Update::Word(word.to_owned())));
    updates.extend(asked(value));
    updates.extend(progress(value));
    updates.extend(cost(value, word == "failed").map(Update::Cost));
    updates.push(match word {
        "created" => Update::Status(Status::Queued),
        "done" => Update::Ended(Ended::Completed(report::read(value)?)),
        "failed" => Update::Ended(Ended::Failed(reason(value))),
        // `in_progress`, and whatever may come.
        _ => Update::Status(Status::Running),
    });
    Ok(updates)
}

/// What the task was asked, for runs that only know its id.
fn asked(value: &Value) -> Option<Update> {
    let question = json::text(value, "brief")?.to_owned();
    let output_schema = value.get("output_schema").filter(|schema| !schema.is_null()).cloned();
    Some(Update::Asked { question, output_schema })
}

/// What the task costs: a credit for each agent that has finished, and nothing where it failed.
pub(super) fn cost(value: &Value, refunded: bool) -> Option<Cost> {
    let agents = json::decimal(value, "agents")?;
    let part =
        CostPart { name: "research agents".to_owned(), count: Some(agents), amount: Some(agents) };
    Some(Cost { amount: agents, unit: "credits".to_owned(), parts: vec![part], refunded })
}

/// The counters. They only grow, so their sum says whether there is anything new, and numbers the
/// event: one that has been told is not told again.
fn progress(value: &Value) -> Option<Update> {
    let counts = COUNTS.iter().filter_map(|(field, what)| {
        let count = json::whole(value, field)?;
        Some(Count { what: (*what).to_owned(), count })
    });
    let counts: Vec<_> = counts.collect();
    let sum = counts.iter().fold(0_u64, |sum, count| sum.saturating_add(count.count));
    let event = Event::ProgressMade { counts };
    (sum > 0).then_some(Update::Event { number: Some(sum), at_ms: None, event })
}

fn reason(value: &Value) -> Error {
    let reason = json::text(value, "failure_reason").map(shortened);
    let reason = reason.as_deref().unwrap_or("no reason was given.");
    let end = if reason.ends_with(['.', '!', '?', '\u{2026}']) { "" } else { "." };
    let message =
        ["The research failed at Extruct: ", reason, end, " Extruct refunds failed tasks."];
    Error::new(ErrorKind::Failed, message.concat()).with_provider("extruct")
}

/// A page of the list: a bare array, without a word on what follows.
fn tasks(value: &Value) -> Result<Vec<Update>, Error> {
    let Some(entries) = value.as_array() else {
        return Err(malformed(&INFO, "something that is no list of tasks"));
    };
    let jobs = entries.iter().filter_map(|entry| {
        Some(Listed {
            job: Job(json::text(entry, "id")?.to_owned()),
            token: None,
            question: json::text(entry, "brief").map(str::to_owned),
            created_ms: json::text(entry, "created_at").and_then(http::millis),
        })
    });
    Ok(vec![Update::Listed { jobs: jobs.collect(), next: request::next(entries.len()) }])
}
