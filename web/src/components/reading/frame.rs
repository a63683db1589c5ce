//! Waiting for the browser, and doing work without keeping it waiting.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

/// Resolves at the start of the next frame; never while the page is hidden.
pub(super) async fn next_frame() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let start = Closure::once_into_js(move || resolve.call0(&JsValue::NULL));
        // The window of a page does not refuse a frame.
        let _ = window().request_animation_frame(start.unchecked_ref());
    });
    // A frame is never refused, so there is no error to see.
    let _ = JsFuture::from(promise).await;
}

/// Milliseconds since the page was opened.
pub(super) fn now() -> f64 {
    window().performance().map_or_else(js_sys::Date::now, |clock| clock.now())
}

/// A timer that is replaced by the next one and ends with its owner.
#[derive(Clone, Copy)]
pub(super) struct Timer(StoredValue<Option<TimeoutHandle>>);

impl Timer {
    /// A timer that does nothing yet; call it within a component.
    pub(super) fn new() -> Self {
        let timer = Self(StoredValue::new(None));
        on_cleanup(move || timer.stop());
        timer
    }

    /// Calls `then` after a while, unless stopped or started again before.
    pub(super) fn start(self, after: Duration, then: impl FnOnce() + 'static) {
        self.stop();
        self.0.try_set_value(set_timeout_with_handle(then, after).ok());
    }

    /// Forgets what was to be called.
    pub(super) fn stop(self) {
        if let Some(handle) = self.0.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    }
}
