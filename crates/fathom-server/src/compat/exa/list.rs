//! Lists of runs, which come in pages.

use std::sync::Arc;

use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use serde::Deserialize;

use crate::compat::runs;
use crate::error::ApiError;
use crate::routes::{Shared, blocking};
use crate::store::{Filter, Run};

/// How a client names a page.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    limit: Option<String>,
    cursor: Option<String>,
}

/// Which page is wanted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub limit: usize,
    pub cursor: Option<i64>,
}

impl Asked {
    /// Reads it, where `usual` entries make a page and `most` are the most.
    pub(super) fn read(
        asked: Result<Query<Self>, QueryRejection>,
        usual: u64,
        most: u64,
    ) -> Result<Place, ApiError> {
        let invalid = |message: String| ApiError::invalid("limit", message);
        let Query(asked) = asked.map_err(|error| invalid(error.body_text()))?;
        let limit = asked.limit.as_deref().map_or(Ok(usual), str::parse);
        let limit = limit.ok().filter(|limit| (1..=most).contains(limit));
        let limit = limit.ok_or_else(|| invalid(format!("limit must be from 1 to {most}")))?;
        let cursor = runs::read_cursor(asked.cursor.as_deref())?;
        Ok(Place { limit: usize::try_from(limit).unwrap_or(1), cursor })
    }
}

/// The runs of one protocol on a page, newest first, and where the next page begins.
pub(super) async fn page(
    app: Arc<Shared>,
    protocol: &'static str,
    place: Place,
) -> Result<(Vec<Run>, Option<String>), ApiError> {
    // One more than asked for tells whether there is a next page.
    let (limit, before) = (place.limit + 1, place.cursor);
    let filter = Filter { limit, before, protocol: Some(protocol), ..Filter::default() };
    let found = blocking(move || runs::list(&app, &filter)).await?;
    Ok(runs::page(found, place.limit))
}
