//! The card of a marker: the source, the passage that carries the claim, and what was checked.

use fathom_core::{Evidence, StoredDocument};
use leptos::{ev, html, prelude::*, task};
use wasm_bindgen_futures::JsFuture;

use super::{
    check,
    desk::{Desk, Place},
    go, ink,
    library::Library,
    passage,
    pointing::Hover,
    support::{self, Cited, Support},
};

/// How many other uses of a source the card names.
const OTHERS: usize = 4;

/// The card that is open, if any.
#[component]
pub(super) fn Card(library: Library, hover: Hover) -> impl IntoView {
    let desk = Desk::of_view();
    let place = Memo::new(move |_| desk.card.get().map(|opened| opened.place));
    let pinned = Memo::new(move |_| {
        desk.card.with(|card| card.as_ref().is_some_and(|opened| opened.pinned))
    });
    say_expanded(place);
    close_from_outside(desk);
    Effect::new(move |_| {
        if let (true, Some(place)) = (pinned.get(), place.get()) {
            let supports = support::supports(&place.cited, &desk.drawn.registry.read_untracked());
            check::look_up(
                desk,
                library,
                supports.into_iter().flat_map(|support| support.evidence).collect(),
            );
        }
    });
    move || place.get().map(|place| view! { <Leaf place pinned library hover /> })
}

/// The marker of the open card says that it is expanded.
fn say_expanded(place: Memo<Option<Place>>) {
    Effect::new(move |before: Option<Option<String>>| {
        if let Some(node) = before.flatten().and_then(|id| go::node(&id)) {
            // Removing an attribute that a redrawn marker lost already is no fault.
            let _ = node.remove_attribute("aria-expanded");
        }
        let id = place.get().map(|place| place.node);
        if let Some(node) = id.as_deref().and_then(go::node) {
            let _ = node.set_attribute("aria-expanded", "true");
        }
        id
    });
}

/// Escape closes the card; so does pressing anywhere else.
fn close_from_outside(desk: Desk) {
    let escape = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" && desk.card.with_untracked(Option::is_some) {
            event.prevent_default();
            desk.close_card();
        }
    });
    let press = window_event_listener(ev::pointerdown, move |event| {
        let inside = go::around(&event, ".card, .cite, .evidence-count").is_some();
        if !inside && desk.card.with_untracked(Option::is_some) {
            desk.card.set(None);
        }
    });
    on_cleanup(move || {
        escape.remove();
        press.remove();
    });
}

#[component]
fn Leaf(place: Place, pinned: Memo<bool>, library: Library, hover: Hover) -> impl IntoView {
    let desk = Desk::of_view();
    let node = NodeRef::<html::Div>::new();
    let anchor = place.node.clone();
    Effect::new(move |_| {
        if let Some(card) = node.get() {
            stand_below(&card, &anchor);
        }
    });
    Effect::new(move |_| {
        if pinned.get()
            && let Some(card) = node.get()
            && let Some(first) = go::all(&card, ".acts a, .close").into_iter().next()
        {
            go::focus_node(&first);
        }
    });
    let registry = desk.drawn.registry.read_untracked();
    let supports = support::supports(&place.cited, &registry);
    let claim = match place.cited {
        Cited::Marker(start, _) => {
            desk.state.with_untracked(|state| support::claim(state.markdown(), start))
        }
        Cited::Field(_) => String::new(),
    };
    let name = match supports.as_slice() {
        [] => "No source".to_owned(),
        [only] => format!("Source {}: {}", only.source.id, only.source.title),
        more => format!("{} sources", more.len()),
    };
    let body = if supports.is_empty() {
        unsourced(desk, &place.cited)
    } else {
        supports
            .into_iter()
            .map(|support| sourced(desk, library, support, &place, &claim))
            .collect::<Vec<_>>()
            .into_any()
    };
    view! {
        <div
            class="card"
            class:pinned=move || pinned.get()
            role="dialog"
            aria-label=name
            node_ref=node
            on:pointerenter=move |_| hover.stay()
            on:pointerleave=move |_| hover.leave()
        >
            {body}
            <button class="close" type="button" aria-label="Close" on:click=move |_| desk.close_card()>"×"</button>
        </div>
    }
}

