//! What stands on a card.

use fathom_core::{Evidence, StoredDocument};
use fathom_report::Address;
use leptos::{ev, prelude::*, task};

use crate::hooks::download;

use super::super::{
    check,
    desk::{Desk, Place},
    ink, inline,
    library::Library,
    link::passage_link,
    passage,
    support::{self, Cited, Support},
};

/// How many other uses of a source the card names.
const OTHERS: usize = 4;

/// How many bytes of the words around a passage are shown on each side.
const REACH: usize = 90;

/// A reference that leads nowhere.
pub(super) fn unsourced(desk: Desk, cited: &Cited) -> AnyView {
    let registry = desk.drawn.registry.get_untracked();
    let place = match cited {
        Cited::Marker(start, _) => registry.use_at(*start),
        Cited::Field(_) => None,
    };
    let words = match place {
        Some(place) => {
            format!("The text refers to {}, and the report lists no such source.", place.raw)
        }
        None => "The report names no source for this value.".to_owned(),
    };
    view! {
        <p class="card-title">"No source"</p>
        <p class="verdict not-found">{words}</p>
        <p class="where">"Treat what stands before it as unsupported."</p>
    }
    .into_any()
}

/// A source with its passages.
pub(super) fn sourced(
    desk: Desk,
    library: Library,
    support: Support,
    place: &Place,
    claim: &str,
) -> AnyView {
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
            <p class="card-title" dir="auto">
                <span class="number">{source.id}</span>
                " "
                {source.title.clone()}
            </p>
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
            let section = support::section_name(place);
            let name = format!("Also cited in {section}");
            let comma = (at > 0).then_some(", ");
            view! {
                {comma}
                <a href=format!("#{node}") data-to=node aria-label=name><bdi>{section}</bdi></a>
            }
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
        let href =
            passage_link(&run, &evidence.document, &(evidence.start..evidence.end), &place.node);
        view! { <a href=href>"Open passage"</a> }
    });
    let page = support
        .source
        .url
        .as_deref()
        .and_then(Address::parse)
        .map(|url| inline::outward(&url, "Open page"));
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

#[component]
fn Copy(support: Support) -> impl IntoView {
    let desk = Desk::of_view();
    let done = RwSignal::new(None::<bool>);
    let copy = move |_| {
        let text = desk.state.with_untracked(|state| support::reference(&support, &state.question));
        task::spawn_local(async move {
            done.try_set(Some(download::copy(text).await));
        });
    };
    let words = move || match done.get() {
        None => "Copy citation",
        Some(true) => "Copied",
        Some(false) => "Copying is not allowed here",
    };
    view! { <button class="tool" type="button" on:click=copy>{words}</button> }
}
