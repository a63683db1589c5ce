//! Pointing at markers: hovering or focusing shows the card, pressing pins it.

use std::time::Duration;

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{
    desk::{Desk, Opened, Place},
    frame::Timer,
    go,
    support::Cited,
};

/// How long the pointer or the focus rests on a marker before its card comes.
const COMES: Duration = Duration::from_millis(150);

/// How long the card stays after the pointer left.
const GOES: Duration = Duration::from_millis(300);

/// What has a card.
const MARKED: &str = "[data-at], [data-field]";

/// The timers of the card that comes and goes by itself.
#[derive(Clone, Copy)]
pub(super) struct Hover {
    desk: Desk,
    timer: Timer,
}

impl Hover {
    /// For the reading view around the caller.
    pub(super) fn new(desk: Desk) -> Self {
        Self { desk, timer: Timer::new() }
    }

    /// The pointer is on the card: it stays.
    pub(super) fn stay(self) {
        self.timer.stop();
    }

    /// The pointer left: the card goes unless it is pinned.
    pub(super) fn leave(self) {
        let Self { desk, timer } = self;
        timer.start(GOES, move || {
            if desk
                .card
                .try_with_untracked(|card| card.as_ref().is_some_and(|opened| !opened.pinned))
                == Some(true)
            {
                desk.card.set(None);
            }
        });
    }

    fn come(self, place: Place) {
        let Self { desk, timer } = self;
        let pinned =
            desk.card.with_untracked(|card| card.as_ref().is_some_and(|opened| opened.pinned));
        if pinned {
            return;
        }
        timer.start(COMES, move || {
            desk.card.try_set(Some(Opened { place, pinned: false }));
        });
    }

    /// The mouse is over something.
    pub(super) fn pointer_over(self, event: &ev::PointerEvent) {
        if event.pointer_type() == "mouse"
            && let Some(place) = marked(event)
        {
            self.come(place);
        }
    }

    /// The mouse left something.
    pub(super) fn pointer_out(self, event: &ev::PointerEvent) {
        if event.pointer_type() == "mouse" && marked(event).is_some() {
            self.leave();
        }
    }

    /// Something got the focus; by keyboard its card comes as under the pointer.
    pub(super) fn focus_in(self, event: &ev::FocusEvent) {
        if self.desk.returning.get_value() {
            return;
        }
        let visible = |node: &HtmlElement| node.matches(":focus-visible").unwrap_or_default();
        if let Some(node) = go::around(event, MARKED).filter(visible)
            && let Some(place) = place_of(&node)
        {
            self.come(place);
        }
    }

    /// Something lost the focus.
    pub(super) fn focus_out(self, event: &ev::FocusEvent) {
        if marked(event).is_some() {
            self.leave();
        }
    }

    /// A press: markers pin their card, ways back lead back.
    pub(super) fn press(self, event: &ev::MouseEvent) {
        // With a modifier the reader asks the browser for a tab or a download, not for a card.
        if event.ctrl_key() || event.meta_key() || event.shift_key() {
            return;
        }
        if let Some(place) = marked(event) {
            event.prevent_default();
            self.timer.stop();
            self.desk.card.update(|card| {
                let open =
                    card.as_ref().is_some_and(|opened| opened.pinned && opened.place == place);
                *card = (!open).then_some(Opened { place, pinned: true });
            });
        } else if let Some(link) = go::around(event, "[data-to]") {
            event.prevent_default();
            self.desk.card.set(None);
            self.desk.go_back_to(&link.dataset().get("to").unwrap_or_default());
        }
    }
}

fn marked(event: &web_sys::Event) -> Option<Place> {
    place_of(&go::around(event, MARKED)?)
}

fn place_of(node: &HtmlElement) -> Option<Place> {
    let data = node.unchecked_ref::<HtmlElement>().dataset();
    let cited = match (data.get("field"), data.get("at")) {
        (Some(field), _) => Cited::Field(field),
        (None, Some(at)) => {
            Cited::Marker(at.parse().ok()?, data.get("source").and_then(|id| id.parse().ok()))
        }
        (None, None) => return None,
    };
    Some(Place { node: node.id(), cited })
}
