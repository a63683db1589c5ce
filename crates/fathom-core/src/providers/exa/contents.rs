//! `POST /contents`: the text, passages and summaries of given pages.

use serde::Serialize;

use crate::{error::Error, http::Request, provider::Access};

use super::auth;

/// Asks for the contents of pages; `body` is a [`super::wire::contents::ContentsRequest`], or JSON of
/// that form. The reply is a [`super::wire::search::SearchResponse`], read by [`super::plain::read`];
/// how each page fared is in its `statuses`, and is no error.
///
/// # Errors
/// When the body cannot be written as JSON.
pub fn request(body: &impl Serialize, access: &Access) -> Result<Request, Error> {
    auth::post("/contents", body, access)
}
