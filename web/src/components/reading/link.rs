//! Addresses of the source view.

use std::ops::Range;

/// Where the source view shows a passage, for somebody who comes from a place of a run's report.
pub fn passage_link(run: &str, document: &str, passage: &Range<usize>, node: &str) -> String {
    let parts = document.split('/').map(|part| String::from(js_sys::encode_uri_component(part)));
    let document = parts.collect::<Vec<_>>().join("/");
    format!(
        "/documents/{document}?run={run}&start={}&end={}&cite={node}",
        passage.start, passage.end
    )
}
