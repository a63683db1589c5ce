//! The face of the desk: all that the module of the first page knows of it.

use std::{
    fmt::{self, Debug},
    rc::Rc,
};

use fathom_core::{Error, Task, Warning};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

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

    /// What the provider of that id would refuse, and what it would only ignore.
    fn check(&self, provider: &str, task: &Task) -> Result<Vec<Warning>, Error>;

    /// Follows a job that was submitted elsewhere, as the run of the intent.
    fn adopt(self: Rc<Self>, intent: Intent, job: String);

    /// Hands a key on to the other tabs, and goes on with what waited for it.
    fn key_given(self: Rc<Self>, key: HandedKey);

    /// Asks for the newest runs, or for the newest whose question holds these words.
    fn list(self: Rc<Self>, words: Option<String>);

    /// Asks for the runs after `cursor`.
    fn list_after(self: Rc<Self>, cursor: String);
}

/// A key on its way from tab to tab. It is never stored.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct HandedKey {
    pub(super) vendor: String,
    pub(super) key: String,
}

impl Debug for HandedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HandedKey(")?;
        f.write_str(&self.vendor)?;
        f.write_str(")")
    }
}
