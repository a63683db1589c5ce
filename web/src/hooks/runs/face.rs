//! The face of the desk: all that the module of the first page knows of it.

use std::{fmt::Debug, rc::Rc};

use leptos::prelude::*;

use super::Opened;
use crate::state::{history::Summary, saved::Intent};

/// Where the desk shows what pages want to see.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Signs {
    pub(super) list: RwSignal<Vec<Summary>>,
    pub(super) older: RwSignal<Option<String>>,
    pub(super) notice: RwSignal<Option<String>>,
    pub(super) ready: RwSignal<bool>,
}

impl Signs {
    pub(super) fn say(self, words: &str) {
        self.notice.try_set(Some(words.to_owned()));
    }
}

/// Every run of this browser. An object and never a type, so that its code is only in its module.
pub(super) trait RunsDesk: Debug {
    /// Shows and follows what has been written down.
    fn begin(self: Rc<Self>, intent: Intent);

    /// The run of that id, if it is open.
    fn known(&self, id: &str) -> Option<RwSignal<Opened>>;

    /// The run of that id; opens it from the shelf, or else from the program.
    fn load(self: Rc<Self>, id: &str) -> RwSignal<Opened>;

    /// Ends a run early, whoever follows it.
    fn cancel(self: Rc<Self>, id: &str);

    /// Asks for the newest runs, or for the newest whose question holds these words.
    fn list(self: Rc<Self>, words: Option<String>);

    /// Asks for the runs after `cursor`.
    fn list_after(self: Rc<Self>, cursor: String);
}
