//! The local engine speaking the protocols of vendors, so that their own clients can be pointed at it.
//!
//! Each folder is one vendor: it reads that vendor's requests, starts or finds runs of ours, and tells
//! them in that vendor's words. Runs are ordinary runs in the store; nothing here knows an answer that
//! the engine, the index or the store did not give.

mod address;
mod body;
mod cors;
mod engine;
mod exa;
mod extruct;
mod id;
mod key;
mod markers;
mod pages;
mod runs;
mod stream;
mod tavily;
mod teller;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::Method;

use crate::error::ApiError;
use crate::routes::Shared;

pub(crate) use cors::answer as cross_origin;
pub(crate) use engine::Engine;
pub(crate) use key::{of_header as key_of_header, out_of_body as key_out_of_body};

/// A vendor whose protocols are spoken here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Vendor {
    Exa,
    Tavily,
    Extruct,
}

impl Vendor {
    /// The vendor whose protocol belongs to a path, and the rest of the path.
    fn of(path: &str) -> Option<(Self, &str)> {
        let rest = path.strip_prefix("/local/")?;
        let (name, _) = rest.split_once('/').unwrap_or((rest, ""));
        let vendor = match name {
            "exa" => Self::Exa,
            "tavily" => Self::Tavily,
            "extruct" => Self::Extruct,
            _ => return None,
        };
        Some((vendor, rest.strip_prefix(name).unwrap_or_default()))
    }
}

/// What is served below `/local`. Places are not nested deeper, because a path is taken apart anew at each step.
pub(crate) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .nest("/local/exa", exa::router())
        .nest("/local/tavily", tavily::router())
        .nest("/local/extruct", extruct::router())
}

/// The body by which the vendor of `path` refuses; `None` where no vendor's protocol is spoken.
pub(crate) fn refusal(path: &str, error: &ApiError, request_id: &str) -> Option<Body> {
    let (vendor, rest) = Vendor::of(path)?;
    let body = match vendor {
        Vendor::Exa => exa::refusal(rest, error, request_id),
        Vendor::Tavily => tavily::refusal(error),
        Vendor::Extruct => extruct::refusal(error),
    };
    Some(Body::from(body.to_string()))
}

/// Whether a browser asks what it may send.
pub(crate) fn is_preflight(method: &Method, path: &str) -> bool {
    method == Method::OPTIONS && Vendor::of(path).is_some()
}
