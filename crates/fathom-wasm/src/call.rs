//! A call of a vendor's endpoint, as JavaScript drives it.

use std::time::Duration;

use fathom_core::{
    Error, ErrorKind,
    call::{Exchange, Input, Order, Patience, Step},
    http::Method,
    json::{self, Object},
    providers,
};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::access::Place;
use crate::heard::{failure, head, settings as read};
use crate::wish::{millis, request};
use crate::write::error;

/// What is asked of whom, and how long it is tried.
#[derive(Default)]
struct Settings {
    vendor: String,
    access: Place,
    method: String,
    path: String,
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    body: Option<String>,
    stream: bool,
    creates: bool,
    /// Once where it is not said.
    attempts: Option<u32>,
    limit: u64,
    seed: u64,
}

json::fields!(
    Settings: needs vendor, method, path, limit;
    may have access, query, headers, body, stream, creates, attempts, seed
);

/// One call. [`Call::step`] is to be asked once at the beginning, and once after each thing that
/// happened.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Call {
    exchange: Result<Exchange, Error>,
}

#[wasm_bindgen]
impl Call {
    /// A call of `{vendor, access, method, path, query?, headers?, body?, stream?, creates?,
    /// attempts?, limit, seed?}`.
    #[wasm_bindgen(constructor)]
    pub fn new(settings: &str) -> Self {
        Self { exchange: open(settings) }
    }

    /// What the call wants now: `{"do": "send", "request", "limit"}`, `{"do": "wait", "wait",
    /// "error"}`, `{"do": "take"}`, `{"do": "read"}` or `{"do": "fail", "error"}`.
    pub fn step(&mut self) -> String {
        match &mut self.exchange {
            Ok(exchange) => written(&exchange.step()),
            Err(refused) => written(&Step::Fail(refused.clone())),
        }
    }

    /// The head of the reply came; the headers are a list of pairs.
    pub fn head(&mut self, status: u16, headers: &str) {
        self.take(Input::Head(head(status, headers)));
    }

    /// The body of a failure, or one that succeeded and makes no sense.
    pub fn body(&mut self, text: &str) {
        self.take(Input::Body(text.as_bytes()));
    }

    /// The request or its reply did not get through.
    pub fn failed(&mut self, kind: &str, message: &str) {
        self.take(Input::Failed(failure(kind, message)));
    }

    /// The time asked for has passed.
    pub fn woke(&mut self) {
        self.take(Input::Woke);
    }
}

impl Call {
    fn take(&mut self, input: Input<'_>) {
        if let Ok(exchange) = &mut self.exchange {
            exchange.handle(input);
        }
    }
}

/// The same JSON text with what a strict parser refuses in its strings escaped; none when there is
/// nothing to mend.
#[wasm_bindgen]
pub fn mend(text: &str) -> Option<String> {
    json::mend(text)
}

fn open(settings: &str) -> Result<Exchange, Error> {
    let settings: Settings = read(settings)?;
    let vendor = providers::vendor(&settings.vendor)
        .ok_or_else(|| Error::new(ErrorKind::InvalidTask, "There is no such vendor."))?;
    let method = [Method::Get, Method::Post, Method::Delete]
        .into_iter()
        .find(|method| method.as_str() == settings.method)
        .ok_or_else(|| Error::new(ErrorKind::InvalidTask, "There is no such method."))?;
    let access =
        settings.access.reach(vendor.base).map_err(|error| error.with_provider(vendor.id))?;
    let order = Order {
        method,
        path: settings.path,
        query: settings.query,
        headers: settings.headers,
        body: settings.body,
        stream: settings.stream,
        creates: settings.creates,
    };
    let patience = Patience {
        attempts: settings.attempts.unwrap_or(1),
        limit: Duration::from_millis(settings.limit),
        seed: settings.seed,
    };
    Exchange::new(vendor, access, order, patience)
}

fn written(step: &Step) -> String {
    let mut wish = Object::new();
    match step {
        Step::Send { request: asked, limit } => {
            wish.text("do", "send").json("request", &request(asked)).value("limit", &millis(*limit))
        }
        Step::Wait { wait, error: met } => {
            wish.text("do", "wait").value("wait", &millis(*wait)).json("error", &error(met))
        }
        Step::Take => wish.text("do", "take"),
        Step::Read => wish.text("do", "read"),
        Step::Fail(met) => wish.text("do", "fail").json("error", &error(met)),
    }
    .end()
}
