//! One request beside a run: how a job stands, which jobs there are, and what ends one.

use fathom_core::{
    Access, Error, ErrorKind, Job, Provider, Secret,
    http::{Head, Request},
    json::{self, Object},
    provider::{Call, Content, Ended, Follow, Frame, Update},
    run::job_handle,
};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::access::Place;
use crate::heard::{head, settings as read_settings};
use crate::roster::{access, provider};
use crate::wish::request as written;
use crate::write::refusal;

/// What is asked of whom.
#[derive(Default)]
struct Settings {
    provider: String,
    access: Place,
    /// `list`, `poll`, `cancel`, `stop` or `delete`.
    call: String,
    job: String,
    /// Where the page of a list begins.
    cursor: Option<String>,
}

json::fields!(Settings: needs provider, call; may have access, job, cursor);

/// The request for `{provider, access, call, job?, cursor?}`: `{"request", "limit"}` or `{"error"}`.
#[wasm_bindgen]
pub fn ask(settings: &str) -> String {
    match asked(settings) {
        Ok((provider, request)) => Object::new()
            .json("request", &written(&request))
            .value("limit", &provider.info().pace.reply_ms)
            .end(),
        Err(error) => refusal(&error),
    }
}

/// What the reply to [`ask`] says: `{"jobs", "next"?}` for a list, `{"status", "word"?}` for a poll,
/// nothing for the others; or `{"error"}`.
#[wasm_bindgen]
pub fn told(settings: &str, status: u16, headers: &str, body: &[u8]) -> String {
    read(settings, &head(status, headers), body).unwrap_or_else(|error| refusal(&error))
}

fn asked(settings: &str) -> Result<(&'static dyn Provider, Request), Error> {
    let (settings, provider, access) = opened(settings)?;
    let request = match settings.call.as_str() {
        "list" => provider.list(settings.cursor.as_deref(), &access),
        "poll" => Some(provider.follow(&settings.handle()?, Follow::Poll, &access)?),
        "cancel" => provider.cancel(&settings.handle()?, &access),
        "stop" => provider.stop(&settings.handle()?, &access),
        "delete" => provider.delete(&settings.handle()?, &access),
        _ => None,
    };
    let info = provider.info();
    let request = request.ok_or_else(|| {
        let message = [&info.name, " has no way to ", &settings.call, " jobs."];
        Error::new(ErrorKind::Unsupported, message.concat()).with_provider(info.id.clone())
    })?;
    Ok((provider, request))
}

impl Settings {
    fn handle(&self) -> Result<Job, Error> {
        job_handle(&self.job)
    }
}

fn opened(settings: &str) -> Result<(Settings, &'static dyn Provider, Access), Error> {
    let mut settings: Settings = read_settings(settings)?;
    let provider = provider(&settings.provider)?;
    let access = access(std::mem::take(&mut settings.access), provider.info())?;
    Ok((settings, provider, access))
}

fn read(settings: &str, head: &Head, body: &[u8]) -> Result<String, Error> {
    let (settings, provider, access) = opened(settings)?;
    let hide = |error: Error| error.hiding(access.key().map(Secret::reveal));
    if !head.is_success() {
        return Err(hide(provider.read_failure(head, body)));
    }
    let call = match settings.call.as_str() {
        "list" => Call::List,
        "poll" => Call::Poll,
        _ => return Ok(Object::new().end()),
    };
    let frame = Frame { call, content: Content::Body(head, body) };
    let updates = provider.read(frame).map_err(hide)?;
    let mut object = Object::new();
    for update in &updates {
        add(&mut object, update);
    }
    Ok(object.end())
}

fn add(object: &mut Object, update: &Update) {
    match update {
        Update::Status(status) => object.text("status", status.as_str()),
        Update::Word(word) => object.text("word", word),
        Update::Ended(Ended::Completed(_)) => object.text("status", "completed"),
        Update::Ended(Ended::Failed(_)) => object.text("status", "failed"),
        Update::Ended(Ended::Cancelled(_)) => object.text("status", "cancelled"),
        Update::Listed { jobs, next } => {
            object.value("jobs", jobs);
            if let Some(next) = next {
                object.text("next", next);
            }
            object
        }
        _ => object,
    };
}
