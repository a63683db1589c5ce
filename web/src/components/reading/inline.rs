//! Running text as nodes.

use fathom_report::{Address, Inline};
use leptos::prelude::*;

use super::{blocks::heading_id, ink::Ink, marker};

/// The nodes of a piece of running text.
pub(super) fn inlines(content: &[Inline], ink: &Ink) -> Vec<AnyView> {
    let mut after_marker = false;
    let mut pieces = content.iter().peekable();
    let mut nodes = Vec::with_capacity(content.len());
    while let Some(piece) = pieces.next() {
        let before_marker = matches!(pieces.peek(), Some(Inline::Citation { .. }));
        nodes.push(match piece {
            Inline::Citation { marker } => marker::marker(marker, ink, after_marker),
            // A raised numeral stands close to its word, however it was written.
            Inline::Text { text } if before_marker => {
                text.trim_end_matches(' ').to_owned().into_any()
            }
            other => inline(other, ink),
        });
        let blank = matches!(piece, Inline::Text { text } if text.trim().is_empty());
        after_marker = matches!(piece, Inline::Citation { .. }) || (after_marker && blank);
    }
    nodes
}

fn inline(piece: &Inline, ink: &Ink) -> AnyView {
    match piece {
        Inline::Text { text } => text.clone().into_any(),
        Inline::Emphasis { content } => view! { <em>{inlines(content, ink)}</em> }.into_any(),
        Inline::Strong { content } => view! { <strong>{inlines(content, ink)}</strong> }.into_any(),
        Inline::Strike { content } => view! { <s>{inlines(content, ink)}</s> }.into_any(),
        Inline::Code { text } => view! { <code>{text.clone()}</code> }.into_any(),
        Inline::Math { tex, .. } => view! { <code class="tex">{tex.clone()}</code> }.into_any(),
        Inline::Link { href, content, .. } => link(href, inlines(content, ink)),
        Inline::Image { src, alt } => image(src, alt),
        Inline::Reference { label, content, raw } => match ink.definition(label) {
            Some(href) => link(&href, inlines(content, ink)),
            None => raw.clone().into_any(),
        },
        Inline::Citation { marker } => marker::marker(marker, ink, false),
        Inline::LineBreak => view! { <br /> }.into_any(),
        Inline::SoftBreak => " ".into_any(),
        _ => ().into_any(),
    }
}

/// A link that leaves the app: it opens beside it and tells the other site nothing.
pub(super) fn outward(url: &Address, words: impl IntoView) -> AnyView {
    let href = url.as_str().to_owned();
    view! { <a href=href target="_blank" rel="noopener noreferrer"><bdi>{words.into_any()}</bdi></a> }
        .into_any()
}

/// A link within the report or out of the app.
fn link(href: &Address, content: Vec<AnyView>) -> AnyView {
    if let Some(slug) = href.fragment() {
        return view! { <a href=format!("#{}", heading_id(slug))>{content}</a> }.into_any();
    }
    outward(href, content)
}

/// An image is never fetched by reading: the words stand for it, and a link leads to it.
fn image(src: &Address, alt: &str) -> AnyView {
    let words = if alt.is_empty() { "without description" } else { alt };
    let host = src.host().map(|host| format!(" at {host}"));
    view! {
        <a class="image" href=src.as_str().to_owned() target="_blank" rel="noopener noreferrer">
            "Image: " <bdi>{words.to_owned()}</bdi> {host}
        </a>
    }
    .into_any()
}
