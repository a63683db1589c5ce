//! Remembers where the reader was, per run, and goes there when the run is opened again.

use std::time::Duration;

use leptos::prelude::*;
use web_sys::Storage;

use super::{desk::Desk, frame::Timer, go, spy, state::ReadingState};

/// How long the page rests before its place is written down.
const REST: Duration = Duration::from_millis(400);

/// Goes to the place that the address names, else to the remembered one, once it is drawn; and
/// remembers from then on.
pub(super) fn remember() {
    let desk = Desk::of_view();
    let settled = StoredValue::new(false);
    let timer = Timer::new();
    Effect::new(move |_| {
        desk.drawn.blocks.track();
        if settled.get_value() {
            return;
        }
        if go_there(desk) || desk.drawn.complete.get() {
            settled.set_value(true);
        }
    });
    spy::each_scroll(move || {
        if settled.try_get_value() == Some(true) {
            timer.start(REST, move || {
                if let Some(run) = desk.state.try_with_untracked(|state| state.run.clone()) {
                    store(&run);
                }
            });
        }
    });
}

/// Goes where the reader wants to be; true when that is done.
fn go_there(desk: Desk) -> bool {
    if let Some(place) = address_place() {
        return desk.go_back_to(&place);
    }
    // Somebody who watches a report being written is not moved when it is done.
    if desk.state.with_untracked(ReadingState::is_growing) {
        return true;
    }
    let run = desk.state.with_untracked(|state| state.run.clone());
    stored(&run).is_none_or(|place| go::node(&place).inspect(go::show).is_some())
}

/// The place that the address of the page names.
fn address_place() -> Option<String> {
    let hash = window().location().hash().ok()?;
    hash.strip_prefix('#').filter(|place| !place.is_empty()).map(str::to_owned)
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn key(run: &str) -> String {
    format!("fathom.place.{run}")
}

fn stored(run: &str) -> Option<String> {
    storage()?.get_item(&key(run)).ok().flatten()
}

/// Writes down the first marker or heading on screen; at the top of the page, that there is none.
fn store(run: &str) {
    let Some(storage) = storage() else { return };
    let at_top = window().scroll_y().is_ok_and(|y| y < spy::window_height() / 2.0);
    // A full or forbidden storage only means that the place is not remembered.
    let _ = match first_on_screen().filter(|_| !at_top) {
        Some(place) => storage.set_item(&key(run), &place),
        None => storage.remove_item(&key(run)),
    };
}

fn first_on_screen() -> Option<String> {
    let root = document().document_element()?;
    let group = spy::groups_on_screen(&root).into_iter().next()?;
    let below_edge = |node: &web_sys::HtmlElement| node.get_bounding_client_rect().top() > 0.0;
    go::all(&group, "a.cite[id], h2[id], h3[id]").into_iter().find(below_edge).map(|node| node.id())
}
