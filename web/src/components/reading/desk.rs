//! What the parts of the reading view share: the open card, the way back, what was checked.

use std::sync::Arc;

use fathom_core::Report;
use fathom_report::{Outline, Registry};
use leptos::prelude::*;

use super::{check::Checks, cited, go, pump::Drawn, state::ReadingState, support::Cited};

/// A place in the report whose evidence can be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The id of its node, to come back to.
    pub(super) node: String,
    /// What is cited there.
    pub(super) cited: Cited,
}

/// The card that is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Opened {
    /// For which place.
    pub(super) place: Place,
    /// Whether it stays until it is closed.
    pub(super) pinned: bool,
}

/// What the parts of one reading view share.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    /// The text.
    pub(super) state: Signal<ReadingState>,
    /// What has been drawn of it.
    pub(super) drawn: Drawn,
    /// The card.
    pub(super) card: RwSignal<Option<Opened>>,
    /// The node that the reader left by a jump.
    pub(super) back: RwSignal<Option<String>>,
    /// What is known of the quotes.
    pub(super) checks: RwSignal<Checks>,
    /// The width of the window, which moves the lines.
    pub(super) width: RwSignal<f64>,
    /// Whether the focus is being put back, which must not open the card again.
    pub(super) returning: StoredValue<bool>,
}

impl Desk {
    /// A desk for a text of which nothing is drawn yet; call it within a component.
    pub(super) fn new(state: Signal<ReadingState>) -> Self {
        Self {
            state,
            drawn: Drawn::nothing(),
            card: RwSignal::new(None),
            back: RwSignal::new(None),
            checks: RwSignal::default(),
            width: RwSignal::new(0.0),
            returning: StoredValue::new(false),
        }
    }

    /// The desk of the reading view around the caller.
    pub(super) fn of_view() -> Self {
        expect_context()
    }

    /// The report, once there is one.
    pub(super) fn report(self) -> Option<Arc<Report>> {
        self.state.with(|state| state.report().cloned())
    }

    /// The registry of the moment.
    pub(super) fn registry(self) -> Arc<Registry> {
        self.drawn.registry.get()
    }

    /// The headings of the moment.
    pub(super) fn outline(self) -> Outline {
        self.drawn.outline.get()
    }

    /// Closes the card; the focus goes back to its marker when it was inside.
    pub(super) fn close_card(self) {
        if let Some(opened) = self.card.try_update(Option::take).flatten()
            && opened.pinned
        {
            self.returning.set_value(true);
            go::focus(&opened.place.node);
            self.returning.set_value(false);
        }
    }
}

/// The class of a place the reader came from or was led to.
const ORIGIN: &str = "origin";

impl Desk {
    /// Leads from a marker to the entry of its source: the marker is highlighted, the way back
    /// stays, and the focus is on the entry's own link back.
    pub(super) fn jump(self, entry: &str, from: &str) {
        self.card.set(None);
        unmark();
        mark(from);
        if go::to(entry) {
            self.back.set(Some(from.to_owned()));
            let way_back = format!("#{entry} [data-to='{from}']");
            // The link may have been folded away; it is drawn before the next frame.
            request_animation_frame(move || go::focus_first(&way_back));
        }
    }

    /// Leads back to a marker and highlights it; false when it is not (yet) on the page.
    pub(super) fn go_back_to(self, node: &str) -> bool {
        unmark();
        mark(node);
        self.returning.set_value(true);
        let found = go::to(node);
        self.returning.set_value(false);
        self.back.set(None);
        found
    }

    /// The id of the node of a cited place.
    pub(super) fn node_of(self, cited: &Cited) -> Option<String> {
        cited::node(cited, &self.registry())
    }
}

fn mark(node: &str) {
    if let Some(node) = go::node(node) {
        // Only a malformed class name could be refused.
        let _ = node.class_list().add_1(ORIGIN);
    }
}

fn unmark() {
    if let Some(root) = document().document_element() {
        for node in go::all(&root, ".origin") {
            let _ = node.class_list().remove_1(ORIGIN);
        }
    }
}