fn unsourced(desk: Desk, cited: &Cited) -> AnyView {
    let raw = match cited {
        Cited::Marker(start, _) => desk
            .drawn
            .registry
            .with_untracked(|registry| registry.use_at(*start).map(|place| place.raw.clone())),
        Cited::Field(_) => None,
    };
    let reference =
        raw.map(|raw| format!("The text refers to {raw}, and the report lists no such source."));
    view! {
        <p class="card-title">"No source"</p>
        <p class="verdict not-found">{reference.unwrap_or_else(|| "The report names no source for this value.".to_owned())}</p>
        <p class="where">"Treat what stands before it as unsupported."</p>
    }
    .into_any()
}

fn sourced(desk: Desk, library: Library, support: Support, place: &Place, claim: &str) -> AnyView {
    let source = support.source.clone();
    let quotes: Vec<_> = support
        .evidence
        .iter()
        .map(|evidence| quote(desk, library, evidence.clone(), claim))
        .collect();
    let none = quotes.is_empty().then(
        || view! { <p class="verdict unknown">"The provider gave no passage for this place."</p> },
    );
    let snippet = source.snippet.clone().filter(|_| quotes.is_empty());
    let snippet = snippet.map(|snippet| view! { <blockquote dir="auto">{snippet}</blockquote> });
    view! {
        <section>
            <p class="card-title" dir="auto"><span class="number">{source.id}</span>" "{source.title.clone()}</p>
            <p class="where"><bdi>{support::byline(&source)}</bdi></p>
            {quotes}
            {snippet}
            {none}
            {others(desk, source.id, &place.cited)}
            {acts(desk, support, place)}
        </section>
    }
    .into_any()
}

/// The passage. Once its document is at hand, with the words around it.
fn quote(desk: Desk, library: Library, evidence: Evidence, claim: &str) -> AnyView {
    let stretches = passage::stretches(&evidence.quote, claim);
    let marked: Vec<_> = stretches
        .into_iter()
        .map(|part| {
            if part.matched {
                view! { <mark>{part.text}</mark> }.into_any()
            } else {
                part.text.into_any()
            }
        })
        .collect();
    let around = RwSignal::new(None::<(String, String)>);
    let (of_evidence, wanted) = (evidence.clone(), evidence);
    let verdict = Memo::new(move |_| desk.checks.with(|checks| checks.of(&of_evidence)));
    Effect::new(move |_| {
        if verdict.get().span().is_some() {
            let wanted = wanted.clone();
            task::spawn_local(async move {
                if let Ok(document) = library.document(&wanted.document).await {
                    around.try_set(surroundings(&document, &wanted));
                }
            });
        }
    });
    let before =
        move || around.get().map(|(before, _)| view! { <span class="around">{before}</span> });
    let after =
        move || around.get().map(|(_, after)| view! { <span class="around">{after}</span> });
    let words = move || {
        let check = verdict.get();
        view! { <p class=check::class(check)>{check::sentence(check)}</p> }
    };
    view! { <blockquote dir="auto">{before}{marked}{after}</blockquote>{words} }.into_any()
}

/// A few words before and after a passage, from the same line of its document.
fn surroundings(document: &StoredDocument, evidence: &Evidence) -> Option<(String, String)> {
    const REACH: usize = 90;
    let before = document.text.get(..evidence.start)?.rsplit('\n').next().unwrap_or_default();
    let after = document.text.get(evidence.end..)?.split('\n').next().unwrap_or_default();
    let skipped = before.len().saturating_sub(REACH);
    let tail = before.get(before.ceil_char_boundary(skipped)..).unwrap_or_default();
    let head = after.get(..after.floor_char_boundary(REACH)).unwrap_or_default();
    let lead = if tail.len() < before.len() { "… " } else { "" };
    let trail = if head.len() < after.len() { " …" } else { "" };
    Some((format!("{lead}{tail}"), format!("{head}{trail}")))
}

