//! What a run has done so far, counted from its events.

use fathom_core::{Event, providers::local::wire::Progress};

/// Counts one event in. A started run counts from zero, whatever an earlier attempt had done.
pub(crate) fn count(progress: &mut Progress, event: &Event) {
    match event {
        Event::RunStarted => {
            *progress = Progress { last_event: progress.last_event, ..Progress::default() };
        }
        Event::SearchEnded { new, .. } => {
            progress.searches += 1;
            progress.passages += u64::from(*new);
        }
        Event::SourceFound { .. } => progress.sources_found += 1,
        Event::ReadEnded { documents, .. } => progress.documents_read += u64::from(*documents),
        Event::SelectEnded { kept, .. } => progress.sentences += u64::from(*kept),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use fathom_core::{Event, providers::local::wire::Progress};

    use super::count;

    #[test]
    fn a_second_attempt_counts_from_zero() {
        let mut progress = Progress::default();
        count(&mut progress, &Event::SearchEnded { query: String::new(), passages: 5, new: 3 });
        count(&mut progress, &Event::SelectEnded { kept: 7, merged: 1 });
        assert_eq!((progress.searches, progress.passages, progress.sentences), (1, 3, 7));
        count(&mut progress, &Event::RunStarted);
        assert_eq!(progress, Progress::default());
    }
}
