//! The sources of what is on screen, for windows without a margin: a panel at the side, or a sheet
//! at the bottom of narrow screens.

use leptos::{ev, html, prelude::*};
use web_sys::HtmlElement;

use super::{
    desk::Desk,
    go,
    notes::{self, Note},
    spy,
};
use crate::hooks::keys;

/// The button that opens the panel, and the panel.
#[component]
pub(super) fn Panel() -> impl IntoView {
    let desk = Desk::of_view();
    let open = RwSignal::new(false);
    let button = NodeRef::<html::Button>::new();
    let seen = RwSignal::new(Vec::new());
    let look = move || {
        if open.try_get_untracked() == Some(true) {
            seen.try_set(on_screen(desk));
        }
    };
    spy::each_scroll(look);
    let close = move || {
        open.set(false);
        if let Some(button) = button.get_untracked() {
            go::focus_node(&button);
        }
    };
    let escape = window_event_listener(ev::keydown, move |event| {
        if keys::stroke(&event).is("Escape") && open.get_untracked() && !event.default_prevented() {
            close();
        }
    });
    on_cleanup(move || escape.remove());
    view! {
        <button
            class="panel-open"
            type="button"
            hidden=move || desk.registry().sources().next().is_none()
            aria-expanded=move || open.get().to_string()
            node_ref=button
            on:click=move |_| {
                open.update(|open| *open = !*open);
                look();
            }
        >
            "Sources here"
        </button>
        <Show when=move || open.get()>
            <PanelSheet seen close=Callback::new(move |()| close()) />
        </Show>
    }
}

#[component]
fn PanelSheet(seen: RwSignal<Vec<Note>>, close: Callback<()>) -> impl IntoView {
    let sheet = NodeRef::<html::Aside>::new();
    Effect::new(move |_| {
        if let Some(sheet) = sheet.get() {
            go::focus_node(&sheet);
        }
    });
    view! {
        <aside
            class="panel"
            role="dialog"
            aria-label="Sources of what is on screen"
            tabindex="-1"
            node_ref=sheet
        >
            <header>
                <p>"Sources of what is on screen"</p>
                <button
                    class="close"
                    type="button"
                    aria-label="Close"
                    on:click=move |_| close.run(())
                >"×"</button>
            </header>
            <Show when=move || seen.with(Vec::is_empty)>
                <p class="where">"Nothing on this screen cites a source."</p>
            </Show>
            <ol>
                <For each=move || seen.get() key=|note| note.marker.clone() children=panel_note />
            </ol>
        </aside>
    }
}

fn panel_note(note: Note) -> impl IntoView {
    let quote = note.quote.map(|quote| view! { <q dir="auto">{quote}</q> });
    view! {
        <li>
            <span class="number">{note.source}</span>
            <div>
                <a href=format!("#{}", note.marker) data-to=note.marker.clone()>
                    <bdi>{note.title}</bdi>
                </a>
                <small>{note.byline}</small>
                {quote}
            </div>
        </li>
    }
}

/// One note for each source that is cited on screen.
fn on_screen(desk: Desk) -> Vec<Note> {
    let Some(root) = document().document_element() else { return Vec::new() };
    let registry = desk.drawn.registry.get_untracked();
    let mut all: Vec<Note> = Vec::new();
    for group in spy::groups_on_screen(&root) {
        let fresh = notes::wished(&group, &registry, is_on_screen);
        for note in fresh {
            if all.iter().all(|known| known.source != note.source) {
                all.push(note);
            }
        }
    }
    all
}

fn is_on_screen(node: &HtmlElement) -> bool {
    let place = node.get_bounding_client_rect();
    place.bottom() > 0.0 && place.top() < spy::window_height()
}
