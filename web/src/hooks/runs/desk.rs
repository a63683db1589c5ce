//! Every run of this browser, and who follows it.

use std::{
    cell::{Cell, OnceCell, RefCell},
    collections::HashMap,
    rc::Rc,
    time::Duration,
};

use fathom_core::{
    Access, Error, ErrorKind, Provider, Task, Transport, Warning,
    providers::{
        self,
        local::{Local, request, wire::RunView},
    },
};
use leptos::{prelude::*, task::spawn_local};

use super::{
    Opened, Trigger,
    face::{HandedKey, RunsDesk, Signs},
    follow::Follower,
    list,
    lock::{self, Way},
    paced::Paced,
    publish::Published,
    tabs::{Message, Tabs},
};
use crate::{
    hooks::{ask::ask, clock::now_ms, vendor_keys::VendorKeys},
    state::{
        history::{Summary, merge},
        run::{Phase, RunState},
        saved::{Intent, Saved},
        stored::Stored,
    },
    storage::{
        journal,
        shelf::{Shelf, Trouble},
    },
};

/// How long the tab that leads may take to answer before this one leads.
const PATIENCE: Duration = Duration::from_secs(3);

/// Every run of this browser.
#[derive(Debug)]
pub(super) struct Desk {
    signs: Signs,
    owner: Owner,
    transport: Paced,
    keys: VendorKeys,
    tabs: OnceCell<Tabs>,
    shelf: RefCell<Option<Shelf>>,
    opened: Trigger,
    leads: Cell<bool>,
    runs: RefCell<HashMap<String, Entry>>,
    /// Our ids by the provider's.
    ours: RefCell<HashMap<String, String>>,
    followers: RefCell<HashMap<String, Rc<Follower>>>,
    local: RefCell<HashMap<String, Summary>>,
    server: RefCell<HashMap<String, Summary>>,
}

/// A run that is open in this tab.
#[derive(Clone, Debug)]
struct Entry {
    shown: RwSignal<Opened>,
    run: Option<Rc<Published>>,
    /// Whether the tab that leads has said anything of it.
    heard: bool,
}

impl Desk {
    /// Opens the desk: reads what is stored, and waits to lead.
    pub(super) fn open(signs: Signs, owner: Owner, keys: VendorKeys) -> Rc<dyn RunsDesk> {
        let desk = Rc::new(Self {
            signs,
            owner,
            transport: Paced::with(keys.clone()),
            keys,
            tabs: OnceCell::new(),
            shelf: RefCell::default(),
            opened: Trigger::default(),
            leads: Cell::new(false),
            runs: RefCell::default(),
            ours: RefCell::default(),
            followers: RefCell::default(),
            local: RefCell::default(),
            server: RefCell::default(),
        });
        let hearing = Rc::downgrade(&desk);
        let tabs = Tabs::open(move |message| {
            if let Some(desk) = hearing.upgrade() {
                desk.hear(message);
            }
        });
        // The cell is new, so it is empty.
        let _ = desk.tabs.set(tabs);
        spawn_local(Rc::clone(&desk).unpack());
        spawn_local(Rc::clone(&desk).lead(Way::Wait));
        desk
    }

    pub(super) fn transport(&self) -> Paced {
        self.transport.clone()
    }

    pub(super) fn set_older(&self, cursor: Option<String>) {
        self.signs.older.try_set(cursor);
    }

    /// Stores a run and tells the other tabs of it.
    pub(super) async fn keep(&self, stored: Stored) {
        let id = stored.saved.intent.id.clone();
        self.note(&stored);
        self.tell_others(&stored);
        let shelf = self.shelf.borrow().clone();
        let kept = match shelf {
            Some(shelf) => shelf.put(&stored).await,
            None => Err(Trouble::Denied),
        };
        if kept == Err(Trouble::Full) {
            self.signs.say("This browser has no room left. New runs and reports stay with the program and can be opened from the history.");
        }
        let is_safe = kept.is_ok() && stored.saved.job.is_some();
        if is_safe || stored.saved.phase.is_final() {
            journal::forget(&id);
        }
    }

