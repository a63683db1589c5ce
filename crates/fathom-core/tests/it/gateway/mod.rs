//! What a gateway passes on, and everything that it does not.

mod headers;
mod keys;
mod lost;
mod replies;
mod targets;

use fathom_core::{
    Error, ErrorKind, Secret,
    gateway::{Asked, Forward, Refusal, forward},
    http::Headers,
    provider::{KeyPlace, Route, Vendor},
};

const BASE: &str = "https://vendor.example";
const KEY: &str = "hunter2";

static VENDOR: Vendor = Vendor {
    id: "some",
    name: "Some",
    base: BASE,
    key_env: "SOME_API_KEY",
    key: KeyPlace::Header("x-api-key"),
    headers: &["some-beta"],
    routes: &[
        Route::post("/runs").up_to(100),
        Route::get("/runs"),
        Route::get("/runs/{id}"),
        Route::delete("/runs/{id}"),
        Route::post("/runs/{id}/cancel"),
        Route::get("/runs/{id}/events"),
    ],
    failure: |head, _| Error::new(ErrorKind::from_status(head.status), ""),
};

fn headers(pairs: &[(&str, &str)]) -> Headers {
    Headers::from_reply(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
}

fn ask(
    method: &str,
    target: &str,
    pairs: &[(&str, &str)],
    length: u64,
) -> Result<Forward, Refusal> {
    let asked =
        Asked { method, target, headers: &headers(pairs), length: (length > 0).then_some(length) };
    forward(&VENDOR, BASE, &asked, Some(&Secret::new(KEY)))
}

fn get(target: &str) -> Result<String, Refusal> {
    ask("GET", target, &[], 0).map(|forward| forward.url)
}

fn post(pairs: &[(&str, &str)], length: u64) -> Result<Forward, Refusal> {
    ask("POST", "/runs", pairs, length)
}

const JSON: (&str, &str) = ("content-type", "application/json");
