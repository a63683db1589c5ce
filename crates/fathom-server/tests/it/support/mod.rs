//! A server, a client and a library for every test.

mod client;
mod files;
mod program;
mod server;
mod site;
pub(crate) mod traces;

pub(crate) use client::{Answer, Client};
pub(crate) use files::{Folder, pdf, small_library};
pub(crate) use program::Program;
pub(crate) use server::Server;
pub(crate) use site::{Reply, Site};
