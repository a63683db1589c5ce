//! The margin: short source notes beside the lines that cite them.

use fathom_report::Registry;
use leptos::{html, prelude::*, task};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{HtmlElement, IntersectionObserver, IntersectionObserverInit};

use super::{
    desk::Desk,
    frame, go,
    margin_layout::{Place, Wish, place},
    support::{self, Cited},
};

/// The narrowest window with a margin.
const WIDE: &str = "(min-width: 1101px)";

/// How many notes a group has at most.
const MOST: usize = 8;

/// How many characters of a quote a note shows.
const QUOTE: usize = 110;

/// A note: a source and the first words of its passage.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Note {
    /// The source.
    pub(super) source: u32,
    /// The node of its first marker in the group.
    pub(super) marker: String,
    /// The name of the source.
    pub(super) title: String,
    /// Its site and date.
    pub(super) byline: String,
    /// The first words of the passage.
    pub(super) quote: Option<String>,
    line: f64,
}

/// The notes of one group: set when the group comes near the screen, and again when it changed.
#[component]
pub(super) fn Notes(
    /// Follows what changes the group.
    changed: impl Fn() + Send + Sync + 'static,
) -> impl IntoView {
    let desk = Desk::of_view();
    let column = NodeRef::<html::Div>::new();
    let near = RwSignal::new(false);
    let notes = RwSignal::new(Vec::<Note>::new());
    Effect::new(move |_| {
        if let Some(group) = column.get().and_then(|column| column.parent_element()) {
            watch(group, near);
        }
    });
    Effect::new(move |_| {
        changed();
        desk.width.track();
        if near.get() && go::fits(WIDE) {
            task::spawn_local(set(desk, column, notes));
        }
    });
    let lines = move || notes.get().into_iter().map(|note| note_view(&note)).collect::<Vec<_>>();
    view! { <div class="notes" aria-hidden="true" node_ref=column>{lines}</div> }
}

fn note_view(note: &Note) -> impl IntoView + use<> {
    let quote = note.quote.clone().map(|quote| view! { <q dir="auto">{quote}</q> });
    view! {
        <div class="note" data-to=note.marker.clone()>
            <span class="number">{note.source}</span>
            <b><bdi>{note.title.clone()}</bdi></b>
            <span class="byline">{note.byline.clone()}</span>
            {quote}
            <span class="folded"></span>
        </div>
    }
}

/// Notes are made first and placed when their heights are known.
async fn set(desk: Desk, column: NodeRef<html::Div>, notes: RwSignal<Vec<Note>>) {
    frame::next_frame().await;
    let Some(group) =
        column.try_get_untracked().flatten().and_then(|column| column.parent_element())
    else {
        return;
    };
    let registry = desk.drawn.registry.get_untracked();
    let wished = wished(&group, &registry, |_| true);
    if notes.try_with_untracked(|now| *now == wished) != Some(false) {
        return;
    }
    let lines: Vec<f64> = wished.iter().map(|note| note.line).collect();
    notes.try_set(wished);
    task::tick().await;
    stand(&group, &lines);
}

/// One note for each source of a group, beside the first of its markers that counts.
pub(super) fn wished(
    group: &web_sys::Element,
    registry: &Registry,
    counts: impl Fn(&HtmlElement) -> bool,
) -> Vec<Note> {
    let top = group.get_bounding_client_rect().top();
    let mut notes: Vec<Note> = Vec::new();
    for marker in go::all(group, "a.cite[data-source]").into_iter().filter(counts) {
        let Some(note) = note(&marker, registry, top) else { continue };
        if notes.len() < MOST && notes.iter().all(|known| known.source != note.source) {
            notes.push(note);
        }
    }
    notes
}

fn note(marker: &HtmlElement, registry: &Registry, top: f64) -> Option<Note> {
    let data = marker.dataset();
    let id = data.get("source")?.parse().ok()?;
    let start = data.get("at")?.parse().ok()?;
    let support = support::supports(&Cited::Marker(start, Some(id)), registry).pop()?;
    let quote = support.evidence.first().map(|evidence| shortened(&evidence.quote));
    let byline = [Some(support::site(&support.source)), support.source.date.clone()];
    Some(Note {
        source: id,
        marker: marker.id(),
        title: support.source.title,
        byline: byline
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
        quote,
        line: marker.get_bounding_client_rect().top() - top,
    })
}

fn shortened(quote: &str) -> String {
    match quote.char_indices().nth(QUOTE) {
        None => quote.to_owned(),
        Some((end, _)) => {
            let head = quote.get(..end).unwrap_or_default();
            let words = head.rsplit_once(' ').map_or(head, |(words, _)| words);
            format!("{words} …")
        }
    }
}

/// Gives the notes of a group their places.
fn stand(group: &web_sys::Element, lines: &[f64]) {
    let nodes = go::all(group, ".note");
    let heights = nodes.iter().map(|node| f64::from(node.offset_height()));
    let wishes: Vec<_> =
        lines.iter().zip(heights).map(|(line, height)| Wish { line: *line, height }).collect();
    let places = place(&wishes, group.get_bounding_client_rect().height());
    for (at, (node, place)) in nodes.iter().zip(&places).enumerate() {
        let folded = places.iter().filter(|place| **place == Place::Folded(Some(at))).count();
        show(node, *place, folded);
    }
}

/// Sets a note at its place, or hides it. The browser refuses none of these values.
fn show(node: &HtmlElement, place: Place, folded: usize) {
    let style = node.style();
    let _ = match place {
        Place::At(top) => style
            .set_property("top", &format!("{top:.1}px"))
            .and_then(|()| style.set_property("visibility", "visible")),
        Place::Folded(_) => style.set_property("visibility", "hidden"),
    };
    if let Ok(Some(count)) = node.query_selector(".folded") {
        let words = (folded > 0).then(|| format!("+{folded}"));
        count.set_text_content(words.as_deref());
    }
}

/// Follows whether a node is near the screen, until the owner is gone.
fn watch(node: web_sys::Element, near: RwSignal<bool>) {
    let seen = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
        let last = entries.pop().unchecked_into::<web_sys::IntersectionObserverEntry>();
        near.try_set(last.is_intersecting());
    });
    let options = IntersectionObserverInit::new();
    options.set_root_margin("300px 0px");
    let Ok(observer) =
        IntersectionObserver::new_with_options(seen.as_ref().unchecked_ref(), &options)
    else {
        return;
    };
    observer.observe(&node);
    let kept = StoredValue::new_local((observer, seen));
    on_cleanup(move || {
        kept.with_value(|(observer, _)| observer.disconnect());
    });
}
