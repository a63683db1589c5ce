//! What a stream has given of the report, and the sources it has named on the way.

use crate::{
    error::Error,
    http::check_size,
    index::Index,
    markers,
    report::Report,
    source::{self, Source},
};

/// The most sources that a stream can name; one that never ends must not fill the memory.
const SOURCES_MAX: usize = 10_000;

/// The report as it grows; none before its first piece.
#[derive(Debug, Default)]
pub(super) struct Draft(Option<Report>);

impl Draft {
    /// Takes a piece.
    ///
    /// # Errors
    /// When the report grows beyond what is accepted of a reply.
    pub(super) fn add(&mut self, mut piece: Report) -> Result<(), Error> {
        let report = self.0.get_or_insert_default();
        check_size(report.markdown.len(), piece.markdown.len())?;
        report.markdown.push_str(&piece.markdown);
        report.structured = piece.structured.or(report.structured.take());
        piece.sources.truncate(SOURCES_MAX.saturating_sub(report.sources.len()));
        report.sources.append(&mut piece.sources);
        Ok(())
    }

    /// The report, once the stream has said that this is all.
    pub(super) fn take(&mut self) -> Option<Report> {
        let mut report = self.0.take()?;
        source::arrange(&mut report.sources);
        report.citations = markers::cite(&report.markdown, &report.sources);
        Some(report)
    }
}

/// The sources told so far, by address, for providers that do not number them.
#[derive(Debug, Default)]
pub(super) struct Found(Index);

impl Found {
    /// Numbers a source that has no number; false when it has been told before.
    pub(super) fn number(&mut self, source: &mut Source) -> bool {
        if source.id != 0 {
            return true;
        }
        let name = source.url.as_ref().unwrap_or(&source.title);
        if self.0.len() >= SOURCES_MAX || self.0.get(name).is_some() {
            return false;
        }
        let count = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        source.id = Source::UNNUMBERED.saturating_add(count).saturating_add(1);
        self.0.insert(name, source.id);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(length: usize) -> Report {
        Report { markdown: "x".repeat(length), ..Report::default() }
    }

    #[test]
    fn a_stream_without_end_fills_neither_text_nor_sources() {
        let mut draft = Draft::default();
        assert!(draft.add(text(40 << 20)).is_ok());
        assert!(draft.add(text(40 << 20)).is_err());
        let mut draft = Draft::default();
        let sources = |from| Report {
            sources: (from..from + 6_000).map(|id| Source { id, ..Source::default() }).collect(),
            ..Report::default()
        };
        for from in [1, 6_001, 12_001] {
            assert!(draft.add(sources(from)).is_ok());
        }
        assert_eq!(draft.take().map(|report| report.sources.len()), Some(SOURCES_MAX));
        assert!(draft.take().is_none());
    }

    #[test]
    fn a_list_of_sources_that_comes_again_is_one_list() {
        let source = |id| Source { id, ..Source::default() };
        let list = Report { sources: vec![source(2), source(1)], ..Report::default() };
        let mut draft = Draft::default();
        for _ in 0..3 {
            assert!(draft.add(list.clone()).is_ok());
        }
        let ids = draft.take().map(|report| report.sources.iter().map(|one| one.id).collect());
        assert_eq!(ids, Some(vec![1, 2]));
    }
}
