use std::ops::Range;

use fathom_core::Report;

/// The run that a follow-up question continues.
#[derive(Clone, Debug, Default)]
pub struct PreviousRun {
    /// Its question.
    pub question: String,
    /// Its report, if it came to one.
    pub report: Option<Report>,
}

impl PreviousRun {
    /// The places its report quotes: a document's id and the bytes.
    pub(super) fn quoted(&self) -> Vec<(String, Range<usize>)> {
        let citations = self.report.iter().flat_map(|report| &report.citations);
        let evidence = citations.flat_map(|citation| &citation.evidence);
        evidence.map(|found| (found.document.clone(), found.start..found.end)).collect()
    }
}
