//! Going to a place on the page, and finding what is on screen.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

/// The node with an id.
pub(super) fn node(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Puts the focus on a node and leaves the page where it is.
pub(super) fn focus(id: &str) {
    if let Some(node) = node(id) {
        focus_node(&node);
    }
}

/// Puts the focus on a node and leaves the page where it is.
pub(super) fn focus_node(node: &HtmlElement) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    // A node that cannot take the focus is still scrolled to; there is nothing better to do.
    let _ = node.focus_with_options(&options);
}

/// Puts the focus on the first node that fits a selector, if there is one.
pub(super) fn focus_first(selector: &str) {
    if let Some(node) =
        document().document_element().and_then(|root| all(&root, selector).into_iter().next())
    {
        focus_node(&node);
    }
}

/// Brings a node into the middle of the screen and puts the focus on it; false when it is not
/// (yet) on the page.
pub(super) fn to(id: &str) -> bool {
    node(id).inspect(show).inspect(focus_node).is_some()
}

/// Brings a node into the middle of the screen.
pub(super) fn show(node: &HtmlElement) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Center);
    // Groups out of view have estimated heights. The second call sees the real ones.
    node.scroll_into_view_with_scroll_into_view_options(&options);
    node.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Brings the top of a node to the top of the screen and puts the focus on it.
pub(super) fn to_start(id: &str) {
    if let Some(node) = node(id) {
        node.scroll_into_view();
        node.scroll_into_view();
        focus_node(&node);
    }
}

/// The nearest node around the target of an event that fits a selector.
pub(super) fn around(event: &web_sys::Event, selector: &str) -> Option<HtmlElement> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest(selector).ok()??.dyn_into().ok()
}

/// All nodes below `root` that fit a selector.
pub(super) fn all(root: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(list) = root.query_selector_all(selector) else { return Vec::new() };
    (0..list.length()).filter_map(|at| list.item(at)?.dyn_into().ok()).collect()
}

/// Whether a media query fits the window.
pub(super) fn fits(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|list| list.matches())
}
