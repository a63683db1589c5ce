//! Sending.

use std::time::Duration;

use fathom_core::{
    Transport,
    http::{Head, Headers, Request, check_name, check_value},
    run::{TransportError, TransportErrorKind},
};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Object, Reflect};
use wasm_bindgen::{JsValue, closure::ScopedClosure, prelude::wasm_bindgen};
use web_sys::Url;

use crate::{
    abort::AbortGuard,
    body::FetchBody,
    value::{future, message, method, property},
};

/// The longest delay that `setTimeout` can hold.
const TIMEOUT_MAX: Duration = Duration::from_millis(i32::MAX as u64);

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = fetch)]
    fn host_fetch(url: &str, init: &JsValue) -> Result<JsValue, JsValue>;
}

/// A [`Transport`] over `fetch`.
#[derive(Clone, Debug, Default)]
pub struct Fetch {
    function: Option<Function>,
    signal: Option<JsValue>,
}

impl Fetch {
    /// Over the host's own `fetch`, looked up at each call.
    pub fn new() -> Self {
        Self::default()
    }

    /// Over a function with the face of `fetch`. It is called without `this`, and may return a
    /// response of any realm: what has a numeric `status` is a response.
    #[must_use]
    pub fn with_function(mut self, function: Function) -> Self {
        self.function = Some(function);
        self
    }

    /// Gives up every request when `signal`, an `AbortSignal`, is aborted with whatever reason.
    #[must_use]
    pub fn with_signal(mut self, signal: impl Into<JsValue>) -> Self {
        self.signal = Some(signal.into());
        self
    }

    fn call(&self, url: &str, init: &JsValue) -> Result<JsValue, JsValue> {
        match &self.function {
            Some(function) => function.call2(&JsValue::UNDEFINED, &JsValue::from_str(url), init),
            None => host_fetch(url, init),
        }
    }
}

impl Transport for Fetch {
    type Body = FetchBody;

    async fn send(&self, request: &Request) -> Result<(Head, FetchBody), TransportError> {
        check(request)?;
        let guard = AbortGuard::new(self.signal.as_ref()).map_err(|thrown| invalid(&thrown))?;
        if guard.is_aborted() {
            return Err(aborted());
        }
        let init = init(request, &guard).map_err(|thrown| invalid(&thrown))?;
        match future(self.call(&request.url, &init)).await {
            Ok(response) => Ok((head(&response)?, FetchBody::new(response, guard))),
            Err(_) if guard.is_aborted() => Err(aborted()),
            Err(thrown) => Err(unreachable(request, &thrown)),
        }
    }

    async fn sleep(&self, wait: Duration) {
        let mut left = wait;
        while left > TIMEOUT_MAX {
            timeout(TIMEOUT_MAX).await;
            left -= TIMEOUT_MAX;
        }
        timeout(left).await;
    }
}

async fn timeout(wait: Duration) {
    // Rounded up: what was asked for has passed when this returns.
    let millis = wait.as_nanos().div_ceil(1_000_000);
    TimeoutFuture::new(u32::try_from(millis).unwrap_or(i32::MAX as u32)).await;
}

/// Refuses what `fetch` would refuse by an exception, or, in some hosts, by ending the process.
fn check(request: &Request) -> Result<(), TransportError> {
    for (name, value) in request.headers.iter() {
        check_name(name)
            .and_then(|()| check_value(name, value))
            .map_err(|error| TransportError::new(TransportErrorKind::Invalid, error.message()))?;
    }
    if is_address(&request.url) {
        return Ok(());
    }
    Err(TransportError::new(
        TransportErrorKind::Invalid,
        "The address of the server is not a valid URL.",
    ))
}

/// Whether the URL makes sense here: a relative one needs a page to be relative to.
fn is_address(url: &str) -> bool {
    let page = property(&property(&js_sys::global(), "location"), "href").as_string();
    match page {
        Some(page) => Url::new_with_base(url, &page).is_ok(),
        None => Url::new(url).is_ok(),
    }
}

// Nothing else is set: `cache`, `redirect`, `integrity` and others make some hosts throw.
fn init(request: &Request, guard: &AbortGuard) -> Result<JsValue, JsValue> {
    let headers = Object::new();
    for (name, value) in request.headers.iter() {
        Reflect::set(&headers, &name.into(), &value.into())?;
    }
    let init = Object::new();
    Reflect::set(&init, &"method".into(), &request.method.as_str().into())?;
    Reflect::set(&init, &"headers".into(), &headers)?;
    Reflect::set(&init, &"signal".into(), &guard.signal())?;
    if let Some(body) = &request.body {
        Reflect::set(&init, &"body".into(), &body.as_str().into())?;
    }
    Ok(init.into())
}

fn head(response: &JsValue) -> Result<Head, TransportError> {
    let status =
        property(response, "status").as_f64().filter(|status| (100.0..1000.0).contains(status));
    let Some(status) = status else {
        let message = "The fetch function returned something that is not a response.";
        return Err(TransportError::new(TransportErrorKind::Unreachable, message));
    };
    Ok(Head { status: status as u16, headers: headers(&property(response, "headers")) })
}

fn headers(headers: &JsValue) -> Headers {
    let mut pairs = Vec::new();
    if let Some(for_each) = method(headers, "forEach") {
        let mut collect = |value: JsValue, name: JsValue| {
            pairs.extend(name.as_string().zip(value.as_string()));
        };
        let collect: ScopedClosure<'_, dyn FnMut(JsValue, JsValue)> =
            ScopedClosure::borrow_mut(&mut collect);
        // Headers that cannot be read are as good as none.
        let _ = for_each.call1(headers, collect.as_ref());
    }
    Headers::from_reply(pairs)
}

fn invalid(thrown: &JsValue) -> TransportError {
    let message = ["The request cannot be sent: ", &message(thrown), "."].concat();
    TransportError::new(TransportErrorKind::Invalid, message)
}

// Hosts differ in the class of the error, so that there is no response is all that counts.
fn unreachable(request: &Request, thrown: &JsValue) -> TransportError {
    let message = [request.place(), " cannot be reached: ", &message(thrown), "."].concat();
    TransportError::new(TransportErrorKind::Unreachable, message)
}

pub(crate) fn aborted() -> TransportError {
    TransportError::new(TransportErrorKind::Aborted, "The request was given up.")
}
