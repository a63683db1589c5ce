//! `/api/v1/providers`: what can be asked here.

use axum::Json;
use axum::extract::State;
use fathom_core::provider::{Info, Key};
use fathom_core::providers::ROSTER;
use fathom_core::providers::local::wire::ProvidersView;

use super::App;

/// `GET /api/v1/providers`
pub(super) async fn list(State(app): App) -> Json<ProvidersView> {
    let info = |info: &Info| match info.key {
        Key::Missing if app.gateway.has_key(&info.vendor) => {
            Info { key: Key::Present, ..info.clone() }
        }
        _ => info.clone(),
    };
    Json(ProvidersView { providers: ROSTER.iter().map(|provider| info(provider.info())).collect() })
}
