//! `POST /findSimilar`: pages that are like a given one.

use serde::Serialize;

use crate::{error::Error, http::Request, provider::Access};

use super::auth;

/// Asks for pages that are like one; `body` is a [`super::wire::search::FindSimilarRequest`], or JSON
/// of that form. The reply is a [`super::wire::search::SearchResponse`], read by
/// [`super::plain::read`].
///
/// # Errors
/// When the body cannot be written as JSON.
pub fn request(body: &impl Serialize, access: &Access) -> Result<Request, Error> {
    auth::post("/findSimilar", body, access)
}