    pub(super) fn tell_others(&self, stored: &Stored) {
        self.tell(&Message::Run(Box::new(stored.clone())));
    }

    /// Adds what the program's list says.
    pub(super) fn add_from_server(&self, runs: Vec<Summary>) {
        self.server.borrow_mut().extend(runs.into_iter().map(|run| (run.id.clone(), run)));
        self.show_list();
    }

    /// Opens the run of that id: from the shelf, or else from the program.
    async fn look_for(self: Rc<Self>, id: String) {
        match self.find(&id).await {
            // Somebody else was faster, and knows more.
            Ok(_) if self.open_run(&id).is_some() => {}
            Ok(stored) => {
                self.show(&stored);
                if !stored.saved.phase.is_final() {
                    self.take_up(stored);
                }
            }
            Err(words) => {
                let entry = self.runs.borrow_mut().remove(&id);
                // The next page that opens it looks again.
                if let Some(entry) = entry {
                    entry.shown.try_set(Opened::Missing(words));
                }
            }
        }
    }

    /// Reads what is stored.
    async fn unpack(self: Rc<Self>) {
        match Shelf::open().await {
            Ok(shelf) => {
                for saved in shelf.all().await.unwrap_or_default() {
                    self.note_saved(&saved);
                }
                self.shelf.replace(Some(shelf));
            }
            Err(_) => self.signs.say("This browser stores nothing for this page. Runs stay with the program and can be opened from the history."),
        }
        for intent in journal::all() {
            let saved = Saved::intended(intent);
            let known = self.local.borrow().contains_key(&saved.intent.id);
            if !known {
                self.note_saved(&saved);
                // The page that wrote it may have died before it told the tab that leads.
                let stored = Stored { saved, ..Stored::default() };
                self.tell(&Message::Follow(Box::new(stored)));
            }
        }
        self.show_list();
        self.opened.fire();
        self.signs.ready.try_set(true);
    }

    /// Leads as long as this tab may, and goes on with everything that has not ended.
    async fn lead(self: Rc<Self>, way: Way) {
        loop {
            let desk = Rc::clone(&self);
            lock::hold(way, move || {
                desk.leads.set(true);
                spawn_local(desk.go_on_with_all());
            })
            .await;
            self.leads.set(false);
            for (_, follower) in self.followers.take() {
                follower.stop();
            }
            // Whoever stole has waited in vain before; the ordinary way is still being waited for.
            if way == Way::Steal {
                return;
            }
        }
    }

    async fn go_on_with_all(self: Rc<Self>) {
        self.opened.fired().await;
        let shelf = self.shelf.borrow().clone();
        let mut left: HashMap<String, Stored> = HashMap::new();
        for intent in journal::all() {
            let saved = Saved::intended(intent);
            left.insert(saved.intent.id.clone(), Stored { saved, ..Stored::default() });
        }
        let open: Vec<Stored> = self.open_runs();
        left.extend(open.into_iter().map(|stored| (stored.saved.intent.id.clone(), stored)));
        if let Some(shelf) = shelf {
            for saved in shelf.all().await.unwrap_or_default() {
                let is_over = saved.phase.is_final();
                let id = saved.intent.id;
                if is_over {
                    left.remove(&id);
                } else if let Ok(Some(stored)) = shelf.get(&id).await {
                    left.insert(id, stored);
                }
            }
        }
        for stored in left.into_values().filter(|stored| !stored.saved.phase.is_final()) {
            self.follow(stored);
        }
    }

    fn open_runs(&self) -> Vec<Stored> {
        let runs = self.runs.borrow();
        let runs = runs.values().filter_map(|entry| entry.run.as_ref());
        runs.map(|run| Stored::of(&run.run.borrow(), None)).collect()
    }

