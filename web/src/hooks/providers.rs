//! Whom this program can ask.

use fathom_core::{
    Access, Info, Provider,
    providers::local::{Local, request, wire::ProvidersView},
};
use leptos::{prelude::*, task::spawn_local};

use super::ask::ask;

/// Whom this program can ask. A handle; copies are the same.
#[derive(Clone, Copy, Debug)]
pub struct Providers(RwSignal<Vec<Info>>);

/// Asks once; until there is an answer only the library is known.
pub fn provide_providers() -> Providers {
    let known = RwSignal::new(vec![Local.info().clone()]);
    provide_context(Providers(known));
    spawn_local(async move {
        let answer = ask::<ProvidersView>(&request::providers(&Access::default())).await;
        // A program that does not answer is told of by everything else on the page.
        if let Ok(view) = answer
            && !view.providers.is_empty()
        {
            known.try_set(view.providers);
        }
    });
    Providers(known)
}

/// Whom this program can ask.
pub fn use_providers() -> Providers {
    expect_context()
}

impl Providers {
    /// All of them, in the program's order.
    pub fn all(self) -> Vec<Info> {
        self.0.get()
    }

    /// What is known of one.
    pub fn find(self, id: &str) -> Option<Info> {
        self.0.with(|known| known.iter().find(|info| info.id == id).cloned())
    }
}
