//! Dropping aborts.

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{AbortController, AbortSignal};

use crate::value::{method, property};

/// Aborts its request when dropped.
#[derive(Debug)]
pub(crate) struct AbortGuard {
    controller: AbortController,
    outside: Option<Outside>,
}

/// A signal of the caller, and what listens to it.
#[derive(Debug)]
struct Outside {
    signal: JsValue,
    listener: Closure<dyn FnMut()>,
}

impl AbortGuard {
    /// A guard whose request also ends when `outside` is aborted. Anything that has an `aborted`
    /// property will do, from whatever realm.
    pub(crate) fn new(outside: Option<&JsValue>) -> Result<Self, JsValue> {
        let controller = AbortController::new()?;
        let outside = outside.map(|signal| Outside::listen(signal, controller.clone()));
        Ok(Self { controller, outside })
    }

    /// The signal to hand to `fetch`.
    pub(crate) fn signal(&self) -> AbortSignal {
        self.controller.signal()
    }

    /// Whether the caller has aborted.
    pub(crate) fn is_aborted(&self) -> bool {
        self.controller.signal().aborted()
            || self.outside.as_ref().is_some_and(|outside| is_aborted(&outside.signal))
    }
}

impl Drop for AbortGuard {
    fn drop(&mut self) {
        if let Some(outside) = &self.outside {
            outside.call("removeEventListener");
        }
        self.controller.abort();
    }
}

impl Outside {
    fn listen(signal: &JsValue, controller: AbortController) -> Self {
        let listener = Closure::new(move || controller.abort());
        let outside = Self { signal: signal.clone(), listener };
        outside.call("addEventListener");
        outside
    }

    fn call(&self, name: &str) {
        if let Some(method) = method(&self.signal, name) {
            // A signal that cannot be listened to is still looked at before each step.
            let _ = method.call2(
                &self.signal,
                &JsValue::from_str("abort"),
                self.listener.as_ref().unchecked_ref(),
            );
        }
    }
}

/// Whether a signal of the caller has been aborted.
pub(crate) fn is_aborted(signal: &JsValue) -> bool {
    property(signal, "aborted").is_truthy()
}