    /// Follows a run, or asks the tab that leads to do so.
    fn take_up(self: &Rc<Self>, stored: Stored) {
        if self.leads.get() {
            return self.follow(stored);
        }
        let id = stored.saved.intent.id.clone();
        self.tell(&Message::Follow(Box::new(stored)));
        let desk = Rc::clone(self);
        spawn_local(async move {
            desk.transport.sleep(PATIENCE).await;
            let heard = desk.runs.borrow().get(&id).is_some_and(|entry| entry.heard);
            if !heard && !desk.leads.get() {
                desk.lead(Way::Steal).await;
            }
        });
    }

    /// Follows a run, unless that is done already.
    fn follow(self: &Rc<Self>, stored: Stored) {
        let id = stored.saved.intent.id.clone();
        if self.followers.borrow().contains_key(&id) {
            return;
        }
        let run = self.show(&stored);
        let follower = Rc::new(Follower::new(run, &stored));
        self.followers.borrow_mut().insert(id.clone(), Rc::clone(&follower));
        let desk = Rc::clone(self);
        spawn_local(async move {
            follower.follow(&stored, &Rc::downgrade(&desk)).await;
            let mut followers = desk.followers.borrow_mut();
            if followers.get(&id).is_some_and(|known| Rc::ptr_eq(known, &follower)) {
                followers.remove(&id);
            }
        });
    }

    /// Takes a key, and goes on with what may have waited for it.
    fn take_key(self: &Rc<Self>, key: &HandedKey) {
        // Whoever handed it has checked it.
        let _ = self.keys.put(&key.vendor, &key.key);
        if self.leads.get() {
            spawn_local(Rc::clone(self).go_on_with_all());
        }
    }

    fn cancel_followed(&self, id: &str) {
        if let Some(follower) = self.followers.borrow().get(id) {
            follower.cancel();
        }
    }

    fn hear(self: &Rc<Self>, message: Message) {
        match message {
            Message::Follow(stored) if self.leads.get() => {
                let id = stored.saved.intent.id.clone();
                self.follow(*stored);
                // Whoever asks takes silence for a tab that leads no longer.
                if let Some(run) = self.open_run(&id) {
                    self.tell_others(&Stored::of(&run.run.borrow(), None));
                }
            }
            Message::Key(key) => self.take_key(&key),
            Message::Cancel(id) if self.leads.get() => Rc::clone(self).cancel(&id),
            Message::Run(stored) if !self.leads.get() => {
                self.note(&stored);
                let id = &stored.saved.intent.id;
                if let Some(entry) = self.runs.borrow_mut().get_mut(id) {
                    entry.heard = true;
                }
                if self.open_run(id).is_some() {
                    self.show(&stored);
                }
            }
            _ => {}
        }
    }

