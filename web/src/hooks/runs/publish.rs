//! Showing a run that changes faster than anybody sees.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    sync::Arc,
    time::Duration,
};

use leptos::prelude::*;

use super::Opened;
use crate::state::run::RunState;

/// How often a page that cannot be seen is brought up to date.
const HIDDEN: Duration = Duration::from_millis(500);

/// A run, and the signal in which it is shown at most once a frame.
#[derive(Debug)]
pub(super) struct Published {
    /// The run as it is.
    pub(super) run: RefCell<RunState>,
    shown: RwSignal<Opened>,
    due: Cell<bool>,
}

impl Published {
    pub(super) fn new(run: RunState, shown: RwSignal<Opened>) -> Rc<Self> {
        let published = Self { run: RefCell::new(run), shown, due: Cell::new(false) };
        published.show();
        Rc::new(published)
    }

    /// Changes the run and shows it with the next frame.
    pub(super) fn update<T>(self: &Rc<Self>, change: impl FnOnce(&mut RunState) -> T) -> T {
        let result = change(&mut self.run.borrow_mut());
        if !self.due.replace(true) {
            let this = Rc::clone(self);
            let show = move || this.show();
            // A hidden page gets no frames, but its title still says how the run stands.
            if document().hidden() {
                set_timeout(show, HIDDEN);
            } else {
                request_animation_frame(show);
            }
        }
        result
    }

    /// Shows the run as it is.
    pub(super) fn show(&self) {
        self.due.set(false);
        let run = Arc::new(self.run.borrow().clone());
        self.shown.try_set(Opened::Run(run));
    }
}
