//! Research that is answered in one go: answers, and searches with an output.

use std::sync::Arc;

use fathom_core::{Report, Task};
use fathom_engine::research;

use crate::compat::engine::{self, Watch, Working};
use crate::error::ApiError;
use crate::index::{FtsIndex, Scope};
use crate::routes::Shared;

/// Researches a task in a part of the library.
pub(super) async fn report(
    app: &Arc<Shared>,
    task: Task,
    scope: Scope,
) -> Result<Report, ApiError> {
    engine::work(app, move |shared, watch| carry_out(shared, watch, &task, &scope)).await
}

/// The same with its events.
pub(super) async fn watched(
    app: &Arc<Shared>,
    task: Task,
    scope: Scope,
) -> Result<(tokio::sync::mpsc::Receiver<fathom_core::Event>, Working<Report>), ApiError> {
    engine::watched(app, move |shared, watch| carry_out(shared, watch, &task, &scope)).await
}

fn carry_out(
    shared: &Shared,
    watch: &mut Watch,
    task: &Task,
    scope: &Scope,
) -> Result<Report, ApiError> {
    let researched =
        shared.library.read(|conn| research(task, None, &FtsIndex::new(conn).within(scope), watch));
    let report = researched.map_err(|error| ApiError::internal(&error))?;
    report.map_err(|error| engine::engine_failed(&error))
}
