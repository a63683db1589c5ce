//! The rules of a gateway: it adds a key that its users do not hold, and passes everything else
//! through.
//!
//! Pure functions, so that the native program and a handler at the edge keep the same ones. A gateway
//! takes a request, asks [`route`] whose it is and [`forward`] what to send, sends that with its body,
//! asks [`answer`] what to say, and passes the bytes of the reply on as they come. When no reply comes,
//! it says what [`lost`] makes of that.
//!
//! What is not named is not passed: only the paths of the roster, only the headers listed here, only
//! to the vendor's own address. Redirects are refused, because a key would travel with them.

use std::fmt;

use crate::{
    http::{Headers, Method},
    provider::Vendor,
    providers,
    secret::Secret,
};

mod base;
mod lost;
mod path;
mod refusal;
mod reply;
mod request;

pub use crate::provider::KEY_HEADER;
pub use base::base;
pub use lost::{NOT_SENT, lost, not_sent};
pub(crate) use path::find;
pub use refusal::Refusal;
pub use reply::answer;
pub use request::{forward, read_headers};

/// A request as it came.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The method, as it was written.
    pub method: &'a str,
    /// The path and query below the vendor's place, as they were written, not decoded.
    pub target: &'a str,
    /// All headers.
    pub headers: &'a Headers,
    /// How many bytes the body has, where that is known.
    pub length: Option<u64>,
}

/// A request to send in its place. `Debug` shows neither header values nor the query.
#[derive(Clone, PartialEq, Eq)]
pub struct Forward {
    /// The method.
    pub method: Method,
    /// Where to.
    pub url: String,
    /// All headers, with the key.
    pub headers: Headers,
    /// The most bytes that the body may have. Whoever sends it stops there, and answers with
    /// [`Refusal::Body`].
    pub body_max: u64,
    /// The key, for [`answer`].
    pub key: Secret,
}

impl fmt::Debug for Forward {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.method.as_str())?;
        f.write_str(" ")?;
        f.write_str(self.url.split('?').next().unwrap_or_default())?;
        fmt::Debug::fmt(&self.headers, f)
    }
}

/// Takes `/exa/agent/runs?limit=3` apart: the vendor, and what is asked of it.
///
/// # Errors
/// [`Refusal::Vendor`] when there is no such vendor.
pub fn route(target: &str) -> Result<(&'static Vendor, &str), Refusal> {
    let rest = target.strip_prefix('/').ok_or(Refusal::Vendor)?;
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (name, rest) = rest.split_at_checked(end).ok_or(Refusal::Vendor)?;
    let vendor = providers::vendor(name).ok_or(Refusal::Vendor)?;
    Ok((vendor, rest))
}
