//! Reading the reply of a deep search.

use serde_json::Value;

use crate::{
    error::Error,
    json,
    provider::{
        Call, Content, Ended, Frame, Update,
        failure::{malformed, parse},
    },
    report::{Report, Warning, WarningKind},
};

use super::INFO;
use crate::providers::exa::{
    grounding::{Root, Sources, citations},
    plain::dollars,
};

pub(super) fn updates(frame: Frame<'_>) -> Result<Vec<Update>, Error> {
    let (Call::Create, Content::Body(_, body)) = (frame.call, frame.content) else {
        return Err(malformed(&INFO, "something other than was asked for"));
    };
    let value = parse(&INFO, body)?;
    let report = report(&value).ok_or_else(|| malformed(&INFO, "an answer without results"))?;
    let cost = report.cost.clone().map(Update::Cost);
    Ok(cost.into_iter().chain([Update::Ended(Ended::Completed(report))]).collect())
}

fn report(value: &Value) -> Option<Report> {
    let results = value.get("results").and_then(Value::as_array);
    let output = value.get("output").filter(|output| output.is_object());
    // One of them has to be there, else this is an answer to something else.
    let results = match (results, output) {
        (None, None) => return None,
        (results, _) => results.map_or(&[][..], Vec::as_slice),
    };
    let content = output.and_then(|output| output.get("content")).unwrap_or(&Value::Null);
    let markdown = content.as_str().unwrap_or_default().to_owned();
    let structured = (!content.is_string() && !content.is_null()).then(|| content.clone());
    let mut sources = Sources::default();
    let entries = output.map_or(&[][..], |output| json::list(output, "grounding"));
    let citations = citations(entries, Root::Value, structured.as_ref(), &mut sources);
    let mut warnings = said(value);
    if citations.is_empty() {
        let message =
            "Exa does not say which pages carry what. The sources are the pages that it found.";
        warnings.push(warning(WarningKind::Ungrounded, message));
    }
    for page in results {
        // A cited page is told better by the result; the others are only listed for want of citations.
        if citations.is_empty() || sources.has(page) {
            sources.add(page);
        }
    }
    if content.is_null() {
        let message = "The search found pages, but gave no answer.";
        warnings.push(warning(WarningKind::Unsatisfied, message));
    }
    let cost = value.get("costDollars").and_then(dollars);
    Some(Report {
        markdown,
        structured,
        sources: sources.into_list(),
        citations,
        warnings,
        cost,
        ..Report::default()
    })
}

/// What Exa says that it did not do as asked.
fn said(value: &Value) -> Vec<Warning> {
    let messages =
        json::list(value, "warnings").iter().filter_map(|said| json::text(said, "message"));
    messages.map(|message| warning(WarningKind::Unsupported, message)).collect()
}

fn warning(kind: WarningKind, message: &str) -> Warning {
    Warning { kind, message: message.to_owned() }
}
