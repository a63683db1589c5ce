//! Stored documents, fetched once each.

use std::{collections::HashMap, fmt, future::Future, pin::Pin, rc::Rc, sync::Arc};

use fathom_core::StoredDocument;
use leptos::prelude::*;

/// Why there is no document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Absent {
    /// The library holds no such document.
    Gone,
    /// It could not be asked; with what to tell the reader.
    Unreachable(String),
}

impl fmt::Display for Absent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gone => f.write_str("The library no longer holds this document."),
            Self::Unreachable(why) => write!(f, "The library could not be asked: {why}"),
        }
    }
}

type Fetched = Pin<Box<dyn Future<Output = Result<StoredDocument, Absent>>>>;
type Fetch = Rc<dyn Fn(String) -> Fetched>;

/// Where the reading view gets stored documents from; provide it as context.
#[derive(Clone, Copy, Debug)]
pub struct Library {
    fetch: StoredValue<Fetching, LocalStorage>,
    shelf: StoredValue<HashMap<String, Arc<StoredDocument>>>,
}

#[derive(Clone)]
struct Fetching(Fetch);

impl fmt::Debug for Fetching {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fetching")
    }
}

impl Library {
    /// A library that asks `fetch` for documents by their id.
    pub fn new<F>(fetch: impl Fn(String) -> F + 'static) -> Self
    where
        F: Future<Output = Result<StoredDocument, Absent>> + 'static,
    {
        let fetch: Fetch = Rc::new(move |id| Box::pin(fetch(id)));
        Self { fetch: StoredValue::new_local(Fetching(fetch)), shelf: StoredValue::default() }
    }

    /// The document with an id.
    ///
    /// # Errors
    ///
    /// When it is gone or the library cannot be asked.
    pub async fn document(self, id: &str) -> Result<Arc<StoredDocument>, Absent> {
        let closed = || Absent::Unreachable("the page was left".to_owned());
        if let Some(known) = self.shelf.try_with_value(|shelf| shelf.get(id).cloned()).flatten() {
            return Ok(known);
        }
        let Fetching(fetch) = self.fetch.try_get_value().ok_or_else(closed)?;
        let document = Arc::new(fetch(id.to_owned()).await?);
        self.shelf.try_update_value(|shelf| shelf.insert(id.to_owned(), Arc::clone(&document)));
        Ok(document)
    }
}
