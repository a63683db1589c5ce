//! Runs: asked here, followed by one tab, kept in this browser, shown everywhere.
//!
//! [`Runs`] is what pages use. Behind it, in a module that the first page does not wait for, `desk`
//! knows every run of this browser; `follow` carries one run on over `paced`; `lock` says which tab
//! does so for all, and `tabs` is how it tells the others.

mod desk;
mod face;
mod follow;
mod list;
mod lock;
mod paced;
mod publish;
mod tabs;
mod trigger;

use std::{mem, rc::Rc, sync::Arc};

use fathom_core::{Error, Task, Warning, run};
use js_sys::Uint8Array;
use leptos::{
    prelude::*,
    task::spawn_local,
    wasm_split::{SplitLoaderError, wasm_split},
};

use super::{clock::now_ms, vendor_keys::VendorKeys};
use crate::{
    state::{history::Summary, run::RunState, saved::Intent},
    storage::journal,
};
use desk::Desk;
use face::{HandedKey, RunsDesk, Signs};

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
    desk: StoredValue<Way, LocalStorage>,
    owner: StoredValue<Owner>,
    keys: StoredValue<VendorKeys, LocalStorage>,
    /// Counts the keys given, so that pages see when there is one more.
    given: RwSignal<usize>,
    signs: Signs,
    loading: RwSignal<Opened>,
}

/// How far the desk is away.
#[derive(Debug)]
enum Way {
    /// Being fetched; with what it is to do first.
    Coming(Vec<Wish>),
    /// Here it is.
    Here(Rc<dyn RunsDesk>),
}

/// What is to be done as soon as the desk is there.
#[derive(Debug)]
enum Wish {
    Begin(Intent),
    Adopt(Intent, String),
    Key(HandedKey),
    Cancel(String),
    List(Option<String>),
}

/// Provides the runs, opens what is stored, and goes on with what has not ended.
pub fn provide_runs() -> Runs {
    let runs = Runs {
        desk: StoredValue::new_local(Way::Coming(Vec::new())),
        owner: StoredValue::new(Owner::current().unwrap_or_default()),
        keys: StoredValue::new_local(VendorKeys::default()),
        given: RwSignal::new(0),
        signs: Signs::default(),
        loading: RwSignal::default(),
    };
    provide_context(runs);
    spawn_local(runs.fetch());
    runs
}

/// The runs of this browser.
pub fn use_runs() -> Runs {
    expect_context()
}

#[wasm_split(runs, wasm_split_path = ::leptos::wasm_split, fallible)]
fn open_desk(
    signs: Signs,
    owner: StoredValue<Owner>,
    keys: VendorKeys,
) -> Result<Rc<dyn RunsDesk>, SplitLoaderError> {
    Ok(Desk::open(signs, owner.get_value(), keys))
}

impl Runs {
    /// Asks a provider, and returns the id of the run. What is asked is written down before this
    /// returns.
    pub fn start(self, provider: &str, task: Task) -> String {
        let intent = intent(provider, task);
        if journal::note(&intent).is_err() {
            self.signs.say("This browser keeps nothing for this page. A run goes on if the page is closed, but a question that is just being sent could be lost.");
        }
        let id = intent.id.clone();
        self.wish(Wish::Begin(intent));
        id
    }

    /// Takes over a job that was submitted elsewhere, and returns the id of its run here.
    ///
    /// # Errors
    /// When that cannot be the id of a job.
    pub fn adopt(self, provider: &str, job: &str) -> Result<String, Error> {
        let job = run::job_handle(job)?.0;
        let intent = intent(provider, Task::default());
        let id = intent.id.clone();
        self.wish(Wish::Adopt(intent, job));
        Ok(id)
    }

    /// What the provider would refuse, and what it would only ignore. Nothing as long as that
    /// cannot be known; reads a signal.
    pub fn check(self, provider: &str, task: &Task) -> Result<Vec<Warning>, Error> {
        self.signs.ready.track();
        self.with_desk(|desk| desk.check(provider, task)).unwrap_or(Ok(Vec::new()))
    }

    /// Takes a key for this visit.
    ///
    /// # Errors
    /// When it could not be sent, for example because it was copied with a line break.
    pub fn give_key(self, vendor: &str, key: &str) -> Result<(), Error> {
        self.keys.with_value(|keys| keys.put(vendor, key))?;
        self.given.update(|given| *given += 1);
        self.wish(Wish::Key(HandedKey { vendor: vendor.to_owned(), key: key.trim().to_owned() }));
        Ok(())
    }

