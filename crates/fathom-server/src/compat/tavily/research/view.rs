//! A run as a research task.

use fathom_core::providers::tavily::wire::{
    Credits, ResearchPending, ResearchSource, ResearchTask,
};
use fathom_core::{Report, Status};
use serde_json::Value;

use super::cite::Form;
use super::create;
use crate::clock;
use crate::compat::address::Origin;
use crate::compat::runs;
use crate::store::Run;

/// A run that has not ended.
pub(super) fn pending(run: &Run) -> ResearchPending {
    let status = if run.status == Status::Queued { "pending" } else { "in_progress" };
    ResearchPending {
        request_id: run.id.clone(),
        status: status.to_owned(),
        response_time: seconds(run),
    }
}

/// A run that has ended.
pub(super) fn task(run: &Run, usage: bool, origin: &Origin) -> ResearchTask {
    let task = ResearchTask {
        request_id: run.id.clone(),
        created_at: Some(clock::rfc3339(run.created_ms)),
        response_time: seconds(run),
        usage: usage.then(Credits::default),
        ..ResearchTask::default()
    };
    if run.status != Status::Completed {
        let error = Some(why_not(run));
        return ResearchTask { status: "failed".to_owned(), error, created_at: None, ..task };
    }
    let report = runs::report(run);
    let form = form(run);
    ResearchTask {
        status: "completed".to_owned(),
        content: Some(content(run, &report, form, origin)),
        sources: Some(sources(&report, form, origin)),
        ..task
    }
}

/// Why a run has no report.
pub(super) fn why_not(run: &Run) -> String {
    runs::failure(run).unwrap_or_else(|| "The research was cancelled.".to_owned())
}

pub(super) fn form(run: &Run) -> Form {
    Form::of(create::request(run).citation_format.as_deref())
}

fn content(run: &Run, report: &Report, form: Form, origin: &Origin) -> Value {
    if run.task.output_schema.is_some() {
        return report.structured.clone().unwrap_or_default();
    }
    Value::from(form.text(report) + &form.list(report, origin))
}

pub(super) fn sources(report: &Report, form: Form, origin: &Origin) -> Vec<ResearchSource> {
    let sources = report.sources.iter().map(|source| ResearchSource {
        title: source.title.clone(),
        url: origin.of_source(source),
        favicon: None,
        citation: Some(form.entry(source, origin)),
    });
    sources.collect()
}

/// How long the research took, or has taken so far.
fn seconds(run: &Run) -> f64 {
    let end = run.finished_ms.unwrap_or_else(clock::now_ms);
    std::time::Duration::from_millis((end - run.created_ms).max(0).unsigned_abs()).as_secs_f64()
}
