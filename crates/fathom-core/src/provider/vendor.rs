//! What a gateway needs to know about a vendor: where it is, how it takes its key, and which of its
//! paths are used.

use crate::{
    error::Error,
    http::{Head, Method},
};

/// A vendor, as plain data.
#[derive(Clone, Copy, Debug)]
pub struct Vendor {
    /// Its name in paths and settings, the same as [`super::Info::vendor`] of its providers.
    pub id: &'static str,
    /// Its name to show.
    pub name: &'static str,
    /// Its address, without `/` at its end.
    pub base: &'static str,
    /// The environment variable that holds its key.
    pub key_env: &'static str,
    /// How it takes the key.
    pub key: KeyPlace,
    /// Headers of a request that it understands beside the usual ones, in lower case.
    pub headers: &'static [&'static str],
    /// Everything that may be asked of it.
    pub routes: &'static [Route],
    /// Reads a reply with a status of 400 or more, whatever was asked.
    pub failure: fn(&Head, &[u8]) -> Error,
}

/// How a vendor takes its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyPlace {
    /// `authorization: Bearer KEY`.
    Bearer,
    /// A header of this name that holds nothing else.
    Header(&'static str),
}

/// One thing that may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path, in which `{id}` stands for one segment.
    pub path: &'static str,
    /// The largest body, in bytes; 0 where there is none.
    pub body_max: u64,
}

impl Route {
    /// Reads a path.
    pub const fn get(path: &'static str) -> Self {
        Self { method: Method::Get, path, body_max: 0 }
    }

    /// Sends a body of up to 1 MiB.
    pub const fn post(path: &'static str) -> Self {
        Self { method: Method::Post, path, body_max: 1 << 20 }
    }

    /// Removes what is at a path.
    pub const fn delete(path: &'static str) -> Self {
        Self { method: Method::Delete, path, body_max: 0 }
    }

    /// The same with bodies of up to `bytes`.
    #[must_use]
    pub const fn up_to(self, bytes: u64) -> Self {
        Self { body_max: bytes, ..self }
    }
}
