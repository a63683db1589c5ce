//! The contents beside the text: two levels, with the section that is being read marked.

use fathom_report::outline::Heading;
use leptos::prelude::*;

use super::{blocks::heading_id, desk::Desk, go, spy};

/// The headings as links; below 760 px they hide behind a button.
#[component]
pub(super) fn Contents(
    /// Ids and titles of the parts that stand before the text.
    before: Signal<Vec<(&'static str, &'static str)>>,
    /// Ids and titles of the parts that follow it.
    after: Signal<Vec<(&'static str, &'static str)>>,
) -> impl IntoView {
    let desk = Desk::of_view();
    let open = RwSignal::new(false);
    let entries = Memo::new(move |_| {
        let mut entries: Vec<_> =
            before.get().into_iter().map(|(id, title)| Line::new(id, title)).collect();
        entries.extend(desk.outline().contents().map(|(depth, heading)| Line::of(depth, heading)));
        entries.extend(after.get().into_iter().map(|(id, title)| Line::new(id, title)));
        entries
    });
    let here = spy::current_heading(move || desk.drawn.outline.track());
    let title = move || {
        let here = here.get();
        entries.with(|all| {
            let line =
                all.iter().find(|line| Some(&line.id) == here.as_ref()).or_else(|| all.first());
            line.map(|line| line.title.clone())
        })
    };
    let leave = move |event: web_sys::MouseEvent, id: &str| {
        event.prevent_default();
        open.set(false);
        go::to_start(id);
    };
    view! {
        <nav class="contents" aria-label="Contents" hidden=move || entries.with(Vec::is_empty)>
            <button
                class="contents-open"
                type="button"
                aria-expanded=move || open.get().to_string()
                aria-controls="contents-list"
                on:click=move |_| open.update(|open| *open = !*open)
            >
                "Contents: " {title}
            </button>
            <ol id="contents-list" class:open=move || open.get()>
                <For each=move || entries.get() key=Clone::clone children=move |line| {
                    let (id, target) = (line.id.clone(), line.id.clone());
                    let current = move || (here.get().as_ref() == Some(&id)).then_some("true");
                    view! {
                        <li class=("deeper", line.depth > 0) aria-current=current>
                            <a
                                href=format!("#{}", line.id)
                                on:click=move |event| leave(event, &target)
                            >{line.title}</a>
                        </li>
                    }
                } />
            </ol>
        </nav>
    }
}

/// A line of the contents.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Line {
    id: String,
    title: String,
    depth: u8,
}

impl Line {
    fn new(id: &str, title: &str) -> Self {
        Self { id: id.to_owned(), title: title.to_owned(), depth: 0 }
    }

    fn of(depth: u8, heading: &Heading) -> Self {
        Self { id: heading_id(&heading.slug), title: heading.title.clone(), depth }
    }
}
