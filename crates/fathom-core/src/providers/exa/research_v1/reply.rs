//! Reading the replies of `/research/v1`.

use serde_json::Value;

use crate::{
    error::Error,
    json, links,
    pages::Pages,
    provider::{
        Call, Content, Frame, Job, Listed, Update,
        failure::failed,
        reply::{Told, owned},
    },
    report::{Cost, CostPart, Report, Warning, WarningKind},
    task::Status,
};

use super::{INFO, event};
use crate::providers::exa::{
    grounding,
    plain::{entries, next},
    wire::research_v1::status,
};

/// What a research uses, and what it is called here.
const PARTS: [(&str, &str); 3] = [
    ("numSearches", "searches"),
    ("numPages", "pages read"),
    ("reasoningTokens", "tokens of reasoning"),
];

pub(super) fn updates(frame: Frame<'_>) -> Result<Vec<Update>, Error> {
    match (frame.call, frame.content) {
        (Call::Stream, Content::Message(message)) => Ok(event::message(message)),
        _ => frame.read(
            &INFO,
            &[
                (Call::Create, research),
                (Call::Poll, research),
                // A server without streams answers with the research itself.
                (Call::Stream, research),
                (Call::List, researches),
            ],
        ),
    }
}

/// What a research object says. The log of its events comes first, and in the order of the stream, so
/// that an event has the same number in both.
fn research(value: &Value, told: &mut Told) -> Result<(), Error> {
    let word = told.begin(&INFO, value, "researchId")?;
    told.asked(value, "instructions", "outputSchema");
    for entry in json::list(value, "events") {
        event::entry(entry, told);
    }
    told.cost(cost(value));
    match word {
        status::PENDING => told.status(Status::Queued),
        status::COMPLETED => return told.completed(&INFO, value, report),
        status::FAILED => told.failed(failed(&INFO, "research", json::text(value, "error"))),
        status::CANCELED | "cancelled" => told.cancelled(None),
        // `running`, and whatever may come.
        _ => told.status(Status::Running),
    }
    Ok(())
}

fn researches(value: &Value, told: &mut Told) -> Result<(), Error> {
    told.listed(entries(&INFO, value)?, listed, next(value));
    Ok(())
}

fn report(value: &Value, report: &mut Report) -> Option<()> {
    let output = value.get("output")?;
    // An old example gives the output as a text.
    let content = output.as_str().or_else(|| output.get("content").and_then(Value::as_str))?;
    report.structured = match output.get("parsed") {
        None | Some(Value::Null) if value.get("outputSchema").is_some_and(Value::is_object) => {
            json::parse(content.as_bytes()).ok()
        }
        parsed => parsed.filter(|value| !value.is_null()).cloned(),
    };
    if report.structured.is_none() {
        content.clone_into(&mut report.markdown);
    }
    (report.sources, report.citations) = links::cite(&report.markdown);
    if report.sources.is_empty() {
        report.sources = pages(value);
        let message = "Exa Research does not say which pages carry what. The sources are the pages that it read.";
        report.warnings.push(Warning::new(WarningKind::Ungrounded, message));
    }
    Some(())
}

/// The pages that were read, by the log of events.
fn pages(value: &Value) -> Vec<crate::source::Source> {
    let mut pages = Pages::default();
    for event in json::list(value, "events") {
        let data = event.get("data").unwrap_or(&Value::Null);
        if json::text(data, "type") == Some("crawl")
            && let Some(page) = data.get("result")
        {
            grounding::add(&mut pages, page);
        }
    }
    pages.into_list()
}

fn cost(value: &Value) -> Option<Cost> {
    let dollars = value.get("costDollars")?;
    let amount = json::decimal(dollars, "total")?;
    let mut parts = Vec::new();
    for (field, name) in PARTS {
        let count = json::decimal(dollars, field).filter(|count| *count > 0.0);
        if count.is_some() {
            parts.push(CostPart { name: name.to_owned(), count, amount: None });
        }
    }
    Some(Cost { amount, unit: "USD".to_owned(), parts, refunded: false })
}

fn listed(entry: &Value) -> Option<Listed> {
    Some(Listed {
        job: Job(owned(entry, "researchId")?),
        token: None,
        question: owned(entry, "instructions"),
        created_ms: json::whole(entry, "createdAt"),
    })
}
