//! Where a report refers to its sources.

use std::collections::{BTreeMap, BTreeSet};

use fathom_core::{Citation, Span};
use serde::Serialize;

use super::{Marker, Registry, Resolved, Target};
use crate::{
    block::{Block, BlockKind, Inline, Pieces},
    walk, words,
};

/// A place of the report that refers to something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Use {
    /// The marker's text.
    pub raw: String,
    /// Where it stands; its start names the marker.
    pub span: Span,
    /// The heading above it; none before the first heading.
    pub section: Option<Section>,
    /// What it refers to.
    pub resolved: Vec<Resolved>,
}

/// A section by its heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Section {
    /// The anchor.
    pub slug: String,
    /// The words.
    pub title: String,
}

/// A marker and the section it stands in.
#[derive(Debug)]
pub(super) struct Place<'a> {
    marker: &'a Marker,
    section: Option<Section>,
}

impl Place<'_> {
    pub(super) fn resolve(self, registry: &Registry) -> Use {
        let resolved = registry.resolve(self.marker);
        Use {
            raw: self.marker.raw.clone(),
            span: self.marker.span,
            section: self.section,
            resolved,
        }
    }
}

/// The markers in reading order.
pub(super) fn markers(pieces: &Pieces<Block>) -> Vec<Place<'_>> {
    let mut places = Vec::new();
    let mut section = None;
    walk::blocks(pieces, &mut |block| {
        if let BlockKind::Heading { slug, content, .. } = &block.kind {
            section = Some(Section { slug: slug.clone(), title: words::plain(content) });
        }
        walk::texts(block, &mut |content| {
            walk::inlines(content, &mut |inline| {
                if let Inline::Citation { marker } = inline {
                    places.push(Place { marker, section: section.clone() });
                }
            });
        });
    });
    places
}

/// The footnotes of the document, each with the first page that it names.
pub(super) fn notes(pieces: &Pieces<Block>) -> Vec<(String, Option<Target>)> {
    let mut notes = Vec::new();
    walk::blocks(pieces, &mut |block| {
        if let BlockKind::Note { label, blocks } = &block.kind {
            notes.push((label.clone(), first_page(blocks)));
        }
    });
    notes
}

fn first_page(pieces: &Pieces<Block>) -> Option<Target> {
    let mut found = None;
    let mut title = String::new();
    walk::blocks(pieces, &mut |block| {
        walk::texts(block, &mut |content| {
            title = words::plain(content);
            walk::inlines(content, &mut |inline| match inline {
                Inline::Citation { marker } if found.is_none() => {
                    found =
                        marker.targets.iter().find(|t| matches!(t, Target::Page { .. })).cloned();
                }
                Inline::Link { href, content, .. } if found.is_none() => {
                    found = Some(Target::Page { url: href.clone(), title: words::plain(content) });
                }
                _ => {}
            });
        });
    });
    if let Some(Target::Page { title: named, .. }) = &mut found
        && named.is_empty()
    {
        title.trim_end_matches([' ', ':', '-', '–', '—', '.', ',']).clone_into(named);
    }
    found
}

/// Ties markers to the citations of the report, by the first byte of the marker.
pub(super) fn tie(citations: &[Citation], places: &[Place<'_>]) -> BTreeMap<usize, usize> {
    let mut ties = BTreeMap::new();
    let starts: BTreeSet<usize> = places.iter().map(|place| place.marker.span.start).collect();
    let spans = || {
        citations.iter().enumerate().filter_map(|(index, citation)| Some((index, citation.span?)))
    };
    for (index, span) in spans().filter(|(_, span)| starts.contains(&span.start)) {
        ties.entry(span.start).or_insert(index);
    }
    for (index, span) in spans().filter(|(_, span)| !starts.contains(&span.start)) {
        let first = places.partition_point(|place| place.marker.span.end <= span.start);
        let within =
            places.iter().skip(first).take_while(|place| place.marker.span.start < span.end);
        within.for_each(|place| _ = ties.entry(place.marker.span.start).or_insert(index));
    }
    tie_by_order(citations, places, &mut ties);
    ties
}

/// Ties citations that only say their marker's text: the first to the first such marker and so on.
fn tie_by_order(citations: &[Citation], places: &[Place<'_>], ties: &mut BTreeMap<usize, usize>) {
    let mut waiting: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, citation) in citations.iter().enumerate().rev() {
        if let (Some(marker), None) = (&citation.marker, citation.span) {
            waiting.entry(marker).or_default().push(index);
        }
    }
    for Place { marker, .. } in places {
        if ties.contains_key(&marker.span.start) {
            continue;
        }
        if let Some(index) = waiting.get_mut(marker.raw.as_str()).and_then(Vec::pop) {
            ties.insert(marker.span.start, index);
        }
    }
}
