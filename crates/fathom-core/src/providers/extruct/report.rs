//! Reading a finished task.

use serde_json::Value;

use crate::{
    error::Error,
    json, links, markers,
    provider::failure::{malformed, shortened},
    report::{Report, Warning, WarningKind},
    source::{self, Source},
};

use super::{INFO, basis, reply};

/// The report of a task that is done, of either kind.
pub(super) fn read(task: &Value) -> Result<Report, Error> {
    let Some(value) = task.get("report").filter(|report| report.is_object()) else {
        return Err(malformed(&INFO, "a finished task without its report"));
    };
    let (text, fields) = (value.get("markdown").and_then(Value::as_str), value.get("fields"));
    let fields = fields.filter(|fields| !fields.is_null());
    if text.is_none() && fields.is_none() {
        return Err(malformed(&INFO, "a report that is neither text nor fields"));
    }
    let mut report = Report {
        markdown: text.unwrap_or_default().to_owned(),
        structured: fields.cloned(),
        sources: sources(value),
        warnings: warnings(value),
        cost: reply::cost(task, false),
        ..Report::default()
    };
    report.citations = markers::cite(&report.markdown, &report.sources);
    if let (Some(fields), Some(basis)) = (fields, value.get("basis")) {
        report.citations.extend(basis::citations(basis, fields, &report.sources));
    }
    Ok(report)
}

/// The sources, ordered by the ids that markers and fields use. They have no title of their own.
fn sources(report: &Value) -> Vec<Source> {
    let numbered = json::list(report, "sources").iter().zip(1..).filter_map(|(entry, place)| {
        let url = json::text(entry, "url").or(entry.as_str())?;
        let id = json::whole(entry, "id").map_or(Ok(place), u32::try_from).ok()?;
        let title = links::without_scheme(url).to_owned();
        Some(Source { id, title, url: Some(url.to_owned()), ..Source::default() })
    });
    let mut sources: Vec<Source> = numbered.collect();
    source::arrange(&mut sources);
    sources
}

fn warnings(report: &Value) -> Vec<Warning> {
    let reasons = json::list(report, "degradation_reasons").iter().filter_map(Value::as_str);
    let reasons = reasons.filter(|reason| !reason.trim().is_empty());
    let warning = |reason| Warning { kind: WarningKind::Degraded, message: shortened(reason) };
    reasons.map(warning).collect()
}
