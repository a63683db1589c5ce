//! Keys: as they were pressed, and those that work on every page.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use crate::state::stroke::Stroke;

/// The key of an event.
pub fn stroke(event: &KeyboardEvent) -> Stroke {
    Stroke {
        key: event.key(),
        code: event.key_code(),
        composing: event.is_composing(),
        command: event.ctrl_key() || event.meta_key(),
    }
}

/// `/` goes to the question, unless something is being typed.
pub fn go_to_question(event: &KeyboardEvent) {
    let modified = event.ctrl_key() || event.alt_key() || event.meta_key();
    if event.key() != "/" || modified || is_typing() {
        return;
    }
    let field = document().query_selector("#question, input[type=search], a.name").ok().flatten();
    if let Some(field) = field.and_then(|node| node.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        // A field that cannot take the focus leaves the page as it was.
        let _ = field.focus();
    }
}

fn is_typing() -> bool {
    let Some(node) = document().active_element() else { return false };
    matches!(node.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
}