    /// Whether this visit has a key; reads a signal.
    pub fn has_key(self, vendor: &str) -> bool {
        self.given.track();
        self.keys.with_value(|keys| keys.has(vendor))
    }

    /// The run of that id, ours or the provider's. Reads a signal: call it where that is tracked.
    pub fn open(self, id: &str) -> RwSignal<Opened> {
        if !self.signs.ready.get() {
            return self.known(id).unwrap_or(self.loading);
        }
        self.with_desk(|desk| Rc::clone(desk).load(id)).unwrap_or(self.loading)
    }

    /// Ends a run early; what has been found is kept.
    pub fn cancel(self, id: &str) {
        self.wish(Wish::Cancel(id.to_owned()));
    }

    /// Every run that is known of, newest first.
    pub fn list(self) -> Signal<Vec<Summary>> {
        self.signs.list.into()
    }

    /// Asks the program for its newest runs, or, with words, for those whose question holds them.
    pub fn refresh_list(self, words: Option<String>) {
        self.wish(Wish::List(words));
    }

    /// Whether the program has older runs than are listed.
    pub fn has_more(self) -> bool {
        self.signs.older.with(Option::is_some)
    }

    /// Asks the program for older runs.
    pub fn load_more(self) {
        if let Some(cursor) = self.signs.older.get_untracked() {
            self.with_desk(|desk| Rc::clone(desk).list_after(cursor));
        }
    }

    /// What is to be said about this browser's storage, when it does not keep what it should.
    pub fn storage_notice(self) -> Signal<Option<String>> {
        self.signs.notice.into()
    }

    fn known(self, id: &str) -> Option<RwSignal<Opened>> {
        self.with_desk(|desk| desk.known(id)).flatten()
    }

    fn with_desk<T>(self, work: impl FnOnce(&Rc<dyn RunsDesk>) -> T) -> Option<T> {
        let desk = self.desk.try_with_value(|way| match way {
            Way::Here(desk) => Some(Rc::clone(desk)),
            Way::Coming(_) => None,
        });
        desk.flatten().as_ref().map(work)
    }

    fn wish(self, wish: Wish) {
        let wish = self.desk.try_update_value(|way| match way {
            Way::Here(_) => Some(wish),
            Way::Coming(wishes) => {
                wishes.push(wish);
                None
            }
        });
        if let Some(wish) = wish.flatten() {
            self.with_desk(|desk| wish.grant(desk));
        }
    }

    /// Fetches the desk; what cannot be fetched now is tried again when the page is opened again.
    async fn fetch(self) {
        match open_desk(self.signs, self.owner, self.keys.get_value()).await {
            Ok(desk) => {
                let way = Way::Here(Rc::clone(&desk));
                let before = self.desk.try_update_value(|known| mem::replace(known, way));
                if let Some(Way::Coming(wishes)) = before {
                    wishes.into_iter().for_each(|wish| wish.grant(&desk));
                }
            }
            Err(_) => self.signs.say("A part of the app could not be loaded, so runs cannot be followed. What you ask is written down; reload the page when the program is reachable."),
        }
    }
}

impl Wish {
    fn grant(self, desk: &Rc<dyn RunsDesk>) {
        let desk = Rc::clone(desk);
        match self {
            Self::Begin(intent) => desk.begin(intent),
            Self::Adopt(intent, job) => desk.adopt(intent, job),
            Self::Key(key) => desk.key_given(key),
            Self::Cancel(id) => desk.cancel(&id),
            Self::List(words) => desk.list(words),
        }
    }
}

fn intent(provider: &str, task: Task) -> Intent {
    Intent { id: new_id(), provider: provider.to_owned(), task, created_ms: now_ms() }
}

/// An id that no other run has.
fn new_id() -> String {
    let bytes = Uint8Array::new_with_length(16);
    // Browsers without it are older than WebAssembly.
    if let Ok(crypto) = window().crypto() {
        let _ = crypto.get_random_values_with_array_buffer_view(&bytes);
    }
    bytes.to_vec().iter().map(|byte| format!("{byte:02x}")).collect()
}
