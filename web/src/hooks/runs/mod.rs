//! Runs: asked here, followed by one tab, kept in this browser, shown everywhere.
//!
//! [`Runs`] is what pages use. Behind it, `desk` knows every run of this browser; `follow` carries
//! one run on over `paced`; `lock` says which tab does so for all, and `tabs` is how it tells the
//! others.

mod desk;
mod follow;
mod list;
mod lock;
mod paced;
mod publish;
mod tabs;
mod trigger;

use std::{rc::Rc, sync::Arc};

use fathom_core::Task;
use leptos::prelude::*;

use crate::state::{history::Summary, run::RunState};
use desk::Desk;

pub use trigger::Trigger;

/// A run that a page has opened.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Opened {
    /// It is being looked for.
    #[default]
    Loading,
    /// It could not be found; why.
    Missing(String),
    /// Here it is.
    Run(Arc<RunState>),
}

/// The runs of this browser. A handle; copies are the same.
#[derive(Clone, Copy, Debug)]
pub struct Runs {
    desk: StoredValue<Rc<Desk>, LocalStorage>,
    list: RwSignal<Vec<Summary>>,
    older: RwSignal<Option<String>>,
    notice: RwSignal<Option<String>>,
    ready: RwSignal<bool>,
    loading: RwSignal<Opened>,
}

/// Provides the runs, opens what is stored, and goes on with what has not ended.
pub fn provide_runs() -> Runs {
    let (list, older, notice) = (RwSignal::default(), RwSignal::default(), RwSignal::default());
    let ready = RwSignal::new(false);
    let desk = Desk::open(desk::Signs { list, older, notice, ready });
    let runs = Runs {
        desk: StoredValue::new_local(desk),
        list,
        older,
        notice,
        ready,
        loading: RwSignal::default(),
    };
    provide_context(runs);
    runs
}

/// The runs of this browser.
pub fn use_runs() -> Runs {
    expect_context()
}

impl Runs {
    /// Asks, and returns the id of the run. What is asked is written down before this returns.
    pub fn start(self, task: Task) -> String {
        self.desk.with_value(|desk| desk.start(task))
    }

    /// The run of that id, ours or the provider's. Reads a signal: call it where that is tracked.
    pub fn open(self, id: &str) -> RwSignal<Opened> {
        let known = self.desk.with_value(|desk| desk.known(id));
        match known {
            Some(known) => known,
            None if self.ready.get() => self.desk.with_value(|desk| desk.load(id)),
            None => self.loading,
        }
    }

    /// Ends a run early; what has been found is kept.
    pub fn cancel(self, id: &str) {
        self.desk.with_value(|desk| desk.cancel(id));
    }

    /// Every run that is known of, newest first.
    pub fn list(self) -> Signal<Vec<Summary>> {
        self.list.into()
    }

    /// Asks the program for its newest runs, or, with words, for those whose question holds them.
    pub fn refresh_list(self, words: Option<String>) {
        self.desk.with_value(|desk| list::refresh(desk, words));
    }

    /// Whether the program has older runs than are listed.
    pub fn has_more(self) -> bool {
        self.older.with(Option::is_some)
    }

    /// Asks the program for older runs.
    pub fn load_more(self) {
        if let Some(cursor) = self.older.get_untracked() {
            self.desk.with_value(|desk| list::go_on(desk, cursor));
        }
    }

    /// What is to be said about this browser's storage, when it does not keep what it should.
    pub fn storage_notice(self) -> Signal<Option<String>> {
        self.notice.into()
    }
}
