//! What the nodes of a report need to know beyond the block they show.

use std::{collections::HashMap, sync::Arc};

use fathom_report::{Address, Document, Marker, Registry, Resolved};

/// The sources as known when a part of the report was drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct Ink {
    /// Counts what was known; a part drawn with less is drawn again.
    pub(super) epoch: u32,
    /// Who knows what a marker refers to.
    pub(super) registry: Arc<Registry>,
    ordinals: Arc<Ordinals>,
    links: Arc<HashMap<String, Address>>,
}

/// Of each marker (by its place) and source, which use of the source it is, from 1.
type Ordinals = HashMap<(usize, u32), usize>;

impl Ink {
    /// The ink after this one, with another registry.
    pub(super) fn next(&self, registry: Registry, document: &Document) -> Self {
        let links =
            document.definitions().map(|(label, link)| (label.to_owned(), link.href.clone()));
        Self {
            epoch: self.epoch + 1,
            ordinals: Arc::new(ordinals(&registry)),
            links: Arc::new(links.collect()),
            registry: Arc::new(registry),
        }
    }

    /// Where a link by name leads.
    pub(super) fn definition(&self, label: &str) -> Option<Address> {
        self.links.get(label).cloned()
    }

    /// The id of the node of a marker; none while the uses are not counted yet.
    pub(super) fn node_id(&self, marker: &Marker, source: u32) -> Option<String> {
        let ordinal = self.ordinals.get(&(marker.span.start, source))?;
        Some(node_id(source, *ordinal))
    }
}

/// The id of the node of the `ordinal`th use of a source.
pub(super) fn node_id(source: u32, ordinal: usize) -> String {
    format!("cite-{source}-{ordinal}")
}

fn ordinals(registry: &Registry) -> Ordinals {
    let mut counts: HashMap<u32, usize> = HashMap::new();
    let mut ordinals = Ordinals::new();
    for place in registry.uses() {
        for resolved in &place.resolved {
            if let Resolved::Source(source) = resolved {
                let count = counts.entry(*source).or_default();
                *count += 1;
                ordinals.insert((place.span.start, *source), *count);
            }
        }
    }
    ordinals
}

#[cfg(test)]
mod tests {
    use fathom_core::{Report, Source};

    use super::*;

    #[test]
    fn counts_the_uses_of_each_source_in_reading_order() {
        let markdown = "One.[2] Two.[1] Three.[2, 1]".to_owned();
        let sources = [1, 2].map(|id| Source { id, title: format!("S{id}"), ..Source::default() });
        let document = Document::read(&markdown);
        let report = Report { markdown, sources: sources.into(), ..Report::default() };
        let ink = Ink::default().next(Registry::new(&report, &document), &document);
        let mut ids: Vec<_> =
            ink.ordinals.iter().map(|((at, source), n)| (*at, node_id(*source, *n))).collect();
        ids.sort();
        let ids: Vec<_> = ids.into_iter().map(|(_, id)| id).collect();
        assert_eq!(ids, ["cite-2-1", "cite-1-1", "cite-1-2", "cite-2-2"]);
    }
}
