//! A run as the agent's API shows it.

use fathom_core::providers::exa::wire::agent::{self, CreateRun, Output, RunError, Usage, stop};
use fathom_core::{Grade, Report, Status};
use serde_json::Value;

use crate::clock;
use crate::compat::address::Origin;
use crate::compat::exa::output;
use crate::compat::runs;
use crate::store::{Early, Run};

pub(super) fn view(run: &Run, origin: &Origin) -> agent::Run {
    let request: CreateRun = runs::request(run);
    let report = runs::report(run);
    agent::Run {
        id: run.id.clone(),
        status: super::status(run).to_owned(),
        stop_reason: stop_reason(run, &request, &report).map(str::to_owned),
        created_at: Some(clock::rfc3339(run.created_ms)),
        completed_at: run.finished_ms.map(clock::rfc3339),
        request: Some(request),
        output: output(&report, origin),
        usage: usage(run),
        error: runs::failure(run).map(|message| RunError {
            kind: Some("SERVER_ERROR".to_owned()),
            code: Some("SERVER_ERROR".to_owned()),
            message: Some(message),
            ..RunError::default()
        }),
        ..agent::Run::default()
    }
}

fn stop_reason(run: &Run, request: &CreateRun, report: &Report) -> Option<&'static str> {
    match (run.status, run.early) {
        (Status::Queued | Status::Running, _) => None,
        (Status::Completed, Some(Early::Stopped)) => Some(stop::STOPPED),
        (Status::Completed, Some(Early::TimeLimit)) => Some(stop::TIME_LIMIT_REACHED),
        (Status::Completed, None) if fits(request, report) => Some(stop::SCHEMA_SATISFIED),
        // Every step was taken, and the library does not hold what was asked for.
        (Status::Completed, None) => Some(stop::ITERATION_LIMIT_REACHED),
        (Status::Failed, _) => Some(stop::ERROR),
        (Status::Cancelled, _) => Some(stop::CANCELLED),
    }
}

/// Whether the value is what was asked for; without a schema anything that was found is.
fn fits(request: &CreateRun, report: &Report) -> bool {
    let value = report.structured.as_ref().unwrap_or(&Value::Null);
    match &request.output_schema {
        Some(schema) => fathom_engine::fits(schema, value).is_ok(),
        None => report.grade != Some(Grade::Nothing),
    }
}

fn output(report: &Report, origin: &Origin) -> Output {
    let mut grounding: Vec<_> = output::of_text(report, "text", origin).into_iter().collect();
    grounding.extend(output::of_fields(report, "structured.", origin));
    Output {
        text: report.markdown.clone(),
        structured: report.structured.clone().unwrap_or_default(),
        grounding,
    }
}

/// What was really searched; nothing here costs anything.
fn usage(run: &Run) -> Usage {
    #[expect(clippy::cast_precision_loss, reason = "a run makes far fewer searches than 2^52")]
    let searches = run.progress.searches as f64;
    Usage { searches, ..Usage::default() }
}
