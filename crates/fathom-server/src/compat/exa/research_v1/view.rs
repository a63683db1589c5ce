//! A run as a research.

use fathom_core::providers::exa::wire::research_v1::{
    CostDollars, CreateResearch, Research, ResearchOutput, status,
};
use fathom_core::{Report, Status};
use serde_json::Value;

use crate::compat::address::Origin;
use crate::compat::{markers, runs};
use crate::store::Run;

pub(super) fn view(run: &Run, origin: &Origin) -> Research {
    let wanted: CreateResearch = runs::request(run);
    let completed = run.status == Status::Completed;
    Research {
        research_id: run.id.clone(),
        created_at: run.created_ms.unsigned_abs(),
        model: wanted.model,
        instructions: wanted.instructions,
        status: word(run.status).to_owned(),
        output: completed.then(|| output(run, &runs::report(run), origin)),
        cost_dollars: completed.then(|| cost(run)),
        finished_at: run.finished_ms.map(i64::unsigned_abs),
        error: runs::failure(run),
        output_schema: wanted.output_schema,
        events: None,
    }
}

const fn word(status: Status) -> &'static str {
    match status {
        Status::Queued => status::PENDING,
        Status::Running => status::RUNNING,
        Status::Completed => status::COMPLETED,
        Status::Failed => status::FAILED,
        Status::Cancelled => status::CANCELED,
    }
}

/// Markdown whose citations are links, because there is no list of sources beside it; or, where a schema was given, the
/// value as text, and as a value too if it fits.
pub(super) fn output(run: &Run, report: &Report, origin: &Origin) -> ResearchOutput {
    let Some(schema) = &run.task.output_schema else {
        return ResearchOutput { content: markers::linked(report, origin), parsed: None };
    };
    let value = report.structured.clone().unwrap_or_default();
    let fits = value.is_object() && fathom_engine::fits(schema, &value).is_ok();
    ResearchOutput { content: value.to_string(), parsed: Some(value).filter(|_: &Value| fits) }
}

/// True counts of what was searched and read; nothing here costs anything, and no model reasons.
#[expect(clippy::cast_precision_loss, reason = "counts of a run are far below 2^52")]
pub(super) fn cost(run: &Run) -> CostDollars {
    CostDollars {
        total: 0.0,
        num_searches: run.progress.searches as f64,
        num_pages: run.progress.documents_read as f64,
        reasoning_tokens: 0.0,
    }
}
