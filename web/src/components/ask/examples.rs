//! What could be asked here.

use fathom_core::{
    Error, Provider,
    providers::local::{
        Local,
        wire::{LibraryState, LibraryView},
    },
};
use leptos::prelude::*;

use super::Writing;
use crate::{
    hooks::{library::use_library, providers::use_providers},
    state::format,
};

/// Questions that this library can answer; one is taken over by pressing it.
#[component]
pub fn Examples(
    /// Called when an example has been taken over.
    taken: Callback<()>,
) -> impl IntoView {
    let library = use_library();
    let writing = expect_context::<Writing>();
    let examples = Memo::new(move |_| {
        library.with(|answer| match answer {
            Some(Ok(view)) => view.examples.clone(),
            _ => Vec::new(),
        })
    });
    let line = move |example: String| {
        let words = example.clone();
        let take = move |_| {
            writing.ask(example.clone());
            taken.run(());
        };
        view! { <li><button type="button" on:click=take>{words}</button></li> }
    };
    let list = move || {
        let examples = examples.get();
        (!examples.is_empty()).then(|| {
            let lines = examples.into_iter().map(line).collect_view();
            view! { <ul class="try" aria-label="Questions this library can answer">{lines}</ul> }
        })
    };
    view! { <Extent /> {list} <Skipped /> }
}

/// What the library holds, or why that is not known.
#[component]
fn Extent() -> impl IntoView {
    let (library, providers) = (use_library(), use_providers());
    let has_library = move || providers.find(&Local.info().id).is_some();
    let words = Memo::new(move |_| {
        has_library().then(|| library.with(|answer| answer.as_ref().map(extent))).flatten()
    });
    view! { <p class="extent num" role="status">{move || words.get()}</p> }
}

fn extent(answer: &Result<LibraryView, Error>) -> String {
    let documents = |value| format::count(value, "document", "documents");
    match answer {
        Err(_) => "The library cannot be reached just now. A question asked now is sent as soon as it can be.".to_owned(),
        Ok(view) if view.state == LibraryState::Indexing => {
            let read = format::number(view.indexed);
            format!("The library is being read: {read} of {}. A question asked now waits for it.", documents(view.total))
        }
        Ok(view) if view.documents == 0 => {
            "The library holds no documents yet. Start Fathom with --library and a folder of yours.".to_owned()
        }
        Ok(view) if view.examples.is_empty() => format!("The library holds {}.", documents(view.documents)),
        Ok(view) => format!("The library holds {}. It can answer, for example:", documents(view.documents)),
    }
}

/// What else lies in the folder.
fn beside(others: u64) -> String {
    if others == 1 {
        return "One other file is no document.".to_owned();
    }
    format!("{} other files are no documents.", format::number(others))
}

/// Files that could not be read, folded away.
#[component]
fn Skipped() -> impl IntoView {
    let library = use_library();
    let skipped = Memo::new(move |_| {
        library.with(|answer| match answer {
            Some(Ok(view)) => (view.skipped.clone(), view.others),
            _ => (Vec::new(), 0),
        })
    });
    move || {
        let (files, others) = skipped.get();
        (!files.is_empty()).then(|| {
            let count = format::count(files.len() as u64, "file", "files");
            let lines = files
                .into_iter()
                .map(|file| view! { <li><b>{file.path}</b> ": " {file.reason}</li> });
            let others = (others > 0).then(|| view! { <li>{beside(others)}</li> });
            view! {
                <details class="skipped">
                    <summary>{count} " could not be read"</summary>
                    <ul>{lines.collect_view()} {others}</ul>
                </details>
            }
        })
    }
}
