//! Why a gateway does not pass something on.

use crate::{
    error::{Error, ErrorKind},
    provider::Vendor,
};

/// Why a gateway does not pass something on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Refusal {
    /// There is no such vendor.
    Vendor,
    /// The path is known, the method is not used with it.
    Method,
    /// The path is none that is used, or is written in a way that could mean another.
    Path,
    /// The query holds what no query holds.
    Query,
    /// A header that is missing, comes twice, or holds what cannot be sent.
    Header(&'static str),
    /// The body is not JSON.
    Type,
    /// The body is too large, or there should be none.
    Body,
    /// There is no key.
    NoKey,
    /// The key that came with the request cannot be one.
    Key,
    /// The vendor answered with a redirect.
    Redirect,
}

impl Refusal {
    /// The HTTP status that says so.
    pub const fn status(self) -> u16 {
        match self {
            Self::Vendor | Self::Path => 404,
            Self::Method => 405,
            Self::Query | Self::Header(_) => 400,
            Self::Type => 415,
            Self::Body => 413,
            Self::NoKey | Self::Key => 401,
            Self::Redirect => 502,
        }
    }

    const fn kind(self) -> ErrorKind {
        match self {
            Self::Vendor | Self::Path => ErrorKind::NotFound,
            Self::Method | Self::Type => ErrorKind::Unsupported,
            Self::Query | Self::Header(_) | Self::Body => ErrorKind::InvalidTask,
            Self::NoKey | Self::Key => ErrorKind::Unauthorized,
            Self::Redirect => ErrorKind::Malformed,
        }
    }

    /// The error to answer with. It holds nothing of the request.
    pub fn error(self, vendor: Option<&Vendor>) -> Error {
        let name = vendor.map_or("the vendor", |vendor| vendor.name);
        let message = match self {
            Self::Vendor => "The gateway knows no such vendor.".to_owned(),
            Self::Method => "The gateway does not pass this method to this path.".to_owned(),
            Self::Path => "The gateway passes only the paths that are used for research; this is none of them.".to_owned(),
            Self::Query => "The query is too long, or holds characters that have to be written as %XX.".to_owned(),
            Self::Header(header) => ["The header \"", header, "\" comes twice, is too long, or cannot be passed on."].concat(),
            Self::Type => "The gateway passes JSON only: content-type: application/json, not compressed.".to_owned(),
            Self::Body => "The body is larger than is passed on, or there should be none.".to_owned(),
            Self::NoKey => {
                let place = vendor.map_or("its variable of the environment", |vendor| vendor.key_env);
                ["There is no key for ", name, " here. Whoever runs this can set ", place, "; or enter your own in the settings."].concat()
            }
            Self::Key => "The key holds a space, a line break or another character that no key has. Was it copied whole, and alone?".to_owned(),
            Self::Redirect => ["The address of ", name, " sends elsewhere, where no key is sent to. Whoever runs this should check it."].concat(),
        };
        Error::new(self.kind(), message).with_status(self.status())
    }
}