    async fn find(&self, id: &str) -> Result<Stored, String> {
        let shelf = self.shelf.borrow().clone();
        if let Some(shelf) = shelf
            && let Ok(Some(stored)) = shelf.get(id).await
        {
            return Ok(stored);
        }
        if let Some(intent) = journal::all().into_iter().find(|intent| intent.id == id) {
            return Ok(Stored { saved: Saved::intended(intent), ..Stored::default() });
        }
        match ask::<RunView>(&request::run(id, &Access::default())).await {
            Ok(view) => Ok(Stored::adopted(view, &Local.info().id, now_ms())),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                Err("Neither this browser nor the program knows this run.".to_owned())
            }
            Err(error) => Err(["The program could not be asked. ", error.message()].concat()),
        }
    }

    /// Shows a run as it stands, in the signal that pages have.
    fn show(&self, stored: &Stored) -> Rc<Published> {
        self.note(stored);
        let id = &stored.saved.intent.id;
        let shown = self.entry(id).shown;
        let known = self.open_run(id);
        let run = match known {
            Some(known) => {
                known.run.replace(stored.clone().state());
                known.show();
                known
            }
            None => Published::new(stored.clone().state(), shown),
        };
        if let Some(entry) = self.runs.borrow_mut().get_mut(id) {
            entry.run = Some(Rc::clone(&run));
        }
        run
    }

    fn entry(&self, id: &str) -> Entry {
        let fresh = || Entry { shown: self.owner.with(RwSignal::default), run: None, heard: false };
        self.runs.borrow_mut().entry(id.to_owned()).or_insert_with(fresh).clone()
    }

    fn open_run(&self, id: &str) -> Option<Rc<Published>> {
        self.runs.borrow().get(id).and_then(|entry| entry.run.clone())
    }

    /// Our id for a run that is named by either id.
    fn our_id(&self, id: &str) -> String {
        self.ours.borrow().get(id).cloned().unwrap_or_else(|| id.to_owned())
    }

    fn note(&self, stored: &Stored) {
        self.note_saved(&stored.saved);
        self.show_list();
    }

    fn note_saved(&self, saved: &Saved) {
        let id = &saved.intent.id;
        if let Some(job) = &saved.job {
            self.ours.borrow_mut().insert(job.clone(), id.clone());
        }
        self.local.borrow_mut().insert(id.clone(), Summary::from(saved));
    }

    fn show_list(&self) {
        let values =
            |runs: &RefCell<HashMap<String, Summary>>| runs.borrow().values().cloned().collect();
        self.signs.list.try_set(merge(values(&self.local), values(&self.server)));
    }

    fn tell(&self, message: &Message) {
        if let Some(tabs) = self.tabs.get() {
            tabs.tell(message);
        }
    }
}

impl RunsDesk for Desk {
    fn begin(self: Rc<Self>, intent: Intent) {
        // A desk that has just been opened may have found it among what is written down.
        if self.open_run(&intent.id).is_some() {
            return;
        }
        let stored = Stored { saved: Saved::intended(intent), ..Stored::default() };
        self.show(&stored);
        self.take_up(stored);
    }

    fn known(&self, id: &str) -> Option<RwSignal<Opened>> {
        let id = self.our_id(id);
        self.runs.borrow().get(&id).map(|entry| entry.shown)
    }

    fn load(self: Rc<Self>, id: &str) -> RwSignal<Opened> {
        if let Some(known) = self.known(id) {
            return known;
        }
        let id = self.our_id(id);
        let shown = self.entry(&id).shown;
        spawn_local(self.look_for(id));
        shown
    }

    fn cancel(self: Rc<Self>, id: &str) {
        let id = self.our_id(id);
        let follower = self.followers.borrow().get(&id).cloned();
        match follower {
            Some(follower) => follower.cancel(),
            None if self.leads.get() => {
                let stored = self.open_run(&id).map(|run| Stored::of(&run.run.borrow(), None));
                if let Some(stored) = stored {
                    self.follow(stored);
                    self.cancel_followed(&id);
                }
            }
            None => {
                if let Some(run) = self.open_run(&id) {
                    run.update(RunState::cancelling);
                }
                self.tell(&Message::Cancel(id));
            }
        }
    }

    fn check(&self, provider: &str, task: &Task) -> Result<Vec<Warning>, Error> {
        providers::find(provider).map_or(Ok(Vec::new()), |provider| provider.check(task))
    }

    fn adopt(self: Rc<Self>, intent: Intent, job: String) {
        let saved = Saved {
            checkpoint: Some(intent.submitted(&job)),
            job: Some(job),
            phase: Phase::Queued,
            ..Saved::intended(intent)
        };
        let stored = Stored { saved, ..Stored::default() };
        self.show(&stored);
        let kept = stored.clone();
        let desk = Rc::clone(&self);
        spawn_local(async move { desk.keep(kept).await });
        self.take_up(stored);
    }

    fn key_given(self: Rc<Self>, key: HandedKey) {
        self.take_key(&key);
        self.tell(&Message::Key(key));
    }

    fn list(self: Rc<Self>, words: Option<String>) {
        list::refresh(&self, words);
    }

    fn list_after(self: Rc<Self>, cursor: String) {
        list::go_on(&self, cursor);
    }
}
