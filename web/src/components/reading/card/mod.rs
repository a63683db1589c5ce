//! The card of a marker: the source, the passage that carries the claim, and what was checked.

mod content;

use leptos::{ev, html, prelude::*};
use web_sys::HtmlElement;

use super::{
    check,
    desk::{Desk, Place},
    go,
    library::Library,
    pointing::Hover,
    spy,
    support::{self, Cited},
};
use crate::hooks::keys;

/// The card that is open, if any.
#[component]
pub(super) fn Card(library: Library, hover: Hover) -> impl IntoView {
    let desk = Desk::of_view();
    let place = Memo::new(move |_| desk.card.get().map(|opened| opened.place));
    let pinned = Memo::new(move |_| {
        desk.card.with(|card| card.as_ref().is_some_and(|opened| opened.pinned))
    });
    say_expanded(place);
    close_from_outside(desk);
    Effect::new(move |_| {
        if let (true, Some(place)) = (pinned.get(), place.get()) {
            let supports = support::supports(&place.cited, &desk.drawn.registry.read_untracked());
            check::look_up(
                desk,
                library,
                supports.into_iter().flat_map(|support| support.evidence).collect(),
            );
        }
    });
    move || place.get().map(|place| view! { <Leaf place pinned library hover /> })
}

/// The marker of the open card says that it is expanded.
fn say_expanded(place: Memo<Option<Place>>) {
    Effect::new(move |before: Option<Option<String>>| {
        if let Some(node) = before.flatten().and_then(|id| go::node(&id)) {
            // Removing an attribute that a redrawn marker lost already is no fault.
            let _ = node.remove_attribute("aria-expanded");
        }
        let id = place.get().map(|place| place.node);
        if let Some(node) = id.as_deref().and_then(go::node) {
            let _ = node.set_attribute("aria-expanded", "true");
        }
        id
    });
}

/// Escape closes the card; so does pressing anywhere else.
fn close_from_outside(desk: Desk) {
    let escape = window_event_listener(ev::keydown, move |event| {
        if keys::stroke(&event).is("Escape") && desk.card.with_untracked(Option::is_some) {
            event.prevent_default();
            desk.close_card();
        }
    });
    let press = window_event_listener(ev::pointerdown, move |event| {
        let inside = go::around(&event, ".card, .cite, .evidence-count").is_some();
        if !inside && desk.card.with_untracked(Option::is_some) {
            desk.card.set(None);
        }
    });
    on_cleanup(move || {
        escape.remove();
        press.remove();
    });
}

#[component]
fn Leaf(place: Place, pinned: Memo<bool>, library: Library, hover: Hover) -> impl IntoView {
    let desk = Desk::of_view();
    let node = NodeRef::<html::Div>::new();
    let anchor = place.node.clone();
    Effect::new(move |_| {
        if let Some(card) = node.get() {
            stand_below(&card, &anchor);
        }
    });
    Effect::new(move |_| {
        if pinned.get()
            && let Some(card) = node.get()
            && let Some(first) = go::all(&card, ".acts a, .close").into_iter().next()
        {
            go::focus_node(&first);
        }
    });
    let registry = desk.drawn.registry.read_untracked();
    let supports = support::supports(&place.cited, &registry);
    let claim = match place.cited {
        Cited::Marker(start, _) => {
            desk.state.with_untracked(|state| support::claim(state.markdown(), start))
        }
        Cited::Field(_) => String::new(),
    };
    let name = match supports.as_slice() {
        [] => "No source".to_owned(),
        [only] => format!("Source {}: {}", only.source.id, only.source.title),
        more => format!("{} sources", more.len()),
    };
    let body = if supports.is_empty() {
        content::unsourced(desk, &place.cited)
    } else {
        supports
            .into_iter()
            .map(|support| content::sourced(desk, library, support, &place, &claim))
            .collect::<Vec<_>>()
            .into_any()
    };
    view! {
        <div
            class="card"
            class:pinned=move || pinned.get()
            role="dialog"
            aria-label=name
            node_ref=node
            on:pointerenter=move |_| hover.stay()
            on:pointerleave=move |_| hover.leave()
        >
            {body}
            <button
                class="close"
                type="button"
                aria-label="Close"
                on:click=move |_| desk.close_card()
            >"×"</button>
        </div>
    }
}

/// Puts the card below its marker, or above when there is more room; within the column.
fn stand_below(card: &HtmlElement, anchor: &str) {
    const GAP: f64 = 8.0;
    let (Some(marker), Some(frame)) = (go::node(anchor), card.offset_parent()) else { return };
    let (marker, frame) = (marker.get_bounding_client_rect(), frame.get_bounding_client_rect());
    let (width, height) = (f64::from(card.offset_width()), f64::from(card.offset_height()));
    let room_below = spy::window_height() - marker.bottom();
    let above = room_below < height + GAP && marker.top() > height + GAP;
    let top = if above { marker.top() - height - GAP } else { marker.bottom() + GAP };
    let most = (frame.width() - width - GAP).max(0.0);
    let left = (marker.left() - frame.left() - width / 4.0).clamp(0.0, most);
    let style = card.style();
    // These two properties exist in every browser that runs the app.
    let _ = style.set_property("top", &format!("{:.1}px", top - frame.top()));
    let _ = style.set_property("left", &format!("{left:.1}px"));
}
