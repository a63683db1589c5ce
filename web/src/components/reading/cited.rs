//! Which passages of a document a report cites. Pure.

use std::ops::Range;

use fathom_core::{Evidence, Report};
use fathom_report::{Document, Registry};

use super::{
    ink, structured,
    support::{self, Cited},
};

/// A passage of a document with the place of the report that rests on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitedPassage {
    /// The passage, in bytes of the document's text.
    pub range: Range<usize>,
    /// The passage as the report quotes it.
    pub quote: String,
    /// What the report says there.
    pub claim: String,
    /// The id of the place on the page of the report.
    pub node: String,
}

/// The passages of a document that a report cites, in the order of the document.
pub fn cited_passages(report: &Report, document: &str) -> Vec<CitedPassage> {
    let text = Document::read(&report.markdown);
    let registry = Registry::new(report, &text);
    let mut passages: Vec<_> = support::all_evidence(report)
        .filter(|(_, evidence)| is_in(evidence, document))
        .filter_map(|(cited, evidence)| passage(&cited, evidence, report, &registry))
        .collect();
    passages.sort_by_key(|passage| (passage.range.start, passage.range.end));
    passages
}

/// A document named without its version means any version of it.
fn is_in(evidence: &Evidence, document: &str) -> bool {
    evidence.document == document || support::path(&evidence.document) == document
}

fn passage(
    cited: &Cited,
    evidence: &Evidence,
    report: &Report,
    registry: &Registry,
) -> Option<CitedPassage> {
    let claim = match cited {
        Cited::Marker(start, _) => support::claim(&report.markdown, *start),
        Cited::Field(path) => path.clone(),
    };
    Some(CitedPassage {
        range: evidence.start..evidence.end,
        quote: evidence.quote.clone(),
        claim,
        node: node(cited, registry)?,
    })
}

/// The id of the node of a cited place.
pub(super) fn node(cited: &Cited, registry: &Registry) -> Option<String> {
    match cited {
        Cited::Marker(start, None) => Some(format!("cite-none-{start}")),
        Cited::Marker(start, Some(source)) => {
            let ordinal = registry.uses_of(*source).position(|place| place.span.start == *start)?;
            Some(ink::node_id(*source, ordinal + 1))
        }
        Cited::Field(path) => Some(structured::node_id(path)),
    }
}

#[cfg(test)]
mod tests {
    use fathom_core::{Citation, Source, Span};

    use super::*;

    #[test]
    fn passages_come_in_the_order_of_the_document_with_their_way_back() {
        let markdown = "Oil.[1] Fish.[1]".to_owned();
        let citation = |at: usize, start: usize| Citation {
            marker: Some("[1]".to_owned()),
            span: Some(Span { start: at, end: at + 3 }),
            sources: vec![1],
            evidence: vec![Evidence {
                document: "n.md@1".to_owned(),
                start,
                end: start + 4,
                quote: "text".to_owned(),
            }],
            ..Citation::default()
        };
        let source = Source {
            id: 1,
            title: "N".to_owned(),
            document: Some("n.md@1".to_owned()),
            ..Source::default()
        };
        let report = Report {
            citations: vec![citation(4, 90), citation(13, 10)],
            sources: vec![source],
            markdown,
            ..Report::default()
        };
        let passages = cited_passages(&report, "n.md");
        let told: Vec<_> =
            passages.iter().map(|p| (p.range.start, p.claim.as_str(), p.node.as_str())).collect();
        assert_eq!(told, [(10, "Fish.", "cite-1-2"), (90, "Oil.", "cite-1-1")]);
        assert!(cited_passages(&report, "other.md").is_empty());
    }
}
