//! One tab leads: it alone follows runs, and the others listen.

use std::{cell::Cell, rc::Rc};

use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

const NAME: &str = "fathom-lead";

// web-sys has this interface only among its unstable ones.
#[wasm_bindgen]
extern "C" {
    type Locks;

    #[wasm_bindgen(method, catch)]
    fn request(
        this: &Locks,
        name: &str,
        options: &JsValue,
        held: &Function,
    ) -> Result<Promise, JsValue>;
}

/// How to come to lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// When the tab that leads is gone.
    Wait,
    /// At once: the tab that leads does not answer.
    Steal,
}

/// Calls `lead` when this tab leads, and returns when it does no longer. Where there are no locks
/// every tab leads, which costs only requests: the same token names the same run.
pub(super) async fn hold(way: Way, lead: impl FnOnce() + 'static) {
    let Some(locks) = locks() else {
        lead();
        return std::future::pending().await;
    };
    // A browser that keeps nothing for this page may refuse the lock as well.
    let lead = Rc::new(Cell::new(Some(lead)));
    let granted = Rc::clone(&lead);
    let held = Closure::once_into_js(move || {
        if let Some(lead) = granted.take() {
            lead();
        }
        // Held until the page ends or another tab steals it.
        Promise::new(&mut |_, _| {})
    });
    let options = Object::new();
    if way == Way::Steal {
        // An ordinary object takes any property.
        let _ = Reflect::set(&options, &JsValue::from_str("steal"), &JsValue::TRUE);
    }
    if let Ok(lost) = locks.request(NAME, &options, held.unchecked_ref()) {
        // A stolen lock shows as a rejection; either way it is gone.
        let _ = JsFuture::from(lost).await;
    }
    if let Some(lead) = lead.take() {
        lead();
        std::future::pending::<()>().await;
    }
}

fn locks() -> Option<Locks> {
    let locks = Reflect::get(&window().navigator(), &JsValue::from_str("locks")).ok()?;
    locks.is_object().then(|| locks.unchecked_into())
}
