//! The list of sources, each with the ways back to where it is cited.

use fathom_core::Source;
use fathom_report::Use;
use leptos::prelude::*;

use super::{desk::Desk, ink::node_id, inline, support};

/// How many ways back are shown before the rest is folded.
const SHOWN: usize = 8;

/// The list of sources.
#[component]
pub(super) fn Sources() -> impl IntoView {
    let desk = Desk::of_view();
    let sources = move || {
        if desk.drawn.complete.get() {
            desk.registry().sources().cloned().collect()
        } else {
            Vec::new()
        }
    };
    let known = move || sources().len();
    view! {
        <Show when=move || { known() > 0 }>
            <section class="part sources" role="doc-bibliography" aria-labelledby="sources">
                <h2 id="sources" tabindex="-1">"Sources"</h2>
                <ol>
                    <For
                        each=sources
                        key=|source| source.id
                        children=move |source| entry(source, desk)
                    />
                </ol>
            </section>
        </Show>
    }
}

fn entry(source: Source, desk: Desk) -> impl IntoView {
    let id = source.id;
    let title = match source.url.as_deref().and_then(fathom_report::Address::parse) {
        Some(url) => inline::outward(&url, source.title.clone()),
        None => view! { <bdi>{source.title.clone()}</bdi> }.into_any(),
    };
    let printed =
        source.url.clone().map(|url| view! { <span class="printed-url"><bdi>{url}</bdi></span> });
    view! {
        <li id=format!("src-{id}") tabindex="-1">
            <span class="number">{id}</span>
            <div>
                <span class="title">{title}</span>
                <small>{support::byline(&source)}". "<Uses source=id desk=desk /></small>
                {printed}
            </div>
        </li>
    }
}

/// The ways back: the section of each use, and numbers for further uses in the same section.
#[component]
fn Uses(source: u32, desk: Desk) -> impl IntoView {
    let all = RwSignal::new(false);
    let uses = Memo::new(move |_| desk.registry().uses_of(source).cloned().collect::<Vec<Use>>());
    let links = move || {
        let (shown, origin) = (if all.get() { usize::MAX } else { SHOWN }, desk.back.get());
        uses.with(|uses| {
            let is_origin = |at: usize| origin.as_deref() == Some(node_id(source, at + 1).as_str());
            let places = uses.iter().enumerate().filter(|(at, _)| *at < shown || is_origin(*at));
            places
                .map(|(at, place)| back_link(source, at, place, uses, is_origin(at)))
                .collect::<Vec<_>>()
        })
    };
    let more =
        move || uses.with(Vec::len).checked_sub(SHOWN).filter(|more| *more > 0 && !all.get());
    view! {
        {move || if uses.with(Vec::is_empty) { "Not cited in the text." } else { "Cited in " }}
        {links}
        {move || more().map(|more| view! {
            " "
            <button class="tool" type="button" on:click=move |_| all.set(true)>
                {format!("and {more} more")}
            </button>
        })}
    }
}

fn back_link(
    source: u32,
    at: usize,
    place: &Use,
    uses: &[Use],
    origin: bool,
) -> impl IntoView + use<> {
    let again = at
        .checked_sub(1)
        .and_then(|before| uses.get(before))
        .is_some_and(|before| before.section == place.section);
    let section = support::section_name(place);
    let node = node_id(source, at + 1);
    let name = format!("Back to use {} of source {source}, in {section}", at + 1);
    let words = if again { (at + 1).to_string() } else { section };
    let comma = (at > 0).then_some(", ");
    view! {
        {comma}
        <a
            class:origin=origin
            href=format!("#{node}")
            role="doc-backlink"
            aria-label=name
            data-to=node
        ><bdi>{words}</bdi></a>
    }
}
