//! `/api/v1/providers`: what can be asked here.

use axum::Json;
use fathom_core::providers::ROSTER;
use fathom_core::providers::local::wire::ProvidersView;

/// `GET /api/v1/providers`
pub(super) async fn list() -> Json<ProvidersView> {
    Json(ProvidersView {
        providers: ROSTER.iter().map(|provider| provider.info().clone()).collect(),
    })
}
