//! A run as Extruct shows a task.

use fathom_core::providers::extruct::wire::{
    CreateTask, DeepResearchReport, DeepResearchTask, OwnerInfo, ReportSource,
};
use fathom_core::{Report, Status, WarningKind};
use serde_json::{Map, Value};

use crate::clock;
use crate::compat::address::Origin;
use crate::compat::runs;
use crate::store::Run;

/// Nobody has an account here.
const OWNER: &str = "00000000-0000-0000-0000-000000000000";
const EMAIL: &str = "local@localhost";

/// How deep a task goes unless it says so.
const DEPTH: &str = "medium";

/// The depth that was asked for.
pub(super) fn depth(wanted: &CreateTask) -> &str {
    wanted.depth.as_deref().unwrap_or(DEPTH)
}

pub(super) fn view(run: &Run, origin: &Origin) -> DeepResearchTask {
    let wanted: CreateTask = runs::request(run);
    let outcome = outcome(run, &wanted, origin);
    let changed = run.finished_ms.or(run.started_ms).unwrap_or(run.created_ms);
    DeepResearchTask {
        id: run.id.clone(),
        created_at: clock::rfc3339(run.created_ms),
        updated_at: clock::rfc3339(changed),
        status: status(run, &outcome).to_owned(),
        depth: depth(&wanted).to_owned(),
        brief: wanted.brief,
        iterations: run.progress.searches,
        // One agent of ours works on a task, and it costs nothing.
        agents: u64::from(run.status == Status::Completed),
        sources: run.progress.sources_found,
        owner: OwnerInfo { id: OWNER.to_owned(), email: EMAIL.to_owned() },
        output_schema: wanted.output_schema,
        failure_reason: outcome.as_ref().and_then(|outcome| outcome.as_ref().err().cloned()),
        report: outcome.and_then(Result::ok),
    }
}

type Outcome = Option<Result<DeepResearchReport, String>>;

const fn status(run: &Run, outcome: &Outcome) -> &'static str {
    match (run.status, outcome) {
        (Status::Queued, _) => "created",
        (_, None) => "in_progress",
        (_, Some(Ok(_))) => "done",
        (_, Some(Err(_))) => "failed",
    }
}

/// The report of a run that has ended, or why there is none.
fn outcome(run: &Run, wanted: &CreateTask, origin: &Origin) -> Outcome {
    match run.status {
        Status::Queued | Status::Running => None,
        Status::Cancelled => Some(Err("The task was cancelled.".to_owned())),
        Status::Failed => Some(Err(runs::failure(run).unwrap_or_default())),
        Status::Completed => Some(report(&runs::report(run), wanted, origin)),
    }
}

fn report(
    report: &Report,
    wanted: &CreateTask,
    origin: &Origin,
) -> Result<DeepResearchReport, String> {
    let sources = report
        .sources
        .iter()
        .map(|source| ReportSource { id: source.id, url: origin.of_source(source) })
        .collect();
    let told = DeepResearchReport {
        sources,
        degradation_reasons: degradation(report),
        ..DeepResearchReport::default()
    };
    let Some(schema) = &wanted.output_schema else {
        let markdown = Some(report.markdown.clone());
        return Ok(DeepResearchReport { kind: "markdown".to_owned(), markdown, ..told });
    };
    let value = report.structured.clone().unwrap_or_default();
    // A task that is done promises a value that fits its schema.
    fathom_engine::fits(schema, &value).map_err(|error| {
        format!("The library does not support everything that output_schema requires: {error}. Make such fields optional or allow null.")
    })?;
    let basis = Some(Value::Object(basis(&value, report)));
    let fields = value.as_object().cloned().unwrap_or_default();
    Ok(DeepResearchReport { kind: "schema".to_owned(), fields: Some(fields), basis, ..told })
}

/// The ids of the sources behind every field, by its path; none behind what no source supports.
fn basis(value: &Value, report: &Report) -> Map<String, Value> {
    let mut basis = Map::new();
    leaves(value, "", &mut |path| {
        basis.insert(path.to_owned(), Value::Array(Vec::new()));
    });
    for citation in &report.citations {
        if let Some(field) = &citation.field {
            basis.insert(field.clone(), Value::from(citation.sources.clone()));
        }
    }
    basis
}

/// The paths of all values that hold no others.
fn leaves(value: &Value, path: &str, take: &mut impl FnMut(&str)) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (name, field) in fields {
                let inner = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                leaves(field, &inner, take);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (at, item) in items.iter().enumerate() {
                leaves(item, &format!("{path}[{at}]"), take);
            }
        }
        _ => take(path),
    }
}

/// What made the report less than it could have been.
fn degradation(report: &Report) -> Vec<String> {
    let reduces = |kind| {
        matches!(
            kind,
            WarningKind::Gap
                | WarningKind::Dropped
                | WarningKind::FieldMissing
                | WarningKind::Partial
                | WarningKind::Unreadable
        )
    };
    let warnings = report.warnings.iter().filter(|warning| reduces(warning.kind));
    warnings.map(|warning| warning.message.clone()).collect()
}
