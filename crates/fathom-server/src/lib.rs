//! The `fathom` program: it hosts the app and researches local documents.
//!
//! Reading order: [`serve`] puts everything together; `library` reads folders into the `index`;
//! `store` keeps runs; `worker` carries them out; `web` fetches live pages and `gateway` talks to
//! vendors, both through the `client`; `routes` is the HTTP face of all that.

mod app;
mod cli;
mod client;
mod clock;
mod compat;
mod data;
mod error;
mod extract;
pub mod gateway;
pub mod index;
pub mod library;
mod log;
mod metrics;
mod program;
mod research;
mod routes;
pub mod serve;
mod store;
mod token;
pub mod web;
mod worker;

pub use program::main;
pub use serve::{Config, Server, StartError};