fn others(desk: Desk, source: u32, cited: &Cited) -> Option<AnyView> {
    let others =
        desk.drawn.registry.with_untracked(|registry| support::other_uses(registry, source, cited));
    if others.is_empty() {
        return None;
    }
    let more = others
        .len()
        .checked_sub(OTHERS)
        .filter(|more| *more > 0)
        .map(|more| format!(" and {more} more"));
    let links: Vec<_> = others
        .iter()
        .take(OTHERS)
        .enumerate()
        .map(|(at, (ordinal, place))| {
            let node = ink::node_id(source, *ordinal);
            let name = format!("Also cited in {}", support::section_name(place));
            let comma = (at > 0).then_some(", ");
            view! { {comma}<a href=format!("#{node}") data-to=node aria-label=name><bdi>{support::section_name(place)}</bdi></a> }
        })
        .collect();
    Some(view! { <p class="where">"Also cited in "{links}{more}"."</p> }.into_any())
}

fn acts(desk: Desk, support: Support, place: &Place) -> AnyView {
    let id = support.source.id;
    let from = place.node.clone();
    let to_list = move |event: ev::MouseEvent| {
        event.prevent_default();
        desk.jump(&format!("src-{id}"), &from);
    };
    let passage = support.evidence.first().map(|evidence| {
        let run = desk.state.with_untracked(|state| state.run.clone());
        view! { <a href=passage_link(&run, evidence, &place.node)>"Open passage"</a> }
    });
    let page = support.source.url.as_deref().and_then(fathom_report::Address::parse).map(|url| {
        view! { <a href=url.as_str().to_owned() target="_blank" rel="noopener noreferrer">"Open page"</a> }
    });
    view! {
        <p class="acts">
            <a href=format!("#src-{id}") on:click=to_list>"Go to source"</a>
            {passage}
            {page}
            <Copy support />
        </p>
    }
    .into_any()
}

/// Where the source view shows a passage.
pub(super) fn passage_link(run: &str, evidence: &Evidence, node: &str) -> String {
    let document =
        evidence.document.split('/').map(|part| String::from(js_sys::encode_uri_component(part)));
    let document = document.collect::<Vec<_>>().join("/");
    let (start, end) = (evidence.start, evidence.end);
    format!("/documents/{document}?run={run}&start={start}&end={end}&cite={node}")
}

#[component]
fn Copy(support: Support) -> impl IntoView {
    let desk = Desk::of_view();
    let done = RwSignal::new(None::<bool>);
    let copy = move |_| {
        let text = desk.state.with_untracked(|state| support::reference(&support, &state.question));
        task::spawn_local(async move {
            let written = JsFuture::from(window().navigator().clipboard().write_text(&text)).await;
            done.try_set(Some(written.is_ok()));
        });
    };
    let words = move || match done.get() {
        None => "Copy citation",
        Some(true) => "Copied",
        Some(false) => "Copying is not allowed here",
    };
    view! { <button class="tool" type="button" on:click=copy>{words}</button> }
}

/// Puts the card below its marker, or above when there is more room; within the column.
fn stand_below(card: &web_sys::HtmlElement, anchor: &str) {
    const GAP: f64 = 8.0;
    let (Some(marker), Some(frame)) = (go::node(anchor), card.offset_parent()) else { return };
    let (marker, frame) = (marker.get_bounding_client_rect(), frame.get_bounding_client_rect());
    let (width, height) = (f64::from(card.offset_width()), f64::from(card.offset_height()));
    let room_below = super::spy::window_height() - marker.bottom();
    let above = room_below < height + GAP && marker.top() > height + GAP;
    let top = if above { marker.top() - height - GAP } else { marker.bottom() + GAP };
    let most = (frame.width() - width).max(0.0);
    let left = (marker.left() - frame.left() - width / 4.0).clamp(0.0, most);
    let style = card.style();
    // These two properties exist in every browser that runs the app.
    let _ = style.set_property("top", &format!("{:.1}px", top - frame.top()));
    let _ = style.set_property("left", &format!("{left:.1}px"));
}
