//! Reading the replies of `/research/v1`.

use serde_json::Value;

use crate::{
    error::{Error, ErrorKind},
    json, links,
    provider::{
        Call, Content, Ended, Frame, Info, Job, Listed, Update,
        failure::{malformed, parse, shortened},
    },
    report::{Cost, CostPart, Report, Warning, WarningKind},
    task::Status,
};

use super::{INFO, event};
use crate::providers::exa::{grounding::Sources, wire::research_v1::status};

/// What a research uses, and what it is called here.
const PARTS: [(&str, &str); 3] = [
    ("numSearches", "searches"),
    ("numPages", "pages read"),
    ("reasoningTokens", "tokens of reasoning"),
];

pub(super) fn updates(frame: Frame<'_>) -> Result<Vec<Update>, Error> {
    match (frame.call, frame.content) {
        (Call::Stream, Content::Message(message)) => Ok(event::message(message)),
        // A server without streams answers with the research itself.
        (Call::Create | Call::Poll | Call::Stream, Content::Body(_, body)) => {
            research(&parse(&INFO, body)?)
        }
        (Call::List, Content::Body(_, body)) => Ok(vec![listed(&parse(&INFO, body)?)?]),
        _ => Err(malformed(&INFO, "something other than was asked for")),
    }
}

/// What a research object says. The log of its events comes first, and in the order of the stream, so
/// that an event has the same number in both.
fn research(value: &Value) -> Result<Vec<Update>, Error> {
    let id = json::text(value, "researchId")
        .ok_or_else(|| malformed(&INFO, "a research without an id"))?;
    let word = json::text(value, "status").unwrap_or_default();
    let mut updates = vec![Update::Job(Job(id.to_owned()))];
    updates.extend((!word.is_empty()).then(|| Update::Word(word.to_owned())));
    updates.extend(asked(value));
    updates.extend(json::list(value, "events").iter().flat_map(event::entry));
    let cost = cost(value);
    updates.extend(cost.clone().map(Update::Cost));
    updates.push(match word {
        status::PENDING => Update::Status(Status::Queued),
        status::COMPLETED => {
            let report = report(value, cost)
                .ok_or_else(|| malformed(&INFO, "a completed research without its output"))?;
            Update::Ended(Ended::Completed(report))
        }
        status::FAILED => Update::Ended(Ended::Failed(failed(&INFO, json::text(value, "error")))),
        status::CANCELED | "cancelled" => Update::Ended(Ended::Cancelled(None)),
        // `running`, and whatever may come.
        _ => Update::Status(Status::Running),
    });
    Ok(updates)
}

fn asked(value: &Value) -> Option<Update> {
    let question = json::text(value, "instructions")?.to_owned();
    let output_schema = value.get("outputSchema").filter(|schema| schema.is_object()).cloned();
    Some(Update::Asked { question, output_schema })
}

pub(in crate::providers::exa) fn failed(info: &Info, reason: Option<&str>) -> Error {
    let reason = reason.map(shortened);
    let reason = reason.as_deref().unwrap_or("no reason was given.");
    let message = ["The research failed at Exa: ", reason].concat();
    Error::new(ErrorKind::Failed, message).with_provider(info.id.clone())
}

fn report(value: &Value, cost: Option<Cost>) -> Option<Report> {
    let output = value.get("output")?;
    // An old example gives the output as a text.
    let content = output.as_str().or_else(|| output.get("content").and_then(Value::as_str))?;
    let schema = value.get("outputSchema").is_some_and(Value::is_object);
    let parsed = output.get("parsed").filter(|value| !value.is_null()).cloned();
    let structured = parsed.or_else(|| schema.then(|| json::parse(content.as_bytes()).ok())?);
    let markdown = if structured.is_some() { String::new() } else { content.to_owned() };
    let (mut sources, citations) = links::cite(&markdown);
    let mut warnings = Vec::new();
    if sources.is_empty() {
        sources = pages(value);
        let message = "Exa Research does not say which pages carry what. The sources are the pages that it read.";
        warnings.push(Warning { kind: WarningKind::Ungrounded, message: message.to_owned() });
    }
    Some(Report { markdown, structured, sources, citations, warnings, cost, ..Report::default() })
}

/// The pages that were read, by the log of events.
fn pages(value: &Value) -> Vec<crate::source::Source> {
    let mut sources = Sources::default();
    for event in json::list(value, "events") {
        let data = event.get("data").unwrap_or(&Value::Null);
        if json::text(data, "type") == Some("crawl")
            && let Some(page) = data.get("result")
        {
            sources.add(page);
        }
    }
    sources.into_list()
}

fn cost(value: &Value) -> Option<Cost> {
    let dollars = value.get("costDollars")?;
    let amount = json::decimal(dollars, "total")?;
    let part = |(field, name): &(&str, &str)| {
        let count = json::decimal(dollars, field).filter(|count| *count > 0.0);
        count.map(|_| CostPart { name: (*name).to_owned(), count, amount: None })
    };
    let parts = PARTS.iter().filter_map(part).collect();
    Some(Cost { amount, unit: "USD".to_owned(), parts, refunded: false })
}

fn listed(value: &Value) -> Result<Update, Error> {
    let Some(entries) = value.get("data").and_then(Value::as_array) else {
        return Err(malformed(&INFO, "something that is no list of researches"));
    };
    let jobs = entries.iter().filter_map(|entry| {
        Some(Listed {
            job: Job(json::text(entry, "researchId")?.to_owned()),
            token: None,
            question: json::text(entry, "instructions").map(str::to_owned),
            created_ms: json::whole(entry, "createdAt"),
        })
    });
    let more = value.get("hasMore") != Some(&Value::Bool(false));
    let next = json::text(value, "nextCursor").filter(|_| more).map(str::to_owned);
    Ok(Update::Listed { jobs: jobs.collect(), next })
}
