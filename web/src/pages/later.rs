//! The pages that the first visit does not wait for.
//!
//! Reading a report needs a parser, the citations and a view for every kind of block: as much code
//! again as everything before it. It is a module of its own, fetched as soon as a run or a document
//! is opened, and ahead of time while the question is still being written.

use leptos::{
    prelude::*,
    task::spawn_local,
    wasm_split::{SplitLoaderError, wasm_split},
};

use super::{run::RunPage, source::SourcePage, together::TogetherPage};
use crate::{
    components::reading::Library,
    hooks::{documents::documents, title::use_title},
};

/// What the other module holds.
#[derive(Clone, Copy)]
struct Pages {
    documents: fn() -> Library,
    run: fn() -> AnyView,
    source: fn() -> AnyView,
    together: fn() -> AnyView,
}

#[wasm_split(reading, wasm_split_path = ::leptos::wasm_split, fallible)]
fn load_pages() -> Result<Pages, SplitLoaderError> {
    Ok(Pages {
        documents,
        run: || RunPage().into_any(),
        source: || SourcePage().into_any(),
        together: || TogetherPage().into_any(),
    })
}

/// The other module, once it is there.
#[derive(Clone, Copy)]
struct Later {
    pages: RwSignal<Option<Result<Pages, ()>>>,
    asked: StoredValue<bool>,
    owner: StoredValue<Owner>,
}

/// Provides what [`fetch_ahead`] and the pages need.
pub fn provide_later() {
    provide_context(Later {
        pages: RwSignal::new(None),
        asked: StoredValue::new(false),
        owner: StoredValue::new(Owner::current().unwrap_or_default()),
    });
}

/// Fetches the module, so that the page that needs it opens at once.
pub fn fetch_ahead() {
    expect_context::<Later>().fetch();
}

/// The page of a run.
#[component]
pub fn LaterRun() -> impl IntoView {
    later("Opening the run.", |pages| pages.run)
}

/// The page of a document.
#[component]
pub fn LaterSource() -> impl IntoView {
    later("Opening the document.", |pages| pages.source)
}

/// The page of several runs.
#[component]
pub fn LaterTogether() -> impl IntoView {
    later("Opening the runs.", |pages| pages.together)
}

fn later(opening: &'static str, page: fn(Pages) -> fn() -> AnyView) -> impl IntoView {
    let later = expect_context::<Later>();
    later.fetch();
    move || match later.pages.get() {
        None => view! { <p class="written" role="status">{opening}</p> }.into_any(),
        Some(Ok(pages)) => page(pages)(),
        Some(Err(())) => unreachable_module(later).into_any(),
    }
}

fn unreachable_module(later: Later) -> impl IntoView {
    use_title(|| "Not loaded".to_owned());
    view! {
        <section class="written">
            <h1>"This page could not be loaded"</h1>
            <p>"A part of the app is missing because the program did not answer. Nothing is lost: runs go on, and what you asked is written down."</p>
            <button type="button" class="btn" on:click=move |_| later.retry()>"Try again"</button>
        </section>
    }
}

impl Later {
    fn fetch(self) {
        if self.asked.try_update_value(|asked| std::mem::replace(asked, true)) != Some(false) {
            return;
        }
        spawn_local(async move {
            let loaded = load_pages().await.map_err(|_| ());
            if let Ok(pages) = loaded {
                self.owner.get_value().with(|| provide_context((pages.documents)()));
            }
            self.pages.try_set(Some(loaded));
        });
    }

    fn retry(self) {
        self.pages.set(None);
        self.asked.set_value(false);
        self.fetch();
    }
}
