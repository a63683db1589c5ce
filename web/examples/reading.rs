//! The reading view outside of the app: what `web/bench/render.mjs` measures, and a page to look at
//! it (`sample`, `sample_structured`, `sample_growing`). Nothing of this ships.

use std::{any::Any, fmt, sync::Arc};

use fathom_core::{Report, Status};
use fathom_web::components::reading::{Absent, Library, ReadingState, ReadingText, ReportView};
use leptos::{
    mount::{UnmountHandle, mount_to},
    prelude::*,
};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

#[path = "../tests/fixture/mod.rs"]
mod fixture;

fn main() {}

/// A reading view on a page.
#[wasm_bindgen]
pub struct Bench {
    state: RwSignal<ReadingState>,
    complete: HtmlElement,
    next: Option<Arc<Report>>,
    _owner: Owner,
    _mounted: Box<dyn Any>,
}

#[wasm_bindgen]
impl Bench {
    /// An empty view of a running run.
    #[wasm_bindgen(constructor)]
    pub fn new(host: HtmlElement) -> Self {
        mount(host, running(), || Library::new(|_| std::future::ready(Err(Absent::Gone))))
    }

    /// Takes the report that [`Bench::show`] will show.
    ///
    /// # Errors
    ///
    /// When it is not a report.
    pub fn prepare(&mut self, report: &str) -> Result<(), JsError> {
        self.next = Some(Arc::new(serde_json::from_str(report)?));
        Ok(())
    }

    /// Shows the prepared report at once.
    pub fn show(&mut self) {
        if let Some(report) = self.next.take() {
            self.state.set(ReadingState {
                status: Status::Completed,
                text: ReadingText::Final(report),
                ..running()
            });
        }
    }

    /// Appends a piece of text.
    pub fn push(&self, piece: &str) {
        self.state.update(|state| {
            if let ReadingText::Growing { text, .. } = &mut state.text {
                text.push_str(piece);
            }
        });
    }

    /// Whether everything is on the page.
    #[wasm_bindgen(js_name = isComplete)]
    pub fn is_complete(&self) -> bool {
        let article = self.complete.query_selector("article").ok().flatten();
        article.and_then(|article| article.get_attribute("aria-busy")).as_deref() == Some("false")
    }
}

impl fmt::Debug for Bench {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bench").field("state", &self.state).finish_non_exhaustive()
    }
}

fn running() -> ReadingState {
    ReadingState { run: String::new(), status: Status::Running, ..ReadingState::default() }
}

fn mount(host: HtmlElement, state: ReadingState, library: fn() -> Library) -> Bench {
    let owner = Owner::new();
    let state = owner.with(|| RwSignal::new(state));
    let complete = host.clone();
    let mounted: UnmountHandle<_> = mount_to(host, move || {
        let head = || {
            view! {
                <h1>{fixture::QUESTION}</h1>
                <p class="facts">"Library, standard · 21 November 2026, 0.6 s · 3 sources cited"</p>
            }
        };
        view! { <ReportView state library=library() head=head /> }
    });
    Bench { state, complete, next: None, _owner: owner, _mounted: Box::new(mounted) }
}

/// Shows the sample report.
#[wasm_bindgen]
pub fn sample(host: HtmlElement) -> Bench {
    mount(host, fixture::finished(fixture::report()), fixture::library)
}

/// Shows the sample report with a structured value.
#[wasm_bindgen]
pub fn sample_structured(host: HtmlElement) -> Bench {
    mount(host, fixture::finished(fixture::structured()), fixture::library)
}

/// Shows the first bytes of the sample report, as while it is written.
#[wasm_bindgen]
pub fn sample_growing(host: HtmlElement, bytes: usize) -> Bench {
    mount(host, fixture::growing(bytes), fixture::library)
}
