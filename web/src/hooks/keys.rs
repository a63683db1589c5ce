//! Keys that work on every page.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

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
