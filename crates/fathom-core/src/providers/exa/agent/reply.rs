//! Reading the replies of `/agent/runs`.

use serde_json::Value;

use crate::{
    error::Error,
    http::{self, Head},
    json,
    pages::Pages,
    provider::{
        Call, Content, Frame, Job, Listed, Update,
        failure::{failed, malformed, parse},
        reply::{Told, owned},
    },
    report::{Cost, CostPart, Report, Warning, WarningKind},
    task::Status,
};

use super::{INFO, event, rules::TOKEN};
use crate::providers::exa::{
    failure,
    grounding::{Root, citations},
    plain::{entries, next},
    wire::agent::{status, stop},
};

/// What a run uses: the field of its usage, that of its cost, and what it is called here.
const PARTS: [(&str, &str, &str); 4] = [
    ("agentComputeUnits", "agentCompute", "compute units"),
    ("searches", "search", "searches"),
    ("emails", "emails", "email addresses"),
    ("phoneNumbers", "phoneNumbers", "phone numbers"),
];

pub(super) fn updates(frame: Frame<'_>) -> Result<Vec<Update>, Error> {
    match (frame.call, frame.content) {
        (Call::Create | Call::Stream, Content::Message(message)) => Ok(event::message(message)),
        _ => frame.read(
            &INFO,
            &[
                (Call::Create, run),
                (Call::Poll, run),
                (Call::Cancel, run),
                // Something in between answered for the stream with the page of events.
                (Call::Stream, events),
                (Call::List, runs),
            ],
        ),
    }
}

/// Reads a page of events: what they say, and where the next page begins.
///
/// # Errors
/// What Exa answered, or [`crate::ErrorKind::Malformed`] when that makes no sense.
pub fn events_page(head: &Head, body: &[u8]) -> Result<(Vec<Update>, Option<String>), Error> {
    if !head.is_success() {
        return Err(failure::read(&INFO, head, body));
    }
    let page = parse(&INFO, body)?;
    let mut told = Told::default();
    events(&page, &mut told)?;
    Ok((told.updates, next(&page)))
}

/// Reads the answer to a removal.
///
/// # Errors
/// What Exa answered, or [`crate::ErrorKind::Malformed`] when it does not say that the run is gone.
pub fn deleted(head: &Head, body: &[u8]) -> Result<(), Error> {
    if !head.is_success() {
        return Err(failure::read(&INFO, head, body));
    }
    match parse(&INFO, body)?.get("deleted") {
        Some(Value::Bool(true)) => Ok(()),
        _ => Err(malformed(&INFO, "no word on whether the run is gone")),
    }
}

/// What a run object says.
pub(super) fn run(value: &Value, told: &mut Told) -> Result<(), Error> {
    let word = told.begin(&INFO, value, "id")?;
    told.asked(value.get("request").unwrap_or(&Value::Null), "query", "outputSchema");
    told.cost(cost(value));
    match word {
        status::QUEUED => told.status(Status::Queued),
        status::COMPLETED => return told.completed(&INFO, value, report),
        status::FAILED => told.failed(reason(value)),
        status::CANCELLED | "canceled" => {
            let mut found = Report::default();
            let is_report = report(value, &mut found).is_some()
                && (!found.markdown.is_empty() || found.structured.is_some());
            told.cancelled(is_report.then_some(found));
        }
        // `running`, and whatever may come.
        _ => told.status(Status::Running),
    }
    Ok(())
}

fn report(value: &Value, report: &mut Report) -> Option<()> {
    let output = value.get("output").filter(|output| output.is_object())?;
    json::text(output, "text").unwrap_or_default().clone_into(&mut report.markdown);
    report.structured = output.get("structured").filter(|value| !value.is_null()).cloned();
    let mut pages = Pages::default();
    let entries = json::list(output, "grounding");
    report.citations = citations(entries, Root::Output, report.structured.as_ref(), &mut pages);
    report.sources = pages.into_list();
    report.stop_reason = owned(value, "stopReason");
    if let Some(message) = report.stop_reason.as_deref().and_then(stopped) {
        report.partial = true;
        report.warnings.push(Warning::new(WarningKind::Unsatisfied, message));
    }
    Some(())
}

/// What a stop reason means for the reader; nothing where the run got where it wanted.
fn stopped(word: &str) -> Option<String> {
    let message = match word {
        stop::SCHEMA_SATISFIED => return None,
        stop::BUDGET_REACHED => {
            "The run stopped when its budget was used up; the result may be incomplete."
        }
        stop::TIME_LIMIT_REACHED => {
            "The run stopped when its time was used up; the result may be incomplete."
        }
        stop::TOKEN_LIMIT_REACHED => {
            "The run stopped when it could hold no more text; the result may be incomplete."
        }
        stop::ITERATION_LIMIT_REACHED => {
            "The run stopped after its last step; the result may be incomplete."
        }
        stop::STOPPED => "The run was told to finish early; the result is what it had by then.",
        stop::CANCELLED => "The run was cancelled; this is what had been found.",
        _ => {
            let message = ["The run stopped early (", word, "); the result may be incomplete."];
            return Some(message.concat());
        }
    };
    Some(message.to_owned())
}

/// What was used and what it cost; nothing while that is zero.
fn cost(value: &Value) -> Option<Cost> {
    let dollars = value.get("costDollars")?;
    let amount = json::decimal(dollars, "total")?;
    let usage = value.get("usage").unwrap_or(&Value::Null);
    let mut parts = Vec::new();
    let mut used = |name: String, count: Option<f64>, amount: Option<f64>| {
        if count.unwrap_or_default() > 0.0 || amount.unwrap_or_default() > 0.0 {
            parts.push(CostPart { name, count, amount });
        }
    };
    for (count, paid, name) in PARTS {
        used(name.to_owned(), json::decimal(usage, count), json::decimal(dollars, paid));
    }
    if let (Some(Value::Object(paid)), counts) =
        (dollars.get("dataSources"), usage.get("dataSources").unwrap_or(&Value::Null))
    {
        for (provider, paid) in paid {
            let name = ["data from ", provider].concat();
            used(name, json::decimal(counts, provider), paid.as_f64());
        }
    }
    let nothing = parts.is_empty() && amount <= 0.0;
    (!nothing).then(|| Cost { amount, unit: "USD".to_owned(), parts, refunded: false })
}

fn reason(value: &Value) -> Error {
    let error = value.get("error").unwrap_or(&Value::Null);
    let failed = failed(&INFO, "run", json::text(error, "message"));
    match json::text(error, "code").or_else(|| json::text(error, "type")) {
        Some(code) => failed.with_code(code),
        None => failed,
    }
}

fn listed(entry: &Value) -> Option<Listed> {
    let request = entry.get("request").unwrap_or(&Value::Null);
    Some(Listed {
        job: Job(owned(entry, "id")?),
        token: request.get("metadata").and_then(|labels| owned(labels, TOKEN)),
        question: owned(request, "query"),
        created_ms: json::text(entry, "createdAt").and_then(http::millis),
    })
}

fn runs(value: &Value, told: &mut Told) -> Result<(), Error> {
    told.listed(entries(&INFO, value)?, listed, next(value));
    Ok(())
}

fn events(value: &Value, told: &mut Told) -> Result<(), Error> {
    for entry in entries(&INFO, value)? {
        event::entry(entry, told);
    }
    Ok(())
}
