//! Markers: small numerals that lead to their source.

use fathom_report::{Marker, Resolved};
use leptos::prelude::*;

use super::{ink::Ink, inline};

/// The nodes of a marker, one for each thing it refers to; `after_marker` when another marker
/// stands right before it.
pub(super) fn marker(marker: &Marker, ink: &Ink, after_marker: bool) -> AnyView {
    let resolved = ink.registry.resolve(marker);
    match resolved.as_slice() {
        [only] => one(only, marker, ink, after_marker),
        more => {
            let nodes = more.iter().enumerate();
            nodes
                .map(|(at, each)| one(each, marker, ink, after_marker || at > 0))
                .collect::<Vec<_>>()
                .into_any()
        }
    }
}

fn one(resolved: &Resolved, marker: &Marker, ink: &Ink, after_marker: bool) -> AnyView {
    match resolved {
        Resolved::Source(id) => sourced(*id, marker, ink, after_marker),
        Resolved::Page { url, title } => {
            inline::outward(url, if title.is_empty() { "page" } else { title }.to_owned())
        }
        Resolved::Note(label) => {
            let (href, name) = (format!("#note-{label}"), format!("Note {label}"));
            let label = label.clone();
            view! { <a class="cite" href=href role="doc-noteref" aria-label=name>{label}</a> }
                .into_any()
        }
        Resolved::Pending => pending(marker),
        Resolved::Missing => missing(marker),
        Resolved::Literal => marker.raw.clone().into_any(),
    }
}

fn sourced(id: u32, marker: &Marker, ink: &Ink, after_marker: bool) -> AnyView {
    let title = ink.registry.source(id).map(|source| source.title.as_str()).unwrap_or_default();
    view! {
        <a
            class=if after_marker { "cite next" } else { "cite" }
            href=format!("#src-{id}")
            id=ink.node_id(marker, id)
            role="doc-biblioref"
            aria-label=format!("Source {id}: {title}")
            data-at=marker.span.start.to_string()
            data-source=id.to_string()
        >{id.to_string()}</a>
    }
    .into_any()
}

/// The number as written; what it refers to is not known before the sources are.
fn pending(marker: &Marker) -> AnyView {
    let shown = bare(&marker.raw).to_owned();
    let words = "The source is listed when the report is complete";
    view! { <span class="cite pending" title=words>{shown}</span> }.into_any()
}

/// A reference to nothing is shown as such, never dropped or guessed.
fn missing(marker: &Marker) -> AnyView {
    let name = format!("No source for the reference {}", marker.raw);
    let start = marker.span.start.to_string();
    let id = format!("cite-none-{start}");
    view! {
        <button class="cite none" type="button" id=id aria-label=name data-at=start>
            "no source"
        </button>
    }
    .into_any()
}

/// A marker without the brackets around it.
fn bare(raw: &str) -> &str {
    raw.trim_matches(|c: char| !c.is_alphanumeric())
}
