//! `/usage`

use std::sync::Arc;

use axum::Json;
use axum::Router;
use axum::routing::get;
use fathom_core::providers::tavily::wire::{AccountUsage, UsageResponse};

use crate::routes::Shared;

pub(super) fn router() -> Router<Arc<Shared>> {
    Router::new().route("/usage", get(usage))
}

/// `GET /usage`: in credits, of which nothing here costs any; there is no limit.
async fn usage() -> Json<UsageResponse> {
    let account = AccountUsage { current_plan: "local".to_owned(), ..AccountUsage::default() };
    Json(UsageResponse { account, ..UsageResponse::default() })
}
