//! What a stream has given of the report, and the sources it has named on the way.

use std::collections::BTreeMap;

use crate::{error::Error, http::check_size, markers, report::Report, source::Source};

/// The most sources that are told before the report is there.
const SOURCES_MAX: usize = 10_000;

/// The report as it grows; none before its first piece.
#[derive(Debug, Default)]
pub(super) struct Draft(Option<Report>);

impl Draft {
    /// Takes a piece.
    ///
    /// # Errors
    /// When the report grows beyond what is accepted of a reply.
    pub(super) fn add(&mut self, piece: Report) -> Result<(), Error> {
        let report = self.0.get_or_insert_default();
        check_size(report.markdown.len(), piece.markdown.len())?;
        report.markdown.push_str(&piece.markdown);
        report.structured = piece.structured.or(report.structured.take());
        report.sources.extend(piece.sources);
        report.citations.extend(piece.citations);
        report.warnings.extend(piece.warnings);
        Ok(())
    }

    /// The report, once the stream has said that this is all.
    pub(super) fn take(&mut self) -> Option<Report> {
        let mut report = self.0.take()?;
        if report.citations.is_empty() {
            report.citations = markers::cite(&report.markdown, &report.sources);
        }
        Some(report)
    }
}

/// The sources told so far, by address, for providers that do not number them.
#[derive(Debug, Default)]
pub(super) struct Found(BTreeMap<String, u32>);

impl Found {
    /// Numbers a source that has no number; false when it has been told before.
    pub(super) fn number(&mut self, source: &mut Source) -> bool {
        if source.id != 0 {
            return true;
        }
        let name = source.url.as_ref().unwrap_or(&source.title);
        if self.0.len() >= SOURCES_MAX || self.0.contains_key(name) {
            return false;
        }
        let count = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        source.id = Source::UNNUMBERED.saturating_add(count).saturating_add(1);
        self.0.insert(name.clone(), source.id);
        true
    }
}
