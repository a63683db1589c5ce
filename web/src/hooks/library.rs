//! How the library stands.

use std::time::Duration;

use fathom_core::{
    Access, Error, Transport,
    providers::local::{
        request,
        wire::{LibraryState, LibraryView},
    },
};
use fathom_fetch::Fetch;
use leptos::{prelude::*, task::spawn_local};

use super::ask::ask;

/// What the program says of its library; nothing before its first answer.
pub type LibraryAnswer = Option<Result<LibraryView, Error>>;

#[derive(Clone, Copy)]
struct Library(RwSignal<LibraryAnswer>);

/// Asks how the library stands until it is ready, or the page is left.
pub fn provide_library() {
    let library = RwSignal::new(None);
    provide_context(Library(library));
    spawn_local(async move {
        loop {
            let answer = ask::<LibraryView>(&request::library(&Access::default())).await;
            let pause = pause(&answer);
            // The page has been left when the signal is gone.
            if library.try_set(Some(answer)).is_some() {
                return;
            }
            match pause {
                Some(pause) => Fetch::new().sleep(pause).await,
                None => return,
            }
        }
    });
}

/// When to ask again.
fn pause(answer: &Result<LibraryView, Error>) -> Option<Duration> {
    match answer {
        Ok(view) if view.state == LibraryState::Ready => None,
        Ok(_) => Some(Duration::from_millis(500)),
        Err(_) => Some(Duration::from_secs(3)),
    }
}

/// How the library stands.
pub fn use_library() -> Signal<LibraryAnswer> {
    use_context::<Library>().map_or_else(|| Signal::stored(None), |Library(library)| library.into())
}
