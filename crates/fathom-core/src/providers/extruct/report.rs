//! Reading a finished task.

use serde_json::Value;

use crate::{
    json, markers,
    provider::failure::shortened,
    report::{Report, Warning, WarningKind},
    source::{self, Source},
};

use super::basis;

/// The report of a task that is done: text, or fields, or both.
pub(super) fn read(task: &Value, report: &mut Report) -> Option<()> {
    let value = task.get("report")?;
    let text = value.get("markdown").and_then(Value::as_str);
    let fields = value.get("fields").filter(|fields| !fields.is_null());
    if text.is_none() && fields.is_none() {
        return None;
    }
    text.unwrap_or_default().clone_into(&mut report.markdown);
    report.sources = sources(value);
    report.warnings = warnings(value);
    report.citations = markers::cite(&report.markdown, &report.sources);
    if let (Some(fields), Some(basis)) = (fields, value.get("basis")) {
        basis::cite(basis, fields, &report.sources, &mut report.citations);
    }
    report.structured = fields.cloned();
    Some(())
}

/// The sources, ordered by the ids that markers and fields use. They have no title of their own.
fn sources(report: &Value) -> Vec<Source> {
    let mut sources = Vec::new();
    let mut place = 0;
    for entry in json::list(report, "sources") {
        place += 1;
        if let Some(url) = json::text(entry, "url").or(entry.as_str())
            && let Ok(id) = u32::try_from(json::whole(entry, "id").unwrap_or(place))
        {
            let mut source = Source::page(url);
            source.id = id;
            sources.push(source);
        }
    }
    source::arrange(&mut sources);
    sources
}

fn warnings(report: &Value) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for reason in json::list(report, "degradation_reasons") {
        if let Some(reason) = reason.as_str().filter(|reason| !reason.trim().is_empty()) {
            warnings.push(Warning::new(WarningKind::Degraded, shortened(reason)));
        }
    }
    warnings
}
