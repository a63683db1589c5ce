//! `/api/v1/openapi.json`: what this API is, for tools.

use axum::http::header;
use axum::response::{IntoResponse, Response};

/// Kept by hand beside the routes; tests compare it with them and with what they answer.
const DESCRIPTION: &str = include_str!("openapi.json");

/// `GET /api/v1/openapi.json`
pub(super) async fn show() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], DESCRIPTION).into_response()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::DESCRIPTION;

    #[test]
    fn every_route_is_described_and_nothing_else() {
        let description: Value = serde_json::from_str(DESCRIPTION).unwrap();
        let described: BTreeSet<String> =
            description["paths"].as_object().unwrap().keys().cloned().collect();
        // The router cannot be asked for its routes, so they are read where they are written.
        let source = include_str!("mod.rs");
        let (_, api) = source.split_once("let api = Router::new()").unwrap();
        let (api, _) = api.split_once(';').unwrap();
        let routed = api.split(".route(\"").skip(1).map(|route| {
            let path = route.split('"').next().unwrap().replace("{*", "{");
            format!("/api/v1{path}")
        });
        assert_eq!(described, routed.collect());
    }
}
