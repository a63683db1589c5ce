//! Runs, events and reports in IndexedDB.
//!
//! Values are JSON text: what is stored reads the same in every version of the app, and the tools
//! of the browser can show it. A promise is resolved by the event handler itself, so that no
//! closure has to be kept alive for a request.

use fathom_core::Report;
use js_sys::{Array, Promise};
use leptos::prelude::window;
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, IdbDatabase, IdbOpenDbRequest, IdbRequest, IdbTransaction, IdbTransactionMode,
};

use crate::state::{
    saved::Saved,
    stored::{Log, Stored},
};

const NAME: &str = "fathom";
const VERSION: u32 = 1;
const RUNS: &str = "runs";
const EVENTS: &str = "events";
const REPORTS: &str = "reports";
const STORES: [&str; 3] = [RUNS, EVENTS, REPORTS];

/// Why something could not be stored or read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The browser keeps nothing for this page.
    Denied,
    /// There is no room left.
    Full,
    /// Anything else: the page goes on without.
    Failed,
}

/// The stored runs of this browser.
#[derive(Clone, Debug)]
pub struct Shelf {
    database: IdbDatabase,
}

impl Shelf {
    /// Opens the shelf, and makes it when it is not there yet.
    ///
    /// # Errors
    /// When the browser keeps nothing.
    pub async fn open() -> Result<Self, Trouble> {
        let factory = window().indexed_db().ok().flatten().ok_or(Trouble::Denied)?;
        let request = factory.open_with_u32(NAME, VERSION).map_err(|_| Trouble::Denied)?;
        let upgrade = Closure::once(make_stores);
        request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
        let database = answer(&request).await?;
        let database: IdbDatabase = database.dyn_into().map_err(|_| Trouble::Failed)?;
        make_way(&database);
        Ok(Self { database })
    }

    /// Stores a run, in one transaction: its events never get ahead of its checkpoint.
    ///
    /// # Errors
    /// When it was not stored; what was there before is then unchanged.
    pub async fn put(&self, run: &Stored) -> Result<(), Trouble> {
        let transaction = self.transaction(IdbTransactionMode::Readwrite)?;
        let id = JsValue::from_str(&run.saved.intent.id);
        put(&transaction, RUNS, &id, &run.saved)?;
        put(&transaction, EVENTS, &id, &run.log)?;
        if let Some(report) = &run.report {
            put(&transaction, REPORTS, &id, report)?;
        }
        committed(&transaction).await
    }

    /// The run with one of our ids.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn get(&self, id: &str) -> Result<Option<Stored>, Trouble> {
        let transaction = self.transaction(IdbTransactionMode::Readonly)?;
        let id = JsValue::from_str(id);
        let ask = |store: &str| object_get(&transaction, store, &id);
        let (saved, log, report) = (ask(RUNS)?, ask(EVENTS)?, ask(REPORTS)?);
        let saved: Option<Saved> = read(&answer(&saved).await?);
        let log: Option<Log> = read(&answer(&log).await?);
        let report: Option<Report> = read(&answer(&report).await?);
        Ok(saved.map(|saved| Stored { saved, log: log.unwrap_or_default(), report }))
    }

    /// Every run, without events and reports. An entry that cannot be read is left out.
    ///
    /// # Errors
    /// When nothing can be read.
    pub async fn all(&self) -> Result<Vec<Saved>, Trouble> {
        let transaction = self.transaction(IdbTransactionMode::Readonly)?;
        let store = transaction.object_store(RUNS).map_err(|_| Trouble::Failed)?;
        let values = answer(&store.get_all().map_err(|_| Trouble::Failed)?).await?;
        let values: Array = values.dyn_into().map_err(|_| Trouble::Failed)?;
        Ok(values.iter().filter_map(|value| read(&value)).collect())
    }

    fn transaction(&self, mode: IdbTransactionMode) -> Result<IdbTransaction, Trouble> {
        let stores: Array = STORES.iter().map(|store| JsValue::from_str(store)).collect();
        let begun = self.database.transaction_with_str_sequence_and_mode(&stores, mode);
        begun.map_err(|_| Trouble::Failed)
    }
}

fn make_stores(event: web_sys::Event) {
    let request = event.target().and_then(|target| target.dyn_into::<IdbOpenDbRequest>().ok());
    let database = request.and_then(|request| request.result().ok());
    let Some(database) = database.and_then(|result| result.dyn_into::<IdbDatabase>().ok()) else {
        return;
    };
    for store in STORES {
        // A store that is missing is noticed when it is first used.
        let _ = database.create_object_store(store);
    }
}

/// Closes the shelf when a newer version of the app, in another tab, wants to rebuild it.
fn make_way(database: &IdbDatabase) {
    let closing = database.clone();
    let close = Closure::<dyn FnMut()>::new(move || closing.close());
    database.set_onversionchange(Some(close.as_ref().unchecked_ref()));
    // The shelf is open for as long as the page is.
    close.forget();
}

fn put(
    transaction: &IdbTransaction,
    store: &str,
    id: &JsValue,
    value: &impl Serialize,
) -> Result<(), Trouble> {
    let text = serde_json::to_string(value).map_err(|_| Trouble::Failed)?;
    let store = transaction.object_store(store).map_err(|_| Trouble::Failed)?;
    store.put_with_key(&JsValue::from_str(&text), id).map_err(|thrown| trouble(&thrown))?;
    Ok(())
}

fn object_get(
    transaction: &IdbTransaction,
    store: &str,
    id: &JsValue,
) -> Result<IdbRequest, Trouble> {
    let store = transaction.object_store(store).map_err(|_| Trouble::Failed)?;
    store.get(id).map_err(|_| Trouble::Failed)
}

fn read<T: DeserializeOwned>(value: &JsValue) -> Option<T> {
    serde_json::from_str(&value.as_string()?).ok()
}

/// Waits for the result of a request.
async fn answer(request: &IdbRequest) -> Result<JsValue, Trouble> {
    let settled = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    match JsFuture::from(settled).await {
        Ok(_) => request.result().map_err(|_| Trouble::Failed),
        Err(_) => Err(request.error().ok().flatten().map_or(Trouble::Failed, |error| kind(&error))),
    }
}

/// Waits until everything in a transaction is stored for good.
async fn committed(transaction: &IdbTransaction) -> Result<(), Trouble> {
    let settled = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    match JsFuture::from(settled).await {
        Ok(_) => Ok(()),
        Err(_) => Err(transaction.error().map_or(Trouble::Failed, |error| kind(&error))),
    }
}

fn trouble(thrown: &JsValue) -> Trouble {
    thrown.dyn_ref::<DomException>().map_or(Trouble::Failed, kind)
}

fn kind(error: &DomException) -> Trouble {
    match error.name().as_str() {
        "QuotaExceededError" => Trouble::Full,
        "SecurityError" | "InvalidStateError" => Trouble::Denied,
        _ => Trouble::Failed,
    }
}
