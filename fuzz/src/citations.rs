//! Citations: every marker refers to something that is there, or to nothing.
//!
//! The first line is a field path and a quote, the rest a text with markers.

use fathom_core::{Citation, Report, Source, Span, markers};
use fathom_report::{Document, Field, Inline, Registry, Resolved, check, walk};
use serde_json::json;

/// Resolves all markers of a text, by a finished report and by a growing one.
pub fn read(bytes: &[u8]) {
    let (first, text) = super::lines(bytes);
    let sources: Vec<Source> = (1..=9).map(source).collect();
    let citations = citations(&first, &text, &sources);
    let structured = json!({"companies": [{"name": "A"}, {"name": "B"}], "year": 1999});
    let report = Report {
        markdown: text.clone(),
        structured: Some(structured.clone()),
        sources: sources.clone(),
        citations,
        ..Report::default()
    };
    let document = Document::read(&text);
    let registry = Registry::new(&report, &document);
    let mut growing = Registry::default();
    sources.into_iter().take(4).for_each(|source| growing.add(source));
    resolve(&document, &registry);
    resolve(&document, &growing);
    let starts: Vec<_> = registry.uses().iter().map(|place| place.span.start).collect();
    assert!(starts.is_sorted_by(|one, two| one < two), "{starts:?}");
    for place in registry.uses() {
        assert!(text.get(place.span.start..place.span.end).is_some());
    }
    let _ = Field::locate(&first, &structured);
    let _ = check::find(&text, &first, Some(Span { start: first.len() / 2, end: first.len() }));
}

fn source(id: u32) -> Source {
    Source {
        id,
        title: format!("S{id}"),
        url: Some(format!("https://s{id}.example/a")),
        document: Some(format!("turn0search{id}")),
        ..Source::default()
    }
}

/// Those that the core finds, and some that a hostile provider might send.
fn citations(first: &str, text: &str, sources: &[Source]) -> Vec<Citation> {
    let mut all = markers::cite(text, sources);
    for citation in &all {
        let span = citation.span.unwrap_or_default();
        assert_eq!(text.get(span.start..span.end), citation.marker.as_deref());
    }
    let span = |start, end| Some(Span { start, end });
    all.push(Citation { span: span(1, usize::MAX), sources: vec![0, 3], ..Citation::default() });
    all.push(Citation {
        span: span(usize::MAX, 0),
        sources: vec![u32::MAX],
        ..Citation::default()
    });
    all.push(Citation { marker: Some(first.to_owned()), sources: vec![2], ..Citation::default() });
    all.push(Citation {
        field: Some(first.to_owned()),
        sources: vec![1, 99],
        ..Citation::default()
    });
    all
}

fn resolve(document: &Document, registry: &Registry) {
    walk::blocks(document.frozen(), &mut |block| {
        walk::texts(block, &mut |content| {
            walk::inlines(content, &mut |inline| {
                let Inline::Citation { marker } = inline else { return };
                let resolved = registry.resolve(marker);
                assert!(!resolved.is_empty());
                for one in resolved {
                    if let Resolved::Source(id) = one {
                        assert!(registry.source(id).is_some(), "{marker:?} names {id}");
                    }
                }
            });
        });
    });
}
