//! The shell of the app: what every page shares, and which page an address shows.

use leptos::{ev, prelude::*};
use leptos_router::{
    components::{Route, Router, Routes},
    path,
};

use crate::{
    components::{footer::Footer, header::Header},
    hooks::{clock::provide_clock, keys, runs::provide_runs},
    pages::{
        ask::AskPage,
        history::HistoryPage,
        later::{LaterRun, LaterSource, LaterTogether, provide_later},
        missing::MissingPage,
    },
};

/// The app.
#[component]
pub fn App() -> impl IntoView {
    provide_clock();
    let runs = provide_runs();
    provide_later();
    let notice = runs.storage_notice();
    let keys = window_event_listener(ev::keydown, |event| keys::go_to_question(&event));
    on_cleanup(move || keys.remove());
    view! {
        <Router>
            <Header />
            {move || notice.get().map(|words| view! { <p class="notice" role="status">{words}</p> })}
            <main id="main" tabindex="-1">
                <Routes fallback=MissingPage>
                    <Route path=path!("/") view=AskPage />
                    <Route path=path!("/runs/:id") view=LaterRun />
                    <Route path=path!("/together/:ids") view=LaterTogether />
                    <Route path=path!("/history") view=HistoryPage />
                    <Route path=path!("/documents/*document") view=LaterSource />
                </Routes>
            </main>
            <Footer />
        </Router>
    }
}
