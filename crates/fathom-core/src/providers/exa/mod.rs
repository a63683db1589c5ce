#![doc = include_str!("README.md")]

use crate::provider::{KeyPlace, Route, Vendor};

pub mod agent;
pub mod answer;
mod auth;
pub mod contents;
mod failure;
pub mod find_similar;
#[cfg(feature = "fixtures")]
pub mod fixtures;
mod grounding;
pub mod plain;
pub mod research_v0;
pub mod research_v1;
pub mod search;
pub mod wire;

/// Exa, as a gateway sees it.
///
/// Source: the API reference and the vendor's own clients (read 2026-11-21). An agent run may carry
/// many rows, and contents many addresses.
pub static VENDOR: Vendor = Vendor {
    id: "exa",
    name: "Exa",
    base: "https://api.exa.ai",
    key_env: "EXA_API_KEY",
    key: KeyPlace::Header(auth::HEADER),
    headers: &["exa-beta", "x-exa-integration"],
    routes: &[
        Route::post("/agent/runs").up_to(8 << 20),
        Route::get("/agent/runs"),
        Route::get("/agent/runs/{id}"),
        Route::get("/agent/runs/{id}/events"),
        Route::post("/agent/runs/{id}/cancel"),
        Route::post("/agent/runs/{id}/stop"),
        Route::delete("/agent/runs/{id}"),
        Route::post("/research/v1"),
        Route::get("/research/v1"),
        Route::get("/research/v1/{id}"),
        Route::post("/research/v0/tasks"),
        Route::get("/research/v0/tasks"),
        Route::get("/research/v0/tasks/{id}"),
        Route::post("/search"),
        Route::post("/findSimilar"),
        Route::post("/contents"),
        Route::post("/answer"),
    ],
    failure: plain::failure,
};
