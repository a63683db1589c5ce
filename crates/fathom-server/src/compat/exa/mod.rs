//! Exa's APIs; their words are in fathom-core's `providers::exa`.

mod agent;
mod answer;
mod contents;
mod failure;
mod list;
mod narrow;
mod now;
mod output;
mod page;
mod research_v0;
mod research_v1;
mod search;

use std::sync::Arc;

use axum::Router;

use crate::routes::Shared;

pub(super) use failure::refusal;

pub(super) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .merge(agent::router())
        .merge(research_v1::router())
        .merge(research_v0::router())
        .merge(search::router())
        .merge(contents::router())
        .merge(answer::router())
}
