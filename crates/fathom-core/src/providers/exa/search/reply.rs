//! Reading the reply of a deep search.

use serde_json::Value;

use crate::{
    error::Error,
    json,
    pages::Pages,
    provider::{Call, Frame, Update, reply::Told},
    report::{Report, Warning, WarningKind},
};

use super::INFO;
use crate::providers::exa::{
    grounding::{Root, add, citations},
    plain::dollars,
};

pub(super) fn updates(frame: Frame<'_>) -> Result<Vec<Update>, Error> {
    frame.read(&INFO, &[(Call::Create, answer)])
}

fn answer(value: &Value, told: &mut Told) -> Result<(), Error> {
    told.cost(dollars(value));
    told.completed(&INFO, value, report)
}

fn report(value: &Value, report: &mut Report) -> Option<()> {
    let results = value.get("results").and_then(Value::as_array);
    let output = value.get("output").filter(|output| output.is_object());
    if results.is_none() && output.is_none() {
        // One of them has to be there, else this is an answer to something else.
        return None;
    }
    let output = output.unwrap_or(&Value::Null);
    let content = output.get("content").unwrap_or(&Value::Null);
    match content {
        Value::String(text) => text.clone_into(&mut report.markdown),
        Value::Null => {}
        value => report.structured = Some(value.clone()),
    }
    let mut pages = Pages::default();
    let entries = json::list(output, "grounding");
    report.citations = citations(entries, Root::Value, report.structured.as_ref(), &mut pages);
    let is_cited = !report.citations.is_empty();
    for page in json::list(value, "results") {
        // A cited page is told better by the result; the others are only listed for want of citations.
        if !is_cited || json::text(page, "url").is_some_and(|url| pages.has(url)) {
            add(&mut pages, page);
        }
    }
    report.sources = pages.into_list();
    // What Exa says that it did not do as asked.
    for said in json::list(value, "warnings") {
        if let Some(message) = json::text(said, "message") {
            report.warnings.push(Warning::new(WarningKind::Unsupported, message));
        }
    }
    if !is_cited {
        let message =
            "Exa does not say which pages carry what. The sources are the pages that it found.";
        report.warnings.push(Warning::new(WarningKind::Ungrounded, message));
    }
    if content.is_null() {
        let message = "The search found pages, but gave no answer.";
        report.warnings.push(Warning::new(WarningKind::Unsatisfied, message));
    }
    Some(())
}
