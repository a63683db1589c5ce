//! Reading the replies of `/agent/runs`.

use serde_json::Value;

use crate::{
    error::{Error, ErrorKind},
    http::{self, Head},
    json,
    provider::{
        Call, Content, Ended, Frame, Job, Listed, Update,
        failure::{malformed, parse, shortened},
    },
    report::{Cost, CostPart, Report, Warning, WarningKind},
    task::Status,
};

use super::{INFO, event, rules::TOKEN};
use crate::providers::exa::{
    failure,
    grounding::{Root, Sources, citations},
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
        (Call::Create | Call::Poll | Call::Cancel, Content::Body(_, body)) => {
            run(&parse(&INFO, body)?)
        }
        // Something in between answered for the stream with the page of events.
        (Call::Stream, Content::Body(_, body)) => Ok(page(&parse(&INFO, body)?)?.0),
        (Call::List, Content::Body(_, body)) => Ok(vec![listed(&parse(&INFO, body)?)?]),
        _ => Err(malformed(&INFO, "something other than was asked for")),
    }
}

/// Reads a page of events: what they say, and where the next page begins.
///
/// # Errors
/// What Exa answered, or [`ErrorKind::Malformed`] when that makes no sense.
pub fn events_page(head: &Head, body: &[u8]) -> Result<(Vec<Update>, Option<String>), Error> {
    if !head.is_success() {
        return Err(failure::read(&INFO, head, body));
    }
    page(&parse(&INFO, body)?)
}

/// Reads the answer to a removal.
///
/// # Errors
/// What Exa answered, or [`ErrorKind::Malformed`] when it does not say that the run is gone.
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
pub(super) fn run(value: &Value) -> Result<Vec<Update>, Error> {
    let id = json::text(value, "id").ok_or_else(|| malformed(&INFO, "a run without an id"))?;
    let word = json::text(value, "status").unwrap_or_default();
    let mut updates = vec![Update::Job(Job(id.to_owned()))];
    updates.extend((!word.is_empty()).then(|| Update::Word(word.to_owned())));
    updates.extend(asked(value));
    let cost = cost(value);
    updates.extend(cost.clone().map(Update::Cost));
    updates.push(match word {
        status::QUEUED => Update::Status(Status::Queued),
        status::COMPLETED => {
            let report = report(value, cost)
                .ok_or_else(|| malformed(&INFO, "a completed run without its output"))?;
            Update::Ended(Ended::Completed(report))
        }
        status::FAILED => Update::Ended(Ended::Failed(reason(value))),
        status::CANCELLED | "canceled" => {
            let found = report(value, cost)
                .filter(|report| !report.markdown.is_empty() || report.structured.is_some());
            Update::Ended(Ended::Cancelled(found.map(|found| Report { partial: true, ..found })))
        }
        // `running`, and whatever may come.
        _ => Update::Status(Status::Running),
    });
    Ok(updates)
}

fn asked(value: &Value) -> Option<Update> {
    let request = value.get("request")?;
    let question = json::text(request, "query")?.to_owned();
    let output_schema = request.get("outputSchema").filter(|schema| schema.is_object()).cloned();
    Some(Update::Asked { question, output_schema })
}

fn report(value: &Value, cost: Option<Cost>) -> Option<Report> {
    let output = value.get("output").filter(|output| output.is_object())?;
    let structured = output.get("structured").filter(|value| !value.is_null()).cloned();
    let mut sources = Sources::default();
    let entries = json::list(output, "grounding");
    let citations = citations(entries, Root::Output, structured.as_ref(), &mut sources);
    let stop_reason = json::text(value, "stopReason").map(str::to_owned);
    let short = stop_reason.as_deref().and_then(stopped);
    Some(Report {
        markdown: json::text(output, "text").unwrap_or_default().to_owned(),
        structured,
        sources: sources.into_list(),
        citations,
        partial: short.is_some(),
        warnings: short.into_iter().collect(),
        cost,
        stop_reason,
    })
}

/// What a stop reason means for the reader; nothing where the run got where it wanted.
fn stopped(word: &str) -> Option<Warning> {
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
            return Some(unsatisfied(
                ["The run stopped early (", word, "); the result may be incomplete."].concat(),
            ));
        }
    };
    Some(unsatisfied(message.to_owned()))
}

fn unsatisfied(message: String) -> Warning {
    Warning { kind: WarningKind::Unsatisfied, message }
}

/// What was used and what it cost; nothing while that is zero.
fn cost(value: &Value) -> Option<Cost> {
    let dollars = value.get("costDollars")?;
    let amount = json::decimal(dollars, "total")?;
    let usage = value.get("usage").unwrap_or(&Value::Null);
    let part = |name: String, count: Option<f64>, amount: Option<f64>| {
        let used = count.unwrap_or_default() > 0.0 || amount.unwrap_or_default() > 0.0;
        used.then_some(CostPart { name, count, amount })
    };
    let mut parts: Vec<CostPart> = PARTS
        .iter()
        .filter_map(|(used, paid, name)| {
            part((*name).to_owned(), json::decimal(usage, used), json::decimal(dollars, paid))
        })
        .collect();
    for (provider, paid) in
        dollars.get("dataSources").and_then(Value::as_object).into_iter().flatten()
    {
        let count = usage.get("dataSources").and_then(|used| json::decimal(used, provider));
        parts.extend(part(["data from ", provider].concat(), count, paid.as_f64()));
    }
    let cost = Cost { amount, unit: "USD".to_owned(), parts, refunded: false };
    (amount > 0.0 || !cost.parts.is_empty()).then_some(cost)
}

fn reason(value: &Value) -> Error {
    let error = value.get("error").unwrap_or(&Value::Null);
    let message = json::text(error, "message").map(shortened);
    let message = message.as_deref().unwrap_or("no reason was given.");
    let failed = Error::new(ErrorKind::Failed, ["The run failed at Exa: ", message].concat())
        .with_provider(INFO.id.clone());
    match json::text(error, "code").or_else(|| json::text(error, "type")) {
        Some(code) => failed.with_code(code),
        None => failed,
    }
}

fn listed(value: &Value) -> Result<Update, Error> {
    let Some(entries) = value.get("data").and_then(Value::as_array) else {
        return Err(malformed(&INFO, "something that is no list of runs"));
    };
    let jobs = entries.iter().filter_map(|entry| {
        let request = entry.get("request").unwrap_or(&Value::Null);
        let token = request.get("metadata").and_then(|labels| json::text(labels, TOKEN));
        Some(Listed {
            job: Job(json::text(entry, "id")?.to_owned()),
            token: token.map(str::to_owned),
            question: json::text(request, "query").map(str::to_owned),
            created_ms: json::text(entry, "createdAt").and_then(http::millis),
        })
    });
    Ok(Update::Listed { jobs: jobs.collect(), next: next(value) })
}

fn page(value: &Value) -> Result<(Vec<Update>, Option<String>), Error> {
    let Some(entries) = value.get("data").and_then(Value::as_array) else {
        return Err(malformed(&INFO, "something that is no list of events"));
    };
    Ok((entries.iter().flat_map(event::entry).collect(), next(value)))
}

/// Where the next page begins.
fn next(value: &Value) -> Option<String> {
    let more = value.get("hasMore") != Some(&Value::Bool(false));
    json::text(value, "nextCursor").filter(|_| more).map(str::to_owned)
}
