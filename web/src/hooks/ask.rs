//! Single questions to the program that the page came from.

use std::time::Duration;

use fathom_core::{Error, drive, http::Request, providers::local::reply};
use fathom_fetch::Fetch;
use serde::de::DeserializeOwned;

/// Waiting longer helps nobody: the program answers from its own disk.
const LIMIT: Duration = Duration::from_secs(20);

/// Sends a request and reads its answer.
///
/// # Errors
/// When there is no answer, or it is a refusal, or it cannot be read.
pub async fn ask<T: DeserializeOwned>(request: &Request) -> Result<T, Error> {
    let (head, body) = drive::ask(&Fetch::new(), request, LIMIT).await?;
    reply::read(&head, &body)
}
